/* The pictures of the README: every screen of an evening, as the console drew them.
 * HUBLINK_PICTURES=FOLDER takes them (make screenshots); otherwise only the drawing is
 * tested. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/json.h"
#include "core/base/text.h"
#include "tests/support/cast.h"
#include "tests/support/check.h"
#include "tests/support/cli.h"
#include "tests/support/console.h"
#include "tests/support/picture.h"
#include "tests/support/showcase.h"
#include "tests/support/unmatched.h"
#include "tests/support/uptrends.h"

/* What is on the terminal while a program that wrote this waits. */
static struct vt *terminal_with(const char *text)
{
	const char *const argv[] = { "/bin/sh", "-c", "printf \"$1\"; read _",
				     "sh",      text, NULL };
	return vt_open(30, 3, argv, NULL);
}

static void picture__has_text_colour_and_weight__as_on_the_screen(void **state)
{
	DEFER(vt_done)
	struct vt *vt =
		terminal_with("plain \\033[1;31mDOWN\\033[0m \\033[7mback\\033[0m end");
	DEFER(buf_done) struct buf svg = BUF_INIT(PICTURE_MAX);

	(void)state;
	assert_true(vt_wait(vt, "end"));
	picture_add_svg(vt, "hublink", &svg);
	assert_holds(buf_text(&svg), "fill=\"#e06c75\" font-weight=\"bold\">DOWN</text>");
	assert_holds(buf_text(&svg), "fill=\"#d8dee9\">plain</text>");
	assert_holds(buf_text(&svg), "fill=\"#1b1f27\">back</text>");
}

static void picture__is_xml__whatever_is_written(void **state)
{
	DEFER(vt_done) struct vt *vt = terminal_with("a<b>&c end");
	DEFER(buf_done) struct buf svg = BUF_INIT(PICTURE_MAX);

	(void)state;
	assert_true(vt_wait(vt, "end"));
	picture_add_svg(vt, "<>", &svg);
	assert_holds(buf_text(&svg), "a&lt;b&gt;&amp;c");
	assert_holds(buf_text(&svg), ">&lt;&gt;</text>");
}

/* ---- taking them ---- */

struct scene {
	const char *keys;  /* from the scene before */
	const char *shows; /* what stands there then */
	const char *name, *title;
};

static const struct scene scenes[] = {
	{ "", "Incidents open", "dashboard", "hublink: the dashboard" },
	{ "?", "Next row", "help", "hublink: the keys of a screen" },
	{ "\033", "Incidents open", NULL, NULL },
	{ "2", "Investigating", "incidents", "hublink: incidents" },
	{ "G\r", "Timeline", "incident", "hublink: an incident and its timeline" },
	{ "3", "Partner page", "integrations", "hublink: integrations and services" },
	{ "4", "Stock feed", "monitors", "hublink: monitors" },
	{ "5", "Shop and accounts", "definitions", "hublink: alert definitions" },
	{ "6", "Checkout flow", "links", "hublink: who reaches whom" },
	{ "v", "paint level 1", "matrix", "hublink: links as a matrix" },
	{ "\033", "Monitor -> service", NULL, NULL },
	{ "7", "disruption", "deliveries", "hublink: updates" },
	{ "8", "no maintenance", NULL, NULL },
	{ "AWeekly patches\t\t \t", "Of a week", NULL, NULL },
	{ "sun, wed\t02:00\t04:30\t\025Europe/Berlin", "Europe/Berlin", NULL, NULL },
	{ "\t\t\t\tgroup:sh\t", "group:shop", NULL, NULL },
	{ "\033[A\033[A\033[A\033[A", "Whose clocks", "recurring",
	  "hublink: maintenance that recurs" },
	{ "\023", "Added the recurring maintenance", NULL, NULL },
	{ "", "1 recurs", "maintenance", "hublink: maintenance" },
	{ "9", "anna", "history", "hublink: what the public was told" },
	{ "4g", "> ", NULL, NULL },
	{ "w", "fails for", "what-if", "hublink: what if it failed?" },
	{ "\033", "Stock feed", NULL, NULL },
	{ "W", "maintenance", "explain", "hublink: each gate to the page" },
	{ "\033", "Stock feed", NULL, NULL },
	{ "3jt", "DRY RUN", "test", "hublink: a test, to the byte" },
	{ "\033", "Public page", NULL, NULL },
	{ ":che", "Checkout", "palette", "hublink: everything by name" },
};

/* The program itself is the console, with a clock that stands still. */
static struct vt *open_console(const struct sandbox *sandbox, int columns, int rows,
			       const char *awaited)
{
	const char *const argv[] = { "/proc/self/exe", "console", sandbox->db, NULL };
	/* Not xterm: libvterm 0.1 wraps a line when a character is repeated up to its end. */
	const char *const environment[] = { "TERM=screen-256color", "LC_ALL=C.UTF-8",
					    "TZ=UTC", NULL };
	struct vt *vt = vt_open(columns, rows, argv, environment);

	assert_true(vt_wait(vt, awaited));
	return vt;
}

static void take(struct vt *vt, const struct scene *scene)
{
	vt_type(vt, scene->keys);
	assert_true(vt_wait(vt, scene->shows));
	vt_settle(vt, 400);
	if (scene->name != NULL)
		picture_write(vt, getenv("HUBLINK_PICTURES"), scene->name, scene->title);
}

/* An empty database opens on them. */
static void take_first_steps(void)
{
	const struct scene first = { "", "Going live", "first-steps",
				     "hublink: the first steps" };
	struct sandbox empty;

	sandbox_open(&empty);
	(void)cli_out(&empty, 0, "init");
	struct vt *vt = open_console(&empty, 80, 24, "First steps");
	take(vt, &first);
	vt_close(vt);
	sandbox_close(&empty);
}

/* An account as it is taken over, and a service that gets its name. */
static void take_uptrends(void)
{
	const struct scene scenes_of_it[] = {
		{ "I", "r asks Uptrends", NULL, NULL },
		{ "r", "2 want a name", NULL, NULL },
		{ "\rWebsite\thttps://hooks.statushub.io/hooks/"
		  "uptrends?token=0123456789abcdef",
		  "token=***", NULL, NULL },
		{ "\023", "1 want a name", "uptrends",
		  "hublink: an Uptrends account is taken over" },
	};
	struct uptrends *api = uptrends_new();
	struct sandbox sandbox;
	char line[200];

	sandbox_open(&sandbox);
	(void)cli_out(&sandbox, 0, "init");
	(void)snprintf(line, sizeof(line), "uptrends account %s --url %s --pause 0s",
		       UPTRENDS_TEST_USER, uptrends_url(api));
	(void)cli_out_fed(&sandbox, 0, line, UPTRENDS_TEST_PASSWORD "\n");
	/* The real program: hublink-engine, which asks, lies beside it. */
	struct vt *vt = console_open(&sandbox);
	for (size_t i = 0; i < COUNT_OF(scenes_of_it); i++)
		take(vt, &scenes_of_it[i]);
	vt_close(vt);
	sandbox_close(&sandbox);
	uptrends_free(api);
}

/* Whom senders speak of and nobody knows. */
static void take_unmatched(void)
{
	const struct scene scene = { "E", "2 that nobody knows", "unmatched",
				     "hublink: events of monitors that nobody knows" };
	struct sandbox sandbox;

	sandbox_open(&sandbox);
	(void)cli_out(&sandbox, 0, "init");
	unmatched_keep(&sandbox, "", "Serch", EVENT_ERROR, "timeout after 10000 ms");
	unmatched_keep(&sandbox, "", "Shop front", EVENT_ERROR, "HTTP 503 after 12 s");
	struct vt *vt = open_console(&sandbox, 80, 24, "First steps");
	take(vt, &scene);
	vt_close(vt);
	sandbox_close(&sandbox);
}

/* What a document would change, before it is imported. */
static void take_import(const struct sandbox *sandbox)
{
	const struct scene scene = { "<~/autumn.json\r", "2 new, 1 changed", "import",
				     "hublink: a document before it is imported" };
	DEFER(buf_done) struct buf path = BUF_INIT(200);

	buf_addf(&path, "%s/autumn.json", sandbox->folder);
	FILE *file = fopen(buf_text(&path), "w");
	assert_non_null(file);
	(void)fputs("{\"hublink\": 1, \"monitors\": [{\"name\": \"Gift cards\"}, "
		    "{\"name\": \"Returns\"}, {\"name\": \"Stock feed\", "
		    "\"active\": false}]}",
		    file);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(setenv("HOME", sandbox->folder, 1), 0);
	struct vt *vt = open_console(sandbox, 80, 24, "Incidents open");
	take(vt, &scene);
	vt_close(vt);
}

static void pictures__are_taken__of_every_screen(void **state)
{
	struct stage *s = *state;
	const struct scene wide = { "", "Incidents open", "dashboard-wide",
				    "hublink: the dashboard, where there is room" };

	showcase_fill(s);
	DEFER(vt_done)
	struct vt *vt = open_console(&s->sandbox, 80, 24, "Incidents open");
	for (size_t i = 0; i < COUNT_OF(scenes); i++)
		take(vt, &scenes[i]);
	DEFER(vt_done)
	struct vt *large = open_console(&s->sandbox, 160, 45, "Incidents open");
	take(large, &wide);
	take_import(&s->sandbox);
	take_first_steps();
	take_uptrends();
	take_unmatched();
}

/* ---- a session ---- */

struct beat {
	const char *happens; /* outside: a command; NULL: nothing */
	const char *keys, *shows;
	int look_ms;
};

/* Three in the morning: what is broken; one more goes down and is told, seen to, over and
 * resolved; is the way to the page there, and does the page take what is sent? */
static const struct beat session[] = {
	{ NULL, "", "Incidents open", 3500 },
	{ "event 'Login page' error --message 'HTTP 502 from the login form'", "",
	  "Investigating Login             told Investigating", 3500 },
	{ NULL, "2", "Incidents  7", 1500 },
	{ NULL, "g", "> DOWN", 800 },
	{ NULL, "\r", "Timeline", 4500 },
	{ NULL, "i", "Enter done", 800 },
	{ NULL, "A certificate expired; it is being replaced", "being replaced", 600 },
	{ NULL, "\r", "y yes", 2000 },
	{ NULL, "y", "Identified", 2500 },
	{ "event 'Login page' ok", "", "Monitoring", 4000 },
	{ NULL, "R", "Enter done", 800 },
	{ NULL, "The new certificate is in place", "in place", 600 },
	{ NULL, "\r", "y yes", 2000 },
	{ NULL, "y", "Resolved", 2500 },
	{ NULL, "4", "Monitors", 1200 },
	{ NULL, "/check", "1 of 7", 1000 },
	{ NULL, "\r", "Checkout flow", 800 },
	{ NULL, "W", "maintenance", 4000 },
	{ NULL, "3", "Public page", 800 },
	{ NULL, "/login\r", "/login", 400 },
	{ NULL, "\033[B", ">   Login", 600 },
	{ NULL, "t", "DRY RUN", 4500 },
	{ NULL, "!", "visible to subscribers", 2000 },
	{ NULL, "Login", "Login", 600 },
	{ NULL, "\r", "operational   delivered, answered 200", 4500 },
	{ NULL, "9", "Told to the public", 4000 },
	{ NULL, "1", "Incidents open", 3000 },
};

/* JSON Lines: a header, then rows whose times never go back. */
static void check_cast(const char *text)
{
	double last = 0;
	size_t rows = 0;

	assert_true(text_starts_with(text, "{\"version\": 2, "));
	for (const char *line = strchr(text, '\n'); line != NULL && line[1] != '\0';
	     line = strchr(line + 1, '\n'), rows++) {
		const size_t bytes = strcspn(line + 1, "\n");
		struct err err = { 0 };
		DEFER(json_done) struct json *row = json_parse(line + 1, bytes, &err);
		const double at = strtod(line + 2, NULL);
		if (row == NULL || json_count(row) != 3)
			fail_msg("%.*s: %s", (int)bytes, line + 1, err.text);
		assert_true(at >= last);
		last = at;
	}
	assert_true(rows > 20);
}

static void session__is_recorded__as_it_is_typed(void **state)
{
	struct stage *s = *state;
	DEFER(cast_done) struct cast cast = { 0 };

	showcase_tell(s);
	stage_engine_start(s);
	/* The real program: the engine takes what happens, and sends the test. */
	DEFER(vt_done) struct vt *vt = console_open(&s->sandbox);
	assert_true(vt_wait(vt, "engine runs"));
	cast_begin(&cast, vt, "hublink: three in the morning");
	for (size_t i = 0; i < COUNT_OF(session); i++) {
		if (session[i].happens != NULL)
			stage_do(s, "%s", session[i].happens);
		cast_act(&cast, session[i].keys, session[i].shows, session[i].look_ms);
	}
	check_cast(buf_text(&cast.text));
	cast_write(&cast, getenv("HUBLINK_PICTURES"), "session");
}

static void cast__is_what_came__with_the_times_of_the_script(void **state)
{
	DEFER(vt_done) struct vt *vt = terminal_with("say \\033[1mä\\033[0m end");
	DEFER(cast_done) struct cast cast = { 0 };

	(void)state;
	assert_true(vt_wait(vt, "end"));
	cast_begin(&cast, vt, "a \"title\"");
	cast_act(&cast, "xy", "xy", 500);
	assert_holds(buf_text(&cast.text), "\"width\": 30, \"height\": 3, \"title\": "
					   "\"a \\\"title\\\"\"}\n[0.000, \"o\", \"");
	assert_holds(buf_text(&cast.text), "say \\u001b[1mä\\u001b[0m end\"]\n");
	assert_holds(buf_text(&cast.text), "[0.140, \"o\", \"y\"]\n");
	assert_int_equal(cast.at_ms, 780);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(picture__has_text_colour_and_weight__as_on_the_screen),
		cmocka_unit_test(picture__is_xml__whatever_is_written),
		cmocka_unit_test(cast__is_what_came__with_the_times_of_the_script),
	};
	const struct CMUnitTest taking[] = {
		STAGE_TEST(pictures__are_taken__of_every_screen),
		STAGE_TEST(session__is_recorded__as_it_is_typed),
	};
	if (argc == 3)
		return showcase_console(argv[2]);
	return getenv("HUBLINK_PICTURES") == NULL
		       ? cmocka_run_group_tests(tests, NULL, NULL)
		       : cmocka_run_group_tests(taking, NULL, NULL);
}
