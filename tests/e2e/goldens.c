/* Every screen of the console at 40x12, 80x24 and 120x40, of one evening whose clock stands
 * still; and what a list looks like filtered, marked, empty, and while nothing runs. */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/check.h"
#include "tests/support/console.h"
#include "tests/support/showcase.h"

enum { NAME_SIZE_MOST = 64 };

struct look {
	const char *keys;  /* from the look before */
	const char *shows; /* what stands there then */
	const char *name;  /* NULL: on the way */
};

static const int sizes[][2] = { { 40, 12 }, { 80, 24 }, { 120, 40 } };

/* The program itself is the console. */
static struct vt *open_evening(const struct stage *s, int columns, int rows)
{
	const char *const argv[] = { "/proc/self/exe", "console", s->sandbox.db, NULL };
	/* Not xterm: libvterm 0.1 wraps a line when a character is repeated up to its end. */
	const char *const environment[] = { "TERM=screen-256color", "LC_ALL=C.UTF-8",
					    "TZ=UTC", NULL };
	struct vt *vt = vt_open(columns, rows, argv, environment);

	assert_true(vt_wait(vt, "? help"));
	return vt;
}

/* Ids that are drawn anew on every run become the same ones. */
static void fill(struct stage *s)
{
	showcase_fill(s);
	stage_change(s,
		     "UPDATE delivery SET key = '00000000-0000-4000-8000-00000000000' || "
		     "id % 10;"
		     "UPDATE delivery_body SET body = json_set(body, "
		     "'$.id', '00000000-0000-4000-8000-000000000001', "
		     "'$.start_time', '2026-11-26T17:00:00Z', "
		     "'$.alert.guid', '00000000-0000-4000-8000-000000000002', "
		     "'$.alert.timestamp', '2026-11-26T17:00:00Z')");
}

static void look_at(struct vt *vt, const struct look *looks, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char name[NAME_SIZE_MOST];
		int columns = 0, rows = 0;
		console_act(vt, looks[i].keys, looks[i].shows);
		if (looks[i].name == NULL)
			continue;
		vt_size(vt, &columns, &rows);
		(void)snprintf(name, sizeof(name), "evening/%s_%dx%d", looks[i].name,
			       columns, rows);
		assert_true(vt_golden(vt, name));
	}
}

static void look_at_every_size(struct stage *s, const struct look *looks, size_t count)
{
	for (size_t i = 0; i < COUNT_OF(sizes); i++) {
		DEFER(vt_done)
		struct vt *vt = open_evening(s, sizes[i][0], sizes[i][1]);
		look_at(vt, looks, count);
	}
}

static const struct look screens[] = {
	{ "", "Incidents open", "dashboard" },
	{ "?", "> Help", "help" },
	{ KEY_ESC "2", "\n Incidents  ", "incidents" },
	{ "G\r", "> Incident  #", "incident" },
	{ "3", "\n Integrations", "integrations" },
	{ "j\r", "> Record  ", "service" },
	{ "4", "\n Monitors  ", "monitors" },
	{ "/login\r", "1 of 7  /login", "monitors_filtered" },
	{ KEY_ESC "g*", "7 marked", "monitors_marked" },
	{ "\\G\r", "> Monitor  Stock", "monitor" },
	{ "w", "> What-if", "what_if" },
	{ KEY_ESC "W", "> Explain", "explain" },
	{ "C", "> Coverage", "coverage" },
	{ "5", "\n Alert definitions", "definitions" },
	{ "6", "\n Links  ", "links" },
	{ "v", "> Matrix", "matrix" },
	{ "7", "\n Deliveries  ", "deliveries" },
	{ "G\r", "> Delivery  #", "delivery" },
	{ "8", "\n Maintenance  ", "maintenance" },
	{ "9", "\n History  ", "history" },
	{ ":sear", "Go to, do, find", "palette" },
	{ KEY_ESC "=", "It is live now", "mode" },
	{ KEY_ESC "-", "\n Maintenance  ", NULL },
	{ "\"", "> Messages", "messages" },
};

static void screens__look_so__at_every_size(void **state)
{
	struct stage *s = *state;

	fill(s);
	look_at_every_size(s, screens, COUNT_OF(screens));
}

static const struct look beside[] = {
	{ "2", "last told", "incidents" },
	{ "7", "integration   Public", "deliveries" },
	{ "4G", "What an error would", "monitors" },
	{ "\t", "keys go here", "monitors_detail" },
	{ KEY_ESC "z", "\n Monitors  7\n", "monitors_alone" },
	{ "z1", "Incidents open", "dashboard" },
};

static void detail__looks_so__beside_a_list(void **state)
{
	struct stage *s = *state;

	fill(s);
	DEFER(vt_done) struct vt *vt = open_evening(s, 200, 50);
	look_at(vt, beside, COUNT_OF(beside));
}

static const struct look alone[] = {
	{ "", "Incidents open", "no_engine" },
	{ "2", "NO ENGINE", "no_engine_incidents" },
};

static void screens__say__that_no_engine_runs(void **state)
{
	struct stage *s = *state;

	fill(s);
	(void)stage_engine_end(s, SIGKILL);
	look_at_every_size(s, alone, COUNT_OF(alone));
}

static const struct look empty[] = {
	{ "2", "no incident yet", "empty_incidents" },
	{ "3", "no integration yet", "empty_integrations" },
	{ "4", "no monitor yet", "empty_monitors" },
	{ "5", "no alert definition", "empty_definitions" },
	{ "7", "no update was decided", "empty_deliveries" },
	{ "8", "no maintenance", "empty_maintenance" },
};

static void lists__say_what_to_do__without_a_row(void **state)
{
	struct stage *s = *state;

	(void)stage_import_with(s, 0, "--prune",
				"{'hublink': 1, 'monitors': [], 'integrations': [], "
				"'alert_definitions': []}");
	look_at_every_size(s, empty, COUNT_OF(empty));
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		STAGE_TEST(screens__look_so__at_every_size),
		STAGE_TEST(detail__looks_so__beside_a_list),
		STAGE_TEST(screens__say__that_no_engine_runs),
		STAGE_TEST(lists__say_what_to_do__without_a_row),
	};

	if (argc == 3)
		return showcase_console(argv[2]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
