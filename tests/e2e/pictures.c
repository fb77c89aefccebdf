/* The pictures of the README: every screen of an evening, as the console drew them.
 * HUBLINK_PICTURES=FOLDER takes them (make screenshots); otherwise only the drawing is
 * tested. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/check.h"
#include "tests/support/cli.h"
#include "tests/support/picture.h"
#include "tests/support/showcase.h"

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
	{ "7", "disruption", "deliveries", "hublink: updates" },
	{ "8", "Maintenance", "maintenance", "hublink: maintenance windows" },
	{ "9", "anna", "history", "hublink: what the public was told" },
	{ "4g", "> ", NULL, NULL },
	{ "w", "fails for", "what-if", "hublink: what if it failed?" },
	{ "\033", "Stock feed", NULL, NULL },
	{ "W", "maintenance", "explain", "hublink: each gate to the page" },
};

/* The program itself is the console, with a clock that stands still. */
static struct vt *open_console(const struct stage *s, int columns, int rows)
{
	const char *const argv[] = { "/proc/self/exe", "console", s->sandbox.db, NULL };
	/* Not xterm: libvterm 0.1 wraps a line when a character is repeated up to its end. */
	const char *const environment[] = { "TERM=screen-256color", "LC_ALL=C.UTF-8",
					    "TZ=UTC", NULL };
	struct vt *vt = vt_open(columns, rows, argv, environment);

	assert_true(vt_wait(vt, "Incidents open"));
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

static void pictures__are_taken__of_every_screen(void **state)
{
	struct stage *s = *state;
	const struct scene wide = { "", "Incidents open", "dashboard-wide",
				    "hublink: the dashboard, where there is room" };

	showcase_fill(s);
	DEFER(vt_done) struct vt *vt = open_console(s, 80, 24);
	for (size_t i = 0; i < COUNT_OF(scenes); i++)
		take(vt, &scenes[i]);
	DEFER(vt_done) struct vt *large = open_console(s, 160, 45);
	take(large, &wide);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(picture__has_text_colour_and_weight__as_on_the_screen),
		cmocka_unit_test(picture__is_xml__whatever_is_written),
	};
	const struct CMUnitTest taking[] = {
		STAGE_TEST(pictures__are_taken__of_every_screen),
	};
	if (argc == 3)
		return showcase_console(argv[2]);
	return getenv("HUBLINK_PICTURES") == NULL
		       ? cmocka_run_group_tests(tests, NULL, NULL)
		       : cmocka_run_group_tests(taking, NULL, NULL);
}
