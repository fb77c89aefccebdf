/* A console begins where the one before it was left. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "tests/support/check.h"
#include "tests/support/console.h"
#include "tests/support/stage.h"

struct kept {
	char state[160], file[200];
};

static struct kept kept_of(const struct stage *s)
{
	struct kept k;

	(void)snprintf(k.state, sizeof(k.state), "XDG_STATE_HOME=%s/state",
		       s->sandbox.folder);
	(void)snprintf(k.file, sizeof(k.file), "%s/state/hublink/console-session",
		       s->sandbox.folder);
	return k;
}

static struct vt *open_kept(const struct stage *s, const char *option)
{
	const struct kept k = kept_of(s);
	const char *argv[] = { program_path("hublink"), "--db", s->sandbox.db, option,
			       NULL };
	const char *env[] = { "TERM=xterm-256color", "LC_ALL=C.UTF-8", "TZ=UTC", k.state,
			      NULL };
	struct vt *vt = vt_open(80, 24, argv, env);

	assert_true(vt_wait(vt, "? help"));
	return vt;
}

static void quit(struct vt *vt)
{
	vt_type(vt, "q");
	assert_int_equal(vt_wait_exit(vt), 0);
}

static void session__is_kept__from_one_console_to_the_next(void **state)
{
	struct stage *s = *state;
	const struct kept k = kept_of(s);
	struct stat is;

	DEFER(vt_done) struct vt *first = open_kept(s, NULL);
	console_act(first, "4ssS", "Monitorv");
	console_act(first, "/p\rG", "> ?       API");
	quit(first);
	assert_int_equal(stat(k.file, &is), 0);
	assert_int_equal(is.st_mode & 0777, 0600);
	DEFER(vt_done) struct vt *second = open_kept(s, NULL);
	console_act(second, "", "> ?       API");
	console_act(second, "", "2 of 3  /p");
	console_act(second, "", "The filter p is your last session's; Esc drops it");
	console_act(second, "", "Monitorv");
	vt_hang_up(second); /* the line is lost: nothing else is */
	assert_int_not_equal(vt_wait_exit(second), -1);
	DEFER(vt_done) struct vt *third = open_kept(s, NULL);
	console_act(third, "", "2 of 3  /p");
	DEFER(vt_done) struct vt *onlooker = open_kept(s, "--read-only");
	console_act(onlooker, "", "Incidents open");
}

static void session__keeps_the_columns__that_were_left_out(void **state)
{
	struct stage *s = *state;

	DEFER(vt_done) struct vt *first = open_kept(s, NULL);
	console_act(first, "4", "Last message");
	console_act(first, "o", "[x] Last message");
	console_look(first, "columns_80x24");
	console_act(first, " ", "Without 'State' a row says nothing");
	console_act(first, "Gjjjjj ", "[ ] Last message");
	vt_type(first, KEY_ESC);
	assert_true(vt_wait_gone(first, "Last message"));
	console_act(first, "1o", "no columns to choose");
	quit(first);
	DEFER(vt_done) struct vt *second = open_kept(s, NULL);
	console_act(second, "4", "Links");
	assert_null(strstr(vt_screen(second), "Last message"));
	console_act(second, "/message:x", "/message:x"); /* filtered by all the same */
	console_act(second, KEY_ESC "ojjjjj\ro", "Last message");
}

static void write_session(const struct stage *s, const char *text)
{
	const struct kept k = kept_of(s);
	FILE *file = fopen(k.file, "w");

	assert_non_null(file);
	(void)fputs(text, file);
	(void)fclose(file);
}

static void session__is_passed_over__where_it_is_broken_or_of_another(void **state)
{
	struct stage *s = *state;

	DEFER(vt_done) struct vt *first = open_kept(s, NULL);
	console_act(first, "4", "Last message");
	quit(first);
	write_session(s, "hublink-session 1\ndatabase /elsewhere.db\nshown monitors\n");
	DEFER(vt_done) struct vt *other = open_kept(s, NULL);
	console_act(other, "", "Incidents open");
	assert_null(strstr(vt_screen(other), "cannot be read"));
	write_session(s, "\x01\x02 not a session");
	DEFER(vt_done) struct vt *broken = open_kept(s, NULL);
	console_act(broken, "", "Incidents open");
	console_act(broken, "", "cannot be read");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STAGE_TEST(session__is_kept__from_one_console_to_the_next),
		STAGE_TEST(session__keeps_the_columns__that_were_left_out),
		STAGE_TEST(session__is_passed_over__where_it_is_broken_or_of_another),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
