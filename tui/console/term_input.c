#include "tui/console/term_input.h"

#include <curses.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/clock.h"
#include "core/base/text.h"
#include "tui/console/keys.h"
#include "tui/console/term.h"

/* Keys of our own that ncurses decodes: the brackets around a paste. */
enum { KEY_PASTE_BEGIN = KEY_MAX + 1, KEY_PASTE_END };

enum {
	ESCAPE = 27,
	BELL = 7,
	ESCAPE_MS =
		25, /* how long Esc waits to become a sequence, unless $ESCDELAY says */
	ESCAPE_MAX_MS = 1000,
	REPORT_BYTES = 64, /* of what a terminal answers; more of it is not looked at */
	REPORT_MS = 250,   /* an answer that has not ended by then has no end */
};

/* Part of the one terminal that a process has. */
static struct {
	bool pasting;
	struct buf paste;
	char report_kind; /* [ CSI, O SS3, ] P _ ^ X a string; 0: in none */
	int64_t report_until_ms;
	char report[REPORT_BYTES];
	size_t report_length;
	bool report_escape; /* the last of a string's characters was Esc */
	bool synchronised;
	bool mouse;
} input;

/* What terminals send whatever their description says: one that is known by its family only,
 * or that does not obey the keypad's modes. */
static const struct usual_key {
	const char *sequence;
	int key;
} usual_keys[] = {
	{ "\033[A", KEY_UP },     { "\033OA", KEY_UP },     { "\033[B", KEY_DOWN },
	{ "\033OB", KEY_DOWN },   { "\033[C", KEY_RIGHT },  { "\033OC", KEY_RIGHT },
	{ "\033[D", KEY_LEFT },   { "\033OD", KEY_LEFT },   { "\033[H", KEY_HOME },
	{ "\033OH", KEY_HOME },   { "\033[1~", KEY_HOME },  { "\033[7~", KEY_HOME },
	{ "\033[F", KEY_END },    { "\033OF", KEY_END },    { "\033[4~", KEY_END },
	{ "\033[8~", KEY_END },   { "\033[5~", KEY_PPAGE }, { "\033[6~", KEY_NPAGE },
	{ "\033[3~", KEY_DC },    { "\033[Z", KEY_BTAB },   { "\033OP", KEY_F(1) },
	{ "\033[11~", KEY_F(1) }, { "\033OQ", KEY_F(2) },   { "\033[12~", KEY_F(2) },
	{ "\033OS", KEY_F(4) },   { "\033[14~", KEY_F(4) },
};

static int escape_ms(void)
{
	const char *value = getenv("ESCDELAY");
	int64_t ms = 0;

	if (value != NULL && text_integer(value, &ms) && ms >= 0 && ms <= ESCAPE_MAX_MS)
		return (int)ms;
	return ESCAPE_MS;
}

static void watch_mouse(bool on)
{
	(void)mousemask(on ? BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED : 0,
			NULL);
	(void)mouseinterval(0); /* no waiting for what would be a double click */
}

void term_mouse(bool on)
{
	(void)mousemask(on ? BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED : 0,
			NULL);
	(void)mouseinterval(0); /* no waiting for what would be a double click */
	input.mouse = on;
}

bool term_mouse_is_on(void)
{
	return input.mouse;
}

bool term_mouse_event(struct term_mouse_event *ret)
{
	MEVENT event;

	if (getmouse(&event) != OK)
		return false;
	*ret = (struct term_mouse_event){ .kind = (event.bstate & BUTTON4_PRESSED) != 0
							  ? TERM_WHEEL_UP
						  : (event.bstate & BUTTON5_PRESSED) != 0
							  ? TERM_WHEEL_DOWN
							  : TERM_CLICK,
					  .y = event.y,
					  .x = event.x };
	return true;
}

void term_input_start(bool brackets)
{
	for (size_t i = 0; i < COUNT_OF(usual_keys); i++)
		if (key_defined(usual_keys[i].sequence) == 0)
			(void)define_key(usual_keys[i].sequence, usual_keys[i].key);
	(void)define_key("\033[200~", KEY_PASTE_BEGIN);
	(void)define_key("\033[201~", KEY_PASTE_END);
	if (!brackets)
		input.pasting = false;
	(void)set_escdelay(escape_ms());
	if (input.mouse)
		watch_mouse(true);
}

void term_input_stop(void)
{
	if (input.mouse)
		watch_mouse(false);
}

void term_input_done(void)
{
	buf_done(&input.paste);
	memset(&input, 0, sizeof(input));
}

bool term_input_is_synchronised(void)
{
	return input.synchronised;
}

/* ---- answers, asked for or forged: never keys ---- */

static void begin_report(char kind)
{
	input.report_kind = kind;
	input.report_until_ms = clock_boot_ms() + REPORT_MS;
	input.report_length = 0;
	input.report_escape = false;
}

/* The only one that is asked for: CSI ? 2026 ; 1 or 2 $ y. */
static void end_report(void)
{
	input.report[input.report_length] = '\0';
	if (input.report_kind == '[' && (strcmp(input.report, "?2026;1$y") == 0 ||
					 strcmp(input.report, "?2026;2$y") == 0))
		input.synchronised = true;
	input.report_kind = 0;
}

static void keep_reported(wint_t c)
{
	if (input.report_length < REPORT_BYTES - 1)
		input.report[input.report_length++] = c < 0x80 ? (char)c : '?';
}

/* A control sequence ends with a letter or a sign, a string with BEL or ESC \. */
static void take_report(wint_t c)
{
	bool string = input.report_kind != '[' && input.report_kind != 'O';
	bool ends = string ? c == BELL || (input.report_escape && c == '\\')
			   : input.report_kind == 'O' || (c >= 0x40 && c <= 0x7e);

	keep_reported(c);
	input.report_escape = c == ESCAPE;
	if (ends)
		end_report();
}

/* Behind Esc: does a sequence begin that ncurses does not know? */
static bool begins_report(void)
{
	wint_t next = 0;
	int kind = get_wch(&next);

	if (kind == OK && next < 0x80 && next != 0 &&
	    strchr("[O]P_^X", (int)next) != NULL) {
		begin_report((char)next);
		return true;
	}
	if (kind == OK)
		(void)unget_wch((wchar_t)next);
	else if (kind == KEY_CODE_YES)
		(void)ungetch((int)next);
	return false;
}

static bool in_report(int kind)
{
	if (input.report_kind == 0)
		return false;
	if (kind == OK && clock_boot_ms() <= input.report_until_ms)
		return true;
	input.report_kind = 0;
	return false;
}

/* ---- pastes ---- */

/* A key inside the brackets: text, whatever it would mean outside. */
static void take_pasted(int kind, wint_t key)
{
	char bytes[4];

	if (kind == KEY_CODE_YES)
		return; /* an escape sequence that spells a key is no text */
	if (key == '\r')
		key = '\n';
	buf_add(&input.paste, bytes, utf8_encode((uint32_t)key, bytes));
}

static void begin_paste(void)
{
	input.pasting = true;
	buf_reset(&input.paste);
	input.paste.max = TERM_PASTE_MAX;
}

const char *term_paste(void)
{
	return buf_overflowed(&input.paste) ? "" : buf_text(&input.paste);
}

/* ---- keys ---- */

/* Takes what is no key: a bracket, a pasted character, a part of an answer. */
static bool take_aside(int kind, wint_t key)
{
	bool begins = kind == KEY_CODE_YES && key == KEY_PASTE_BEGIN;
	bool ends = kind == KEY_CODE_YES && key == KEY_PASTE_END;

	if (in_report(kind))
		take_report(key);
	else if (begins)
		begin_paste();
	else if (input.pasting && !ends)
		take_pasted(kind, key);
	else if (!ends)
		return kind == OK && key == ESCAPE && begins_report();
	return true;
}

int term_input_key(void)
{
	for (;;) {
		wint_t key = 0;
		int kind = get_wch(&key);
		if (kind == ERR)
			return -1;
		if (kind == KEY_CODE_YES && key == KEY_PASTE_END && input.pasting) {
			input.pasting = false;
			return TERM_KEY_PASTE;
		}
		if (take_aside(kind, key))
			continue;
		if (kind == KEY_CODE_YES && key == KEY_MOUSE)
			return TERM_KEY_MOUSE;
		if (kind == KEY_CODE_YES || key < 0x100)
			return (int)key;
		return (int)key | KEY_IS_CHAR;
	}
}
