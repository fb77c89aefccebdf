/* The tables and the field tables say the same: columns, types, limits. */
#include "db/schema.h"

#include <inttypes.h>
#include <string.h>

#include "core/base/text.h"
#include "db/record.h"
#include "tests/support/check.h"
#include "tests/support/place.h"

static struct place place;

static int open_example(void **state)
{
	*state = &place;
	return place_set_up_example(state);
}

static const char *column_type(const struct field *field)
{
	return field_is_text(field) || field->type == FIELD_CHOICE ? "TEXT" : "INTEGER";
}

static void field_tables__name_every_column__with_its_type(void **state)
{
	(void)state;
	for (int kind = 0; kind < RECORD_KIND_COUNT; kind++) {
		const struct record_type *type = &record_types[kind];
		DEFER(buf_done) struct buf sql = BUF_INIT(300);
		DEFER(buf_done) struct buf found = BUF_INIT(10000);
		DEFER(buf_done) struct buf wanted = BUF_INIT(10000);
		buf_addf(&sql,
			 "SELECT name, type FROM pragma_table_info('%s') ORDER BY name",
			 type->table);
		assert_true(place_sql(&place, buf_text(&sql), &found));
		buf_reset(&sql);
		buf_adds(&sql,
			 "SELECT * FROM (SELECT 'id', 'INTEGER' UNION SELECT 'revision', "
			 "'INTEGER'");
		for (size_t i = 0; i < type->field_count; i++) {
			sql.max += 100;
			buf_addf(&sql, " UNION SELECT '%s', '%s'", type->fields[i].column,
				 column_type(&type->fields[i]));
		}
		buf_adds(&sql, ") ORDER BY 1");
		assert_false(buf_overflowed(&sql));
		assert_true(place_sql(&place, buf_text(&sql), &wanted));
		assert_string_equal(buf_text(&found), buf_text(&wanted));
	}
}

/* Does the table take this value in every row? value is an SQL expression. */
static bool takes(const struct record_type *type, const struct field *field,
		  const char *value)
{
	DEFER(buf_done) struct buf sql = BUF_INIT(1000);
	buf_addf(&sql, "BEGIN; UPDATE %s SET %s = %s", type->table, field->column, value);
	/* A level has one of the two thresholds. */
	if (text_equal(field->column, "after_errors"))
		buf_addf(&sql, ", after_minutes = iif(%s = 0, 1, 0)", value);
	if (text_equal(field->column, "after_minutes"))
		buf_addf(&sql, ", after_errors = iif(%s = 0, 1, 0)", value);
	buf_adds(&sql, " WHERE id = 1; ROLLBACK");
	return place_sql(&place, buf_text(&sql), NULL);
}

static bool takes_number(const struct record_type *type, const struct field *field,
			 int64_t number)
{
	DEFER(buf_done) struct buf text = BUF_INIT(40);
	buf_addf(&text, "%" PRId64, number);
	return takes(type, field, buf_text(&text));
}

static bool takes_length(const struct record_type *type, const struct field *field,
			 int64_t length)
{
	DEFER(buf_done) struct buf text = BUF_INIT(100);
	buf_addf(&text,
		 "substr(replace(hex(zeroblob(%" PRId64 ")), '0', 'ä'), 1, %" PRId64 ")",
		 length, length);
	return takes(type, field, buf_text(&text));
}

static bool takes_word(const struct record_type *type, const struct field *field,
		       const char *word)
{
	DEFER(buf_done) struct buf text = BUF_INIT(100);
	buf_addf(&text, "'%s'", word);
	return takes(type, field, buf_text(&text));
}

static void check_limits(const struct record_type *type, const struct field *field)
{
	if (field_is_text(field)) {
		assert_true(takes_length(type, field, field->max));
		assert_false(takes_length(type, field, field->max + 1));
		assert_false(takes(type, field, "''"));
		assert_int_equal(takes(type, field, "NULL"), field->optional);
	} else if (field->type == FIELD_CHOICE) {
		for (int i = 0; i < field->choices; i++)
			assert_true(takes_word(type, field, field->choice_text(i)));
		assert_false(takes_word(type, field, "other"));
	} else if (field->type != FIELD_REFERENCE) {
		assert_true(takes_number(type, field, field->min));
		assert_true(takes_number(type, field, field->max));
		assert_false(takes_number(type, field, field->min - 1));
		assert_false(takes_number(type, field, field->max + 1));
	} else {
		assert_false(
			takes_number(type, field, 4711)); /* there is no such record */
	}
}

/* Windows are the journal's: their limits are times. */
static void checks__are_the_limits_of_the_field_tables__in_every_table(void **state)
{
	(void)state;
	for (int kind = 0; kind < RECORD_MAINTENANCE; kind++) {
		const struct record_type *type = &record_types[kind];
		for (size_t i = 0; i < type->field_count; i++)
			check_limits(type, &type->fields[i]);
	}
}

static void tables__are_strict__all_of_them(void **state)
{
	(void)state;
	DEFER(buf_done) struct buf loose = BUF_INIT(1000);
	assert_true(place_sql(
		&place,
		"SELECT name FROM pragma_table_list WHERE type = 'table' AND NOT "
		"strict AND name NOT LIKE 'sqlite_%'",
		&loose));
	assert_string_equal(buf_text(&loose), "");
}

/* Deleting a parent looks for its children. */
static void references__have_an_index__each(void **state)
{
	(void)state;
	DEFER(buf_done) struct buf slow = BUF_INIT(10000);
	assert_true(place_sql(
		&place,
		"SELECT t.name, f.\"from\" FROM pragma_table_list t, "
		"pragma_foreign_key_list(t.name) f WHERE NOT EXISTS (SELECT 1 FROM "
		"pragma_index_list(t.name) i, pragma_index_info(i.name) c WHERE c.seqno "
		"= 0 AND "
		"c.name = f.\"from\")",
		&slow));
	assert_string_equal(buf_text(&slow), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(field_tables__name_every_column__with_its_type),
		cmocka_unit_test(
			checks__are_the_limits_of_the_field_tables__in_every_table),
		cmocka_unit_test(tables__are_strict__all_of_them),
		cmocka_unit_test(references__have_an_index__each),
	};
	return cmocka_run_group_tests(tests, open_example, place_tear_down);
}
