/* What a terminal types, or whoever holds its other end: any bytes become keys that the
 * console can look up, and what is pasted stays text. */
#include <fcntl.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/text.h"
#include "tests/support/fuzz.h"
#include "tui/console/keys.h"
#include "tui/console/term.h"

enum {
	TYPED_MAX = 1024,         /* well below what a pty holds */
	KEYS_MAX = 2 * TYPED_MAX, /* what the run before left half read may come on top */
};

static const char paste_end[] = "\033[201~";

static struct pty {
	int master, slave;
} pty = { .master = -1 };

static int kept[2]; /* what 0 and 1 were */

/* The console reads descriptor 0: the pty stands there while it does. */
static void lend_descriptors(void)
{
	(void)fflush(stdout);
	kept[0] = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 10);
	kept[1] = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 10);
	MUST_HOLD(dup2(pty.slave, STDIN_FILENO) == STDIN_FILENO);
	MUST_HOLD(dup2(pty.slave, STDOUT_FILENO) == STDOUT_FILENO);
}

static void take_descriptors_back(void)
{
	(void)fflush(stdout);
	for (int fd = 0; fd < 2; fd++) {
		(void)close(fd);
		if (kept[fd] < 0)
			continue;
		(void)dup2(kept[fd], fd);
		(void)close(kept[fd]);
	}
}

static void close_terminal(void)
{
	lend_descriptors();
	term_close();
	take_descriptors_back();
	(void)close(pty.master);
	(void)close(pty.slave);
}

static void open_terminal(void)
{
	struct err err = { 0 };
	struct winsize size = { .ws_row = 24, .ws_col = 80 };
	(void)setenv("TERM", "xterm-256color", 1);
	(void)setenv("LC_ALL", "C.UTF-8", 1);
	MUST_HOLD(openpty(&pty.master, &pty.slave, NULL, NULL, &size) == 0);
	MUST_HOLD(fcntl(pty.master, F_SETFL, O_NONBLOCK) == 0);
	lend_descriptors();
	MUST_HOLD(term_open(false, &err));
	take_descriptors_back();
	(void)atexit(close_terminal);
}

static void must_be_key(int key)
{
	int character = key_char(key);
	MUST_HOLD(key >= 0);
	MUST_HOLD(character == -1 || (character >= ' ' && character <= 0x10ffff));
	MUST_HOLD(keymap_find(&keymap_room, key) < ACTION_COUNT);
	MUST_HOLD(keymap_find(&keymap_form, key) < ACTION_COUNT);
	if (key == TERM_KEY_PASTE)
		MUST_HOLD(utf8_valid(term_paste(), strlen(term_paste())));
}

/* Every key there is; how many. */
static size_t read_keys(void)
{
	char drawn[4096];
	size_t count = 0;
	for (int key = term_key(); key != -1; key = term_key(), count++)
		must_be_key(key);
	while (read(pty.master, drawn, sizeof(drawn)) > 0)
		;
	return count;
}

FUZZ_TARGET(keys)
{
	if (pty.master < 0)
		open_terminal();
	if (bytes > TYPED_MAX)
		bytes = TYPED_MAX;
	lend_descriptors();
	MUST_HOLD(write(pty.master, text, bytes) == (ssize_t)bytes);
	size_t keys = read_keys();
	/* No paste is left open for the next run. */
	MUST_HOLD(write(pty.master, paste_end, strlen(paste_end)) > 0);
	keys += read_keys();
	take_descriptors_back();
	MUST_HOLD(keys <= KEYS_MAX);
}
