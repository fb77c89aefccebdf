/* tui/console/gate_rows: the gates of a path as rows, each with the record that opens it
 * (R3). */
#include "tui/console/gate_rows.h"

#include <stdlib.h>

#include "core/base/text.h"
#include "tests/support/check.h"

static void add_gate(struct explained_path *path, enum gate_kind kind, bool open,
		     int64_t record_id)
{
	struct gate *gate = &path->gates[path->gate_count++];

	gate->kind = kind;
	gate->open = open;
	gate->record_id = record_id;
	assert_true(text_copy(gate->text, sizeof(gate->text), gate_kind_text(kind)));
}

static struct explained_path *a_path(void)
{
	struct explained_path *path = mem_new(1, sizeof(*path));

	path->path = (struct path){ .monitor_id = 1,
				    .definition_id = 2,
				    .level_id = 3,
				    .placement_id = 4,
				    .service_id = 5,
				    .level = 1,
				    .definition = "Default",
				    .integration = "Hub",
				    .service = "Web" };
	return path;
}

static void rows__name_the_path__and_lead_to_each_record(void **state)
{
	struct gate_row rows[GATE_COUNT + 1];
	struct explained_path *path = a_path();

	(void)state;
	add_gate(path, GATE_MONITOR, true, 0);
	add_gate(path, GATE_MAINTENANCE, false, 9);
	add_gate(path, GATE_LINK, true, 0);
	add_gate(path, GATE_MODE, true, 0);
	assert_int_equal(gate_rows(path, "Shop", 11, rows), 5);
	assert_string_equal(rows[0].text, "Shop: Default level 1 -> Hub/Web");
	assert_true(rows[0].is_path && !rows[0].open);
	assert_int_equal(rows[0].id, 11);
	assert_int_equal(rows[1].record_kind, RECORD_MONITOR);
	assert_int_equal(rows[1].record_id, 1);
	assert_int_equal(rows[2].record_kind, RECORD_MAINTENANCE);
	assert_int_equal(rows[2].record_id, 9);
	assert_int_equal(rows[3].record_kind, RECORD_PLACEMENT);
	assert_int_equal(rows[3].record_id, 4);
	assert_int_equal(rows[4].record_id, 0); /* the mode is no record */
	assert_int_equal(rows[4].id, 15);
	assert_int_equal(rows[4].monitor_id, 1);
	free(path);
}

static void rows__lead_to_the_level__where_an_integration_is_not_placed(void **state)
{
	struct gate_row rows[GATE_COUNT + 1];
	struct explained_path *path = a_path();

	(void)state;
	path->path.placement_id = path->path.service_id = 0;
	add_gate(path, GATE_PLACEMENT, false, 3);
	assert_int_equal(gate_rows(path, NULL, 1, rows), 2);
	assert_string_equal(rows[0].text, "Default level 1");
	assert_int_equal(rows[1].record_kind, RECORD_LEVEL);
	assert_int_equal(rows[1].record_id, 3);
	free(path);
}

static void gate_in_the_way__is_no_passing_one(void **state)
{
	struct explained_path *path = a_path();

	(void)state;
	add_gate(path, GATE_MAINTENANCE, false, 9);
	add_gate(path, GATE_MODE, false, 0);
	assert_null(gate_in_the_way(path));
	add_gate(path, GATE_LEVEL, false, 3);
	assert_ptr_equal(gate_in_the_way(path), &path->gates[2]);
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows__name_the_path__and_lead_to_each_record),
		cmocka_unit_test(
			rows__lead_to_the_level__where_an_integration_is_not_placed),
		cmocka_unit_test(gate_in_the_way__is_no_passing_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
