/* Copying by OSC 52 or tmux, never a secret; the mouse, once it is asked for. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "core/base/base64.h"
#include "tests/support/check.h"
#include "tests/support/console.h"
#include "tests/support/stage.h"

enum { QUIET_MS = 100, LOOKS_MAX = 100 };

static const char secret[] = "598f3b0da9ba4738";

static const char *bytes_of(const struct vt *vt)
{
	size_t count = 0;

	return vt_bytes(vt, &count);
}

/* The sequence that puts exactly this text on the clipboard. */
static void assert_copied(const struct vt *vt, const char *text)
{
	DEFER(buf_done) struct buf sequence = BUF_INIT(1 << 20);

	buf_adds(&sequence, "\033]52;c;");
	base64_add(&sequence, text, strlen(text));
	buf_addc(&sequence, '\007');
	assert_non_null(strstr(bytes_of(vt), buf_text(&sequence)));
}

static struct vt *open_on_service(struct stage *s)
{
	(void)stage_import(
		s, "{'hublink': 1, 'integrations': [{'name': 'Hub', 'services': [{"
		   "'name': 'Website', 'url': "
		   "'https://hub.example/hooks?token=598f3b0da9ba4738'}]}]}");
	struct vt *vt = console_open_sized(&s->sandbox, 120, 30, NULL);

	console_act(vt, "3", "Website");
	console_act(vt, "/Website\rj", ">   Website");
	vt_settle(vt, QUIET_MS);
	return vt;
}

static void copy__puts_the_name__on_the_clipboard_alone(void **state)
{
	DEFER(vt_done) struct vt *vt = open_on_service(*state);

	console_act(vt, "y", "URL, masked");
	console_act(vt, "n", "Sent to your clipboard");
	assert_copied(vt, "Website");
	assert_null(strstr(bytes_of(vt), "\033]52;p"));
	assert_null(strstr(bytes_of(vt), "\033]52;s"));
}

static void copy__masks__what_is_secret(void **state)
{
	static const struct {
		const char *key, *shown;
	} parts[] = {
		{ "u", "https://hub.example/hooks?token=***" },
		{ "j", "\"payload" },
		{ "c", "curl -H 'Content-Type: application/json'" },
		{ "i", "Sent to your clipboard" },
	};
	DEFER(buf_done) struct buf hidden = BUF_INIT(100);
	DEFER(vt_done) struct vt *vt = open_on_service(*state);

	for (size_t i = 0; i < COUNT_OF(parts); i++) {
		console_act(vt, "y", "URL, masked");
		console_act(vt, parts[i].key, i == 1 ? "Sent to your" : parts[i].shown);
		vt_type(vt, "\033");
		assert_true(vt_wait_gone(vt, "Sent to your clipboard"));
	}
	assert_copied(vt, parts[0].shown);
	assert_null(strstr(bytes_of(vt), secret));
	/* The secret would be in it at one of three places of base64's grid. */
	for (size_t skip = 0; skip < 3; skip++) {
		buf_reset(&hidden);
		base64_add(&hidden, secret + skip, 12);
		assert_null(strstr(bytes_of(vt), buf_text(&hidden)));
	}
}

static void copy__knows__incidents_and_updates(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = NULL;

	stage_do(s, "event Shop error");
	stage_settle(s);
	vt = console_open(&s->sandbox);
	console_act(vt, "2", "Status");
	console_act(vt, "y", "key");
	console_act(vt, "n", "#1 Website");
	assert_copied(vt, "#1 Website");
	vt_type(vt, "\033");
	console_act(vt, "7", "Update");
	console_act(vt, "y", "curl line");
	console_act(vt, "c", "--data-raw");
}

/* A tmux of our own, which keeps what it is told to load. */
static void copy__asks_tmux__inside_tmux(void **state)
{
	struct stage *s = *state;
	char path[128], tmux[160];
	const char *argv[] = { program_path("hublink"), "--db", s->sandbox.db, NULL };
	const char *env[] = { path, "TMUX=/nonexistent,1,0", "TERM=xterm-256color",
			      "LC_ALL=C.UTF-8", NULL };

	(void)snprintf(tmux, sizeof(tmux), "%s/tmux", s->sandbox.folder);
	FILE *script = fopen(tmux, "we");
	fprintf(script, "#!/bin/sh\n/bin/cat >'%s/kept'\necho \"$*\" >'%s/words'\n",
		s->sandbox.folder, s->sandbox.folder);
	fclose(script);
	assert_int_equal(chmod(tmux, 0700), 0);
	(void)snprintf(path, sizeof(path), "PATH=%s", s->sandbox.folder);
	DEFER(vt_done) struct vt *vt = vt_open(80, 24, argv, env);
	assert_true(vt_wait(vt, "Incidents open"));
	console_act(vt, "4", "Last message");
	console_act(vt, "y", "id");
	console_act(vt, "n", "Sent to your clipboard");
	assert_null(strstr(bytes_of(vt), "\033]52"));
	char words[64] = "", file[160];
	(void)snprintf(file, sizeof(file), "%s/words", s->sandbox.folder);
	for (int turn = 0; turn < 200 && *words == '\0'; turn++) {
		FILE *kept = fopen(file, "re");
		vt_settle(vt, 20);
		if (kept == NULL)
			continue;
		(void)!fgets(words, sizeof(words), kept);
		fclose(kept);
	}
	assert_string_equal(words, "load-buffer -w -\n");
}

/* ---- the mouse ---- */

#define CLICK(x, y) "\033[<0;" #x ";" #y "M\033[<0;" #x ";" #y "m"
#define WHEEL_DOWN "\033[<65;5;5M"
#define WHEEL_UP "\033[<64;5;5M"

static void assert_cursor_in_row(struct vt *vt, int row)
{
	for (int turn = 0; turn < LOOKS_MAX; turn++) {
		vt_settle(vt, QUIET_MS);
		if (strcmp(vt_cell_at(vt, row, 0).text, ">") == 0)
			return;
	}
	fail_msg("no cursor in row %d:\n%s", row, vt_screen(vt));
}

static void mouse__is_the_terminals__until_asked_for(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = console_open(&s->sandbox);

	assert_null(strstr(bytes_of(vt), "\033[?1000h"));
	console_act(vt, "M", "A click selects");
	assert_non_null(strstr(bytes_of(vt), "1000h"));
	console_act(vt, "4", "Last message");
	assert_cursor_in_row(vt, 3);
	vt_type(vt, CLICK(9, 6));
	assert_cursor_in_row(vt, 5);
	vt_type(vt, WHEEL_UP);
	assert_cursor_in_row(vt, 3);
	vt_type(vt, WHEEL_DOWN);
	assert_cursor_in_row(vt, 5);
	vt_type(vt, CLICK(9, 20)); /* no row is there */
	assert_cursor_in_row(vt, 5);
	vt_type(vt, "q");
	assert_int_equal(vt_wait_exit(vt), 0);
	assert_non_null(strstr(bytes_of(vt), "1000l"));
}

static void mouse__selects__in_another_part_of_the_screen(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = NULL;

	stage_do(s, "event Shop error");
	stage_settle(s);
	vt = console_open(&s->sandbox);
	console_act(vt, "M", "A click selects");
	const char *screen = vt_screen(vt), *found = strstr(screen, "UP   Partner");
	assert_non_null(found);
	int row = 0;
	for (const char *at = screen; at < found; at++)
		row += *at == '\n';
	char click[64];
	(void)snprintf(click, sizeof(click), "\033[<0;9;%dM", row + 1);
	vt_type(vt, click);
	assert_cursor_in_row(vt, row);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STAGE_TEST(copy__puts_the_name__on_the_clipboard_alone),
		STAGE_TEST(copy__masks__what_is_secret),
		STAGE_TEST(copy__knows__incidents_and_updates),
		STAGE_TEST(copy__asks_tmux__inside_tmux),
		STAGE_TEST(mouse__is_the_terminals__until_asked_for),
		STAGE_TEST(mouse__selects__in_another_part_of_the_screen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
