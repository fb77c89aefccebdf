#include <ctype.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/base/clock.h"
#include "tests/support/vt.h"

enum {
	SCREEN_BYTES = 1 << 20,
	PATIENCE_MS = 60000, /* for a frame that is still being painted */
	PAINT_MS = 20,
	QUIET_MS = 300, /* then nothing more is painted */
};

static bool read_file(const char *path, struct buf *ret)
{
	char bytes[4096];
	FILE *file = fopen(path, "r");

	if (file == NULL)
		return false;
	for (size_t count; (count = fread(bytes, 1, sizeof(bytes), file)) > 0;)
		buf_add(ret, bytes, count);
	(void)fclose(file);
	return true;
}

/* Is the text at p part of a clock's time, a date or an age, such as 14:03, 2026-11-23, 3d
 * or <1m? */
static bool tells_time(const char *text, const char *p)
{
	const char *before = p;
	const char *behind = p;

	while (before > text && isdigit((unsigned char)before[-1]))
		before--;
	while (isdigit((unsigned char)*behind))
		behind++;
	bool joined = strchr(":-.", *behind) != NULL && *behind != '\0' &&
		      isdigit((unsigned char)behind[1]);
	bool continued = before > text && strchr(":-.", before[-1]) != NULL;
	return joined || continued || strncmp(behind, " ms", 3) == 0 ||
	       (strchr("dhms", *behind) != NULL && *behind != '\0');
}

/* Bytes of the UUID that the text begins with, or 0. */
static size_t uuid_bytes(const char *text)
{
	static const char form[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

	for (size_t i = 0; form[i] != '\0'; i++)
		if (form[i] == '-' ? text[i] != '-' : !isxdigit((unsigned char)text[i]))
			return 0;
	return sizeof(form) - 1;
}

/* A strip's cell before the last one, which says the same: the half hour has just turned. */
static bool begins_turned_strip(const char *screen, const char *p)
{
	return strchr("#.-m", *p) != NULL && p[1] == p[0] && p > screen && p[-1] == ' ' &&
	       strncmp(p + 2, " --", 3) == 0;
}

enum { DAY_BYTES = 7, DAY_S = 24 * 60 * 60 };

/* Does a time of yesterday or tomorrow begin here, "Nov 28 00:03"? The day has just turned, or
 * soon will: as of today it is "00:03", and as wide. */
static bool begins_day(const char *text)
{
	const time_t now = (time_t)(clock_now_ms(NULL) / SECOND_MS);
	char day[DAY_BYTES + 1];
	struct tm tm;

	for (int days = -1; days <= 1; days += 2) {
		const time_t beside = now + (time_t)days * DAY_S;
		(void)strftime(day, sizeof(day), "%b %d ", localtime_r(&beside, &tm));
		if (strncmp(text, day, DAY_BYTES) == 0 &&
		    isdigit((unsigned char)text[DAY_BYTES]))
			return true;
	}
	return false;
}

/* Is the text at p the digits of a process id? However many they are, they become one 0. */
static size_t pid_digits(const char *text, const char *p)
{
	bool follows = p - text >= 4 && strncmp(p - 4, "pid ", 4) == 0;

	return follows ? strspn(p, "0123456789") : 0;
}

/* What stands at p, without what differs from run to run; returns what comes behind it. */
static const char *add_still(const char *screen, const char *p, struct buf *ret)
{
	const size_t digits = strspn(p, "0123456789");
	const size_t uuid = uuid_bytes(p);
	const size_t pid = pid_digits(screen, p);
	const bool told = digits > 0 && tells_time(screen, p);

	if (begins_turned_strip(screen, p)) {
		buf_addc(ret, ' ');
		return p + 1;
	}
	if (uuid > 0) {
		buf_adds(ret, "(uuid)");
		return p + uuid;
	}
	buf_addc(ret, told || pid > 0 ? '0' : *p);
	if (pid > 0)
		return p + pid;
	if (digits > 0 && strncmp(p + digits, " ms", 3) == 0)
		return p + digits; /* however long it took */
	return p + 1;
}

/* What differs from run to run goes: digits that tell a time become 0, a UUID is a word, and of
 * the first row what stands right of two blanks (database and host). */
static void still_the_clock(const char *screen, struct buf *ret)
{
	const char *right = strstr(screen, "  ");
	const char *end = screen + strcspn(screen, "\n");
	size_t owed = 0; /* blanks behind the next time */

	if (right != NULL && right < end) {
		buf_add(ret, screen, (size_t)(right - screen));
		screen = end;
	}
	for (const char *p = screen; *p != '\0';) {
		if (begins_day(p)) {
			p += DAY_BYTES;
			owed = DAY_BYTES;
		}
		if (*p == ' ' || *p == '\n') {
			buf_addf(ret, "%*s", *p == ' ' ? (int)owed : 0, "");
			owed = 0;
		}
		p = add_still(screen, p, ret);
	}
}

/* Rules and frames as every terminal has them, so that a golden screen is easy to compare. */
static void plain_lines(const char *screen, struct buf *ret)
{
	static const struct {
		const char *drawn, *plain;
	} pieces[] = {
		{ "\u2500", "-" }, { "\u2502", "|" }, { "\u250c", "+" },
		{ "\u2510", "+" }, { "\u2514", "+" }, { "\u2518", "+" },
	};

	while (*screen != '\0') {
		size_t i = 0;
		while (i < COUNT_OF(pieces) &&
		       strncmp(screen, pieces[i].drawn, strlen(pieces[i].drawn)) != 0)
			i++;
		if (i < COUNT_OF(pieces)) {
			buf_adds(ret, pieces[i].plain);
			screen += strlen(pieces[i].drawn);
		} else {
			buf_addc(ret, *screen++);
		}
	}
}

/* Who runs the tests is no part of it, either: a name and the blanks behind it become
 * "someone", as wide. */
static void hide_login(struct buf *screen)
{
	static const char someone[] = "someone               ";
	const struct passwd *user = getpwuid(getuid());
	size_t bytes = user != NULL ? strlen(user->pw_name) : 0;
	char *at = screen->data;

	while (bytes > 0 && at != NULL && (at = strstr(at, user->pw_name)) != NULL) {
		size_t width = bytes + strspn(at + bytes, " ");
		if (width > sizeof(someone) - 1)
			width = sizeof(someone) - 1;
		if (width > bytes + 1)
			memcpy(at, someone, width);
		at += bytes;
	}
}

/* The screen as a golden has it. */
static void read_screen(struct vt *vt, struct buf *ret)
{
	DEFER(buf_done) struct buf drawn = BUF_INIT(SCREEN_BYTES);

	buf_reset(ret);
	plain_lines(vt_screen(vt), &drawn);
	still_the_clock(buf_text(&drawn), ret);
	hide_login(ret);
}

static bool write_golden(const char *path, const struct buf *screen)
{
	FILE *file = fopen(path, "w");

	if (file == NULL)
		return false;
	(void)fputs(buf_text(screen), file);
	return fclose(file) == 0;
}

bool vt_golden(struct vt *vt, const char *name)
{
	char path[512];
	DEFER(buf_done) struct buf golden = BUF_INIT(SCREEN_BYTES);
	DEFER(buf_done) struct buf screen = BUF_INIT(SCREEN_BYTES);
	const char *update = getenv("UPDATE_GOLDEN");
	const int64_t until_ms = clock_boot_ms() + PATIENCE_MS;

	(void)snprintf(path, sizeof(path), "tests/e2e/golden/%s.txt", name);
	if (update != NULL && *update != '\0') {
		vt_settle(vt, QUIET_MS);
		read_screen(vt, &screen);
		return write_golden(path, &screen);
	}
	if (!read_file(path, &golden))
		return false;
	for (;;) {
		read_screen(vt, &screen);
		if (strcmp(buf_text(&golden), buf_text(&screen)) == 0)
			return true;
		if (clock_boot_ms() >= until_ms)
			break;
		vt_settle(vt, PAINT_MS);
	}
	(void)fprintf(stderr,
		      "%s differs (UPDATE_GOLDEN=1 renews it). Golden:\n%s\nScreen:\n%s",
		      path, buf_text(&golden), buf_text(&screen));
	return false;
}
