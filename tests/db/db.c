/* The life of a database file: made, refused, locked, rolled back. */
#include "db/db.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/text.h"
#include "tests/support/check.h"
#include "tests/support/place.h"

static struct place place;

static bool refused(enum store_access access, enum err_code code, const char *part)
{
	struct store *store = NULL;
	struct err err = { 0 };
	bool opened = store_open(place.path, access, &store, &err);
	store_close(store);
	if (opened || err.code != code || strstr(err.text, part) == NULL)
		print_message("opened %d, code %d: %s\n", opened, (int)err.code,
			      err.text);
	return !opened && err.code == code && strstr(err.text, part) != NULL;
}

static void store_open__makes_private_file_and_folder__under_any_umask(void **state)
{
	(void)state;
	static const mode_t umasks[] = { 0, 022, 077 };
	for (size_t i = 0; i < COUNT_OF(umasks); i++) {
		char folder[PLACE_PATH_SIZE];
		(void)snprintf(folder, sizeof(folder), "%.100s/u%zu/deep", place.folder,
			       i);
		(void)snprintf(place.path, sizeof(place.path), "%s/hublink.db", folder);
		mode_t before = umask(umasks[i]);
		place_open(&place, STORE_CREATE);
		struct err err = { 0 };
		place_must(store_set_fact(place.store, "x", 1, &err), &err);
		umask(before);
		assert_true(store_was_created(place.store));
		assert_int_equal(place_mode(folder), 0700);
		assert_int_equal(place_mode(place.path), 0600);
		char side[sizeof(place.path) + 8];
		(void)snprintf(side, sizeof(side), "%s-wal", place.path);
		assert_int_equal(place_mode(side), 0600);
	}
}

static void store_open__names_path_and_init__when_there_is_no_database(void **state)
{
	(void)state;
	assert_true(refused(STORE_WRITE, ERR_NOT_FOUND, "hublink init"));
	assert_true(refused(STORE_READ, ERR_NOT_FOUND, place.path));
	assert_true(refused(STORE_MIGRATE, ERR_NOT_FOUND, place.path));
	assert_int_not_equal(access(place.path, F_OK), 0);
}

static void store_open__was_not_created__the_second_time(void **state)
{
	(void)state;
	place_open(&place, STORE_CREATE);
	place_open(&place, STORE_CREATE);
	assert_false(store_was_created(place.store));
	assert_string_equal(store_path(place.store), place.path);
}

static void store_open__refuses__symbolic_and_hard_links(void **state)
{
	(void)state;
	char other[256];
	(void)snprintf(other, sizeof(other), "%s/other.db", place.folder);
	place_open(&place, STORE_CREATE);
	place_close(&place);
	assert_int_equal(link(place.path, other), 0);
	assert_true(refused(STORE_WRITE, ERR_REFUSED, "hard links"));
	assert_int_equal(unlink(place.path), 0);
	assert_int_equal(symlink(other, place.path), 0);
	assert_true(refused(STORE_CREATE, ERR_REFUSED, "symbolic link"));
}

static void write_file(const char *text)
{
	FILE *file = fopen(place.path, "wb");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	fclose(file);
}

static void store_open__refuses__what_is_no_database_of_ours(void **state)
{
	(void)state;
	write_file(
		"This is a letter, and long enough to be taken for a page of a database, "
		"which begins with a header of a hundred bytes.");
	assert_true(refused(STORE_CREATE, ERR_FAILED, "no database"));
	assert_int_equal(unlink(place.path), 0);
	write_file("");
	assert_true(place_sql(&place, "CREATE TABLE their (own INTEGER)", NULL));
	assert_true(refused(STORE_CREATE, ERR_INVALID, "another program"));
}

static void store_open__uses_the_safe_settings__always(void **state)
{
	(void)state;
	static const struct {
		const char *sql;
		int64_t value;
	} settings[] = {
		{ "PRAGMA synchronous", 2 },
		{ "PRAGMA foreign_keys", 1 },
		{ "PRAGMA trusted_schema", 0 },
		{ "PRAGMA cell_size_check", 1 },
		{ "PRAGMA mmap_size", 0 },
		{ "PRAGMA secure_delete", 1 },
		{ "PRAGMA application_id", DB_APPLICATION_ID },
		{ "PRAGMA journal_size_limit", 33554432 },
	};
	place_open(&place, STORE_CREATE);
	for (size_t i = 0; i < COUNT_OF(settings); i++) {
		struct err err = { 0 };
		int64_t value = -1;
		place_must(db_pragma_number(place.store, settings[i].sql, &value, &err),
			   &err);
		assert_int_equal(value, settings[i].value);
	}
	DEFER(buf_done) struct buf mode = BUF_INIT(100);
	assert_true(place_sql(&place, "PRAGMA journal_mode", &mode));
	assert_string_equal(buf_text(&mode), "wal\n");
}

static void store_open__cannot_write__when_opened_to_read(void **state)
{
	(void)state;
	struct err err = { 0 };
	place_open(&place, STORE_CREATE);
	place_open(&place, STORE_READ);
	assert_false(store_set_fact(place.store, "x", 1, &err));
	assert_int_equal((int)err.code, ERR_REFUSED);
}

static void transaction__keeps_or_drops_as_a_whole__nested(void **state)
{
	(void)state;
	struct err err = { 0 };
	place_open(&place, STORE_CREATE);
	{
		DEFER(store_abort) struct transaction outer = { 0 };
		place_must(store_begin(place.store, &outer, &err), &err);
		place_must(store_set_fact(place.store, "outer", 1, &err), &err);
		{
			DEFER(store_abort) struct transaction inner = { 0 };
			place_must(store_begin(place.store, &inner, &err), &err);
			place_must(store_set_fact(place.store, "dropped", 1, &err), &err);
		}
		DEFER(store_abort) struct transaction second = { 0 };
		place_must(store_begin(place.store, &second, &err), &err);
		place_must(store_set_fact(place.store, "kept", 1, &err), &err);
		place_must(store_commit(&second, &err), &err);
		place_must(store_commit(&outer, &err), &err);
	}
	assert_int_equal(place_fact(place.store, "outer"), 1);
	assert_int_equal(place_fact(place.store, "kept"), 1);
	assert_int_equal(place_fact(place.store, "dropped"), -1);
	{
		DEFER(store_abort) struct transaction outer = { 0 };
		place_must(store_begin(place.store, &outer, &err), &err);
		place_must(store_set_fact(place.store, "outer", 2, &err), &err);
	}
	assert_int_equal(place_fact(place.store, "outer"), 1);
}

static void transaction__is_refused__while_another_process_writes(void **state)
{
	(void)state;
	struct err err = { 0 };
	struct store *other = NULL;
	place_open(&place, STORE_CREATE);
	place_must(store_open(place.path, STORE_WRITE, &other, &err), &err);
	DEFER(store_abort) struct transaction held = { 0 };
	place_must(store_begin(other, &held, &err), &err);
	assert_int_equal(place.store->busy_wait_ms, 5000);
	place.store->busy_wait_ms = 20;
	struct transaction tx = { 0 };
	assert_false(store_begin(place.store, &tx, &err));
	assert_int_equal((int)err.code, ERR_REFUSED);
	assert_non_null(strstr(err.text, "busy"));
	store_abort(&held);
	place_must(store_begin(place.store, &tx, &err), &err);
	store_abort(&tx);
	store_close(other);
}

static void store_changed__notices__others_commits_only(void **state)
{
	(void)state;
	struct err err = { 0 };
	struct store *other = NULL;
	place_open(&place, STORE_CREATE);
	place_must(store_open(place.path, STORE_WRITE, &other, &err), &err);
	assert_false(store_changed(place.store));
	place_must(store_set_fact(place.store, "mine", 1, &err), &err);
	assert_false(store_changed(place.store));
	place_must(store_set_fact(other, "theirs", 1, &err), &err);
	assert_true(store_changed(place.store));
	assert_false(store_changed(place.store));
	store_close(other);
}

static void store_mode__is_dry_run__when_fresh(void **state)
{
	(void)state;
	struct err err = { 0 };
	enum mode mode = MODE_LIVE;
	place_open(&place, STORE_CREATE);
	place_must(store_mode(place.store, &mode, &err), &err);
	assert_int_equal(mode, MODE_DRY_RUN);
	place_must(store_set_mode(place.store, MODE_LIVE, 4711, &err), &err);
	place_must(store_mode(place.store, &mode, &err), &err);
	assert_int_equal(mode, MODE_LIVE);
	assert_int_equal(place_fact(place.store, FACT_MODE_SINCE), 4711);
}

/* R19: its twin may be sending elsewhere. */
static void store_open__is_paused_and_says_so__on_another_machine(void **state)
{
	(void)state;
	struct err err = { 0 };
	place_open(&place, STORE_CREATE);
	place_must(store_set_mode(place.store, MODE_LIVE, 1, &err), &err);
	place_close(&place);
	assert_true(place_sql(&place,
			      "INSERT OR REPLACE INTO setting (name, text) "
			      "VALUES ('machine', '0123456789abcdef0123456789abcdef')",
			      NULL));
	static const enum store_access accesses[] = { STORE_READ, STORE_WRITE,
						      STORE_WRITE };
	for (size_t i = 0; i < COUNT_OF(accesses); i++) {
		if (access("/etc/machine-id", R_OK) != 0)
			skip();
		enum mode mode = MODE_LIVE;
		DEFER(buf_done) struct buf notice = BUF_INIT(1000);
		place_open(&place, accesses[i]);
		place_must(store_mode(place.store, &mode, &err), &err);
		place_must(store_notice(place.store, &notice, &err), &err);
		assert_int_equal(mode, MODE_PAUSED);
		assert_non_null(strstr(buf_text(&notice), "another machine"));
	}
	place_must(store_set_mode(place.store, MODE_LIVE, 2, &err), &err);
	DEFER(buf_done) struct buf notice = BUF_INIT(1000);
	place_must(store_notice(place.store, &notice, &err), &err);
	assert_string_equal(buf_text(&notice), "");
}

/* SQLite prepares a kept statement anew when it finds another schema, and forgets what it
 * told of its parameters. */
static void db_query__binds_by_name__after_another_process_changed_the_schema(
	void **state)
{
	int64_t value = 0;
	struct err err = { 0 };
	(void)state;
	place_open(&place, STORE_CREATE);
	place_must(store_set_fact(place.store, "a fact", 7, &err), &err);
	assert_true(place_sql(&place, "CREATE TABLE another (id INTEGER)", NULL));
	for (int i = 0; i < 3; i++)
		place_must(store_fact(place.store, "a fact", 0, &value, &err), &err);
	assert_int_equal(value, 7);
	place_must(store_set_fact(place.store, "a fact", 8, &err), &err);
	place_must(store_set_fact(place.store, "a fact", 9, &err), &err);
	place_must(store_fact(place.store, "a fact", 0, &value, &err), &err);
	assert_int_equal(value, 9);
}

#define ON_A_PLACE(test) PLACE_TEST(test, place_set_up, &place)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_A_PLACE(store_open__makes_private_file_and_folder__under_any_umask),
		ON_A_PLACE(store_open__names_path_and_init__when_there_is_no_database),
		ON_A_PLACE(store_open__was_not_created__the_second_time),
		ON_A_PLACE(store_open__refuses__symbolic_and_hard_links),
		ON_A_PLACE(store_open__refuses__what_is_no_database_of_ours),
		ON_A_PLACE(store_open__uses_the_safe_settings__always),
		ON_A_PLACE(store_open__cannot_write__when_opened_to_read),
		ON_A_PLACE(transaction__keeps_or_drops_as_a_whole__nested),
		ON_A_PLACE(transaction__is_refused__while_another_process_writes),
		ON_A_PLACE(store_changed__notices__others_commits_only),
		ON_A_PLACE(store_mode__is_dry_run__when_fresh),
		ON_A_PLACE(
			db_query__binds_by_name__after_another_process_changed_the_schema),
		ON_A_PLACE(store_open__is_paused_and_says_so__on_another_machine),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
