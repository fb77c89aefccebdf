/* doctor: is everything here as hublink needs it? A line each. */
#include <inttypes.h>
#include <langinfo.h>
#include <locale.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timex.h>

#include "core/base/clock.h"
#include "core/base/lock.h"
#include "core/base/text.h"
#include "tui/cli/cli.h"
#include "tui/cli/commands.h"

enum { ROOM_SHORT_BYTES = 256 * 1024 * 1024 };

/* Before the first release of hublink no clock was right. */
#define CLOCK_EARLIEST_MS INT64_C(1767225600000)

enum verdict { VERDICT_GOOD, VERDICT_WARNING, VERDICT_BAD, VERDICT_COUNT };

struct examination {
	struct cli *cli;
	char path[CLI_PATH_SIZE];
	struct store_health health;
	struct reply reply;
	bool bad;
};

static void report(struct examination *x, const char *check, enum verdict verdict,
		   const char *format, ...) PRINTF_LIKE(4, 5);
static void report(struct examination *x, const char *check, enum verdict verdict,
		   const char *format, ...)
{
	static const struct {
		const char *word;
		enum tone tone;
	} shown[VERDICT_COUNT] = {
		[VERDICT_GOOD] = { "ok", TONE_OK },
		[VERDICT_WARNING] = { "warn", TONE_WARN },
		[VERDICT_BAD] = { "bad", TONE_BAD },
	};
	DEFER(buf_done) struct buf text = BUF_INIT(4096);
	va_list values;
	va_start(values, format);
	buf_vaddf(&text, format, values);
	va_end(values);

	x->bad |= verdict == VERDICT_BAD;
	if (x->cli->json) {
		struct json_writer *w = reply_open(&x->reply);
		json_put_string(w, "check", check);
		json_put_string(w, "state", shown[verdict].word);
		json_put_string(w, "text", buf_text(&text));
		reply_send(&x->reply);
		return;
	}
	cli_put(x->cli, shown[verdict].tone, shown[verdict].word);
	printf("%*s", (int)(6 - strlen(shown[verdict].word)), "");
	cli_say(x->cli, "%-12s %s", check, buf_text(&text));
}

static void examine_integrity(struct examination *x)
{
	if (x->health.integrity_ok)
		report(x, "integrity", VERDICT_GOOD, "%s is whole", x->path);
	else
		report(x, "integrity", VERDICT_BAD,
		       "%.*s; `hublink restore` puts a backup in place",
		       (int)strcspn(x->health.integrity, ";"), x->health.integrity);
}

static void examine_schema(struct examination *x)
{
	int64_t have = x->health.schema_version, want = x->health.schema_expected;
	if (have == want)
		report(x, "schema", VERDICT_GOOD, "version %" PRId64, have);
	else if (have < want)
		report(x, "schema", VERDICT_BAD,
		       "version %" PRId64 ", this hublink needs %" PRId64
		       "; `hublink migrate`",
		       have, want);
	else
		report(x, "schema", VERDICT_BAD,
		       "version %" PRId64 " is newer than this hublink (%" PRId64
		       "); update hublink",
		       have, want);
}

static void examine_permissions(struct examination *x)
{
	unsigned file = x->health.file_mode, folder = x->health.folder_mode;
	if (!x->health.owner_ok)
		report(x, "permissions", VERDICT_BAD,
		       "the database belongs to another account; work as that account");
	else if (x->health.read_only)
		report(x, "permissions", VERDICT_BAD,
		       "its file system can only be read: nothing is stored, and so "
		       "nothing is sent; mount it to be written");
	else if (!x->health.may_write)
		report(x, "permissions", VERDICT_BAD,
		       "this account may not write the database (%04o) or its folder "
		       "(%04o): nothing is stored; chmod 0600 and 0700 them",
		       file, folder);
	else if (file & 077)
		report(x, "permissions", VERDICT_BAD,
		       "others can reach the database (%04o); chmod 0600 it", file);
	else if (folder & 022)
		report(x, "permissions", VERDICT_WARNING,
		       "others can write to its folder (%04o); chmod 0700 it", folder);
	else
		report(x, "permissions", VERDICT_GOOD, "file %04o, folder %04o", file,
		       folder);
}

static void examine_room(struct examination *x)
{
	int64_t room = x->health.room_bytes, mib = room / (1024 * 1024);
	enum verdict verdict = room < STORE_ROOM_MIN_BYTES ? VERDICT_BAD
			       : room < ROOM_SHORT_BYTES   ? VERDICT_WARNING
							   : VERDICT_GOOD;
	report(x, "room", verdict,
	       "%" PRId64 " MiB free; the database has %" PRId64 " MiB", mib,
	       (x->health.bytes + x->health.wal_bytes) / (1024 * 1024));
}

/* Who reads all the time keeps it from being taken into the database. */
static void examine_log(struct examination *x)
{
	int64_t mib = x->health.wal_bytes / (1024 * 1024);
	report(x, "log",
	       x->health.wal_bytes > STORE_LOG_MAX_BYTES ? VERDICT_WARNING : VERDICT_GOOD,
	       "the write-ahead log has %" PRId64 " MiB%s", mib,
	       x->health.wal_bytes > STORE_LOG_MAX_BYTES
		       ? ", because something has been reading the database since; end "
			 "that"
		       : "");
}

static void examine_engine(struct examination *x)
{
	int64_t pid = lock_holder(x->path);
	if (pid)
		report(x, "engine", VERDICT_GOOD, "runs as pid %" PRId64, pid);
	else
		report(x, "engine", VERDICT_WARNING,
		       "none runs: nothing is judged or sent; `hublink engine` starts "
		       "one");
}

static void examine_clock(struct examination *x)
{
	struct timex clock = { 0 };
	char now[TIME_TEXT_SIZE];
	time_format_utc_seconds(now, x->cli->now_ms);
	if (x->cli->now_ms < CLOCK_EARLIEST_MS)
		report(x, "clock", VERDICT_BAD, "it says %s; set it", now);
	else if (adjtimex(&clock) == TIME_ERROR)
		report(x, "clock", VERDICT_WARNING,
		       "%s, and nothing keeps it right; run an NTP client", now);
	else
		report(x, "clock", VERDICT_GOOD, "%s, kept right", now);
}

static void examine_terminal(struct examination *x)
{
	const char *term = getenv("TERM");
	bool utf8 = setlocale(LC_CTYPE, "") && text_equal(nl_langinfo(CODESET), "UTF-8");
	if (!x->cli->terminal)
		report(x, "terminal", VERDICT_GOOD, "none here");
	else if (!term || text_equal(term, "dumb"))
		report(x, "terminal", VERDICT_WARNING,
		       "TERM is %s: the console cannot draw", term ? term : "not set");
	else if (!utf8)
		report(x, "terminal", VERDICT_WARNING,
		       "%s, but the locale is not UTF-8; set LANG=C.UTF-8", term);
	else
		report(x, "terminal", VERDICT_GOOD, "%s, UTF-8", term);
}

static bool run_doctor(struct cli *cli, const struct arguments *args, struct err *err)
{
	static void (*const examinations[])(struct examination *) = {
		examine_integrity, examine_schema, examine_permissions, examine_room,
		examine_log,       examine_engine, examine_clock,       examine_terminal,
	};
	(void)args;
	struct examination x = { .cli = cli };
	if (!cli_database_path(cli, x.path, err) || !store_health(x.path, &x.health, err))
		return false;
	for (size_t i = 0; i < COUNT_OF(examinations); i++)
		examinations[i](&x);
	reply_done(&x.reply);
	return !x.bad || cli_answer_no(err);
}

const struct command doctor_command = {
	.name = "doctor",
	.summary = "Is all well with database, engine, clock and terminal; a line each",
	.details = "It exits 1 if anything is bad; a warning is no failure.",
	.run = run_doctor,
};
