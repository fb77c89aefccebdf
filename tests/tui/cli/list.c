/* list: every kind, its JSON shape, its filters. */
#include <stdio.h>
#include <string.h>

#include "tests/support/check.h"
#include "tests/support/cli.h"

/* Something of every kind: Shop fails, and an engine judges it. */
static int setup_with_history(void **state)
{
	cli_setup(state);
	const struct sandbox *sandbox = *state;
	cli_out(sandbox, 0, "event Shop error --message 'no \033[31manswer'");
	cli_out_fed(sandbox, 0, "import -",
		    "{\"hublink\":1,\"monitors\":[{\"name\":\"Nothing\",\"active\":false,"
		    "\"guid\":\"0b1f\",\"check\":{\"type\":\"tcp\",\"target\":\"a."
		    "example:1\","
		    "\"every\":\"1m\"}}]}");
	cli_out(sandbox, 0, "mute group:web --for 1h");
	return 0;
}

static const struct {
	const char *kind, *keys;
	int rows;
} shapes[] = {
	{ "monitors",
	  "id name guid active groups[] last_check state errors error_since "
	  "last_event_at message "
	  "links",
	  4 },
	{ "groups", "name monitors", 1 },
	{ "integrations", "id name type payload max_per_second storm text{} template",
	  1 },
	{ "services",
	  "id name integration url page_url incident_policy reopen_within publish_after "
	  "recover_after disruption_when{} status open_incidents unfinished links",
	  2 },
	{ "definitions", "id name active monitors[] groups[] levels[]", 1 },
	{ "links", "id definition level monitor integration service critical active", 4 },
	{ "incidents",
	  "id key service integration monitors[] status service_status opened_at "
	  "monitoring_at "
	  "resolved_at published",
	  1 },
	{ "alerts", "id guid type at monitor definition level reason", 1 },
	{ "deliveries",
	  "id key incident service integration kind state attempts http_status error "
	  "created_at "
	  "next_attempt_at sent_at delivered_at",
	  1 },
	{ "maintenance", "id state from until targets note created_by covers[]", 1 },
	{ "audit", "id at actor source because action kind object", -1 },
	{ "unmatched", "", 0 },
};

static void list__has_the_shape_of_the_contract(void **state)
{
	const struct sandbox *sandbox = *state;
	for (size_t i = 0; i < COUNT_OF(shapes); i++) {
		char line[100];
		snprintf(line, sizeof(line), "--json list %s", shapes[i].kind);
		const char *out = cli_out(sandbox, 0, line);
		if (shapes[i].rows >= 0)
			assert_int_equal(count_lines(out), shapes[i].rows);
		for (int row = 0; row < count_lines(out); row++)
			json_free(assert_object(out, row, shapes[i].keys));
	}
}

static void list__is_a_table__for_people(void **state)
{
	const struct sandbox *sandbox = *state;
	for (size_t i = 0; i < COUNT_OF(shapes); i++) {
		char line[100];
		snprintf(line, sizeof(line), "list %s", shapes[i].kind);
		const char *out = cli_out(sandbox, 0, line);
		if (shapes[i].rows > 0)
			assert_int_equal(count_lines(out), shapes[i].rows + 1);
		if (shapes[i].rows == 0)
			assert_string_equal(out, "");
		assert_lacks(out, "\033");
	}
	assert_holds(cli_err(sandbox, 0, "list unmatched"), "No unmatched events");
}

static void list__aligns__by_what_names_take(void **state)
{
	const struct sandbox *sandbox = *state;
	const char *out = cli_out(sandbox, 0, "list groups");
	assert_string_equal(out, "NAME  MONITORS\nweb          1\n");
}

static void list__shows_foreign_text_safely(void **state)
{
	assert_holds(cli_out(*state, 0, "list monitors"), "no <U+001B>[31manswer");
}

static int rows(void **state, const char *line)
{
	return count_lines(cli_out(*state, 0, line));
}

static void list__filters(void **state)
{
	assert_int_equal(rows(state, "--json list monitors --state inactive"), 1);
	assert_int_equal(rows(state, "--json list monitors --state maintenance"), 1);
	assert_int_equal(rows(state, "--json list monitors --limit 2"), 2);
	assert_int_equal(rows(state, "--json list incidents --open"), 1);
	assert_int_equal(rows(state, "--json list incidents --state resolved"), 0);
	assert_int_equal(rows(state, "--json list incidents --service Website"), 1);
	assert_int_equal(rows(state, "--json list incidents --service 'Partner API'"), 0);
	assert_int_equal(rows(state, "--json list incidents --monitor Shop"), 1);
	assert_int_equal(rows(state, "--json list incidents --monitor API"), 0);
	assert_int_equal(rows(state, "--json list incidents --since +1h"), 0);
	assert_int_equal(
		rows(state, "--json list incidents --until 2026-01-01T00:00:00Z"), 0);
	assert_int_equal(rows(state, "--json list deliveries --state dry-run"), 1);
	assert_int_equal(rows(state, "--json list deliveries --incident 1"), 1);
	assert_int_equal(rows(state, "--json list deliveries --open"), 0);
	assert_int_equal(rows(state, "--json list alerts --state Error --monitor Shop"),
			 1);
	assert_int_equal(rows(state, "--json list links --service 'Hub/Partner API'"), 1);
	assert_int_equal(rows(state, "--json list maintenance --state active"), 1);
	assert_int_equal(rows(state, "--json list maintenance --state ended"), 0);
	assert_int_equal(rows(state, "--json list audit --limit 1"), 1);
}

static void list__refuses__what_it_cannot_filter_by(void **state)
{
	const struct sandbox *sandbox = *state;
	assert_holds(cli_err(sandbox, 3, "list incidents --state open"), "investigating");
	assert_holds(cli_err(sandbox, 3, "list groups --state ok"), "--state");
	assert_holds(cli_err(sandbox, 3, "list incidents --since yesterday"), "--since");
	static const char *const turned[] = { "list alerts", "history Website",
					      "audit export" };
	for (size_t i = 0; i < COUNT_OF(turned); i++) {
		char line[100];
		snprintf(line, sizeof(line), "%s --since +2h --until +1h", turned[i]);
		assert_string_equal(cli_err(sandbox, 3, line),
				    "hublink: --since +2h is later than --until +1h: "
				    "nothing is between them\n");
	}
	assert_holds(cli_err(sandbox, 3, "list incidents --limit many"), "--limit");
	assert_holds(cli_err(sandbox, 3, "list deliveries --incident x"),
		     "list incidents");
	cli_err(sandbox, 5, "list deliveries --incident 999");
	assert_holds(cli_err(sandbox, 5, "list incidents --monitor Shp"),
		     "'Shop' is the nearest");
	cli_err(sandbox, 5, "list incidents --service Nobody");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(list__has_the_shape_of_the_contract),
		cmocka_unit_test(list__is_a_table__for_people),
		cmocka_unit_test(list__aligns__by_what_names_take),
		cmocka_unit_test(list__shows_foreign_text_safely),
		cmocka_unit_test(list__filters),
		cmocka_unit_test(list__refuses__what_it_cannot_filter_by),
	};
	return cmocka_run_group_tests(tests, setup_with_history, cli_teardown);
}
