/* The pictures of the README: screens of the demonstration, as the console drew them.
 * HUBLINK_PICTURES=FOLDER takes them (make screenshots); otherwise only the drawing is
 * tested. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "core/base/clock.h"
#include "tests/support/check.h"
#include "tests/support/cli.h"
#include "tests/support/picture.h"

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

/* ---- the demonstration ---- */

struct scene {
	const char *caption; /* what the story says by then */
	const char *keys;    /* from the dashboard to the screen, and what stands there */
	const char *shows;
	const char *name, *title;
};

static const struct scene scenes[] = {
	{ "3/8 Payments has failed", "", "Status for partners", "dashboard",
	  "hublink: the dashboard" },
	{ "7/8 Checkout is OK meanwhile", "7", "Deliveries  21", "deliveries",
	  "hublink: updates wait while StatusHub answers 503" },
	{ "every incident waits", "2\r", "Timeline", "incident",
	  "hublink: an incident, from the first error to the recovery" },
	{ "every incident waits", "4", "Website New York", "monitors",
	  "hublink: monitors" },
};

/* The story takes its time. */
static void wait_for_caption(struct vt *vt, const char *caption)
{
	int64_t until = clock_boot_ms() + 4 * MINUTE_MS;
	while (strstr(vt_screen(vt), caption) == NULL) {
		if (clock_boot_ms() > until)
			fail_msg("there is no '%s' on:\n%s", caption, vt_screen(vt));
		vt_settle(vt, 100);
	}
}

static void take(struct vt *vt, const struct scene *scene, const char *folder)
{
	wait_for_caption(vt, scene->caption);
	vt_type(vt, scene->keys);
	assert_true(vt_wait(vt, scene->shows));
	vt_settle(vt, 400);
	picture_write(vt, folder, scene->name, scene->title);
	vt_type(vt, "1");
	vt_settle(vt, 100);
}

static void pictures__are_taken_from_the_demonstration(void **state)
{
	const char *const argv[] = { HUBLINK_SOURCE "/packaging/demo", HUBLINK_BUILD,
				     NULL };
	/* Not xterm: libvterm 0.1 wraps a line when a character is repeated up to its end. */
	const char *const environment[] = { "TERM=screen-256color", "LC_ALL=C.UTF-8",
					    "HUBLINK_DEMO_PACE=1", NULL };
	DEFER(vt_done) struct vt *vt = vt_open(100, 30, argv, environment);

	(void)state;
	for (size_t i = 0; i < COUNT_OF(scenes); i++)
		take(vt, &scenes[i], getenv("HUBLINK_PICTURES"));
	vt_type(vt, "q");
	int status = vt_wait_exit(vt);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(picture__has_text_colour_and_weight__as_on_the_screen),
		cmocka_unit_test(picture__is_xml__whatever_is_written),
	};
	const struct CMUnitTest taking[] = {
		cmocka_unit_test(pictures__are_taken_from_the_demonstration),
	};
	return getenv("HUBLINK_PICTURES") == NULL
		       ? cmocka_run_group_tests(tests, NULL, NULL)
		       : cmocka_run_group_tests(taking, NULL, NULL);
}
