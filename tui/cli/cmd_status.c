/* status: what runs, what is broken, what waits; once, watched, or as a check for
 * other monitors. */
#include <inttypes.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "core/base/clock.h"
#include "core/store_sources.h"
#include "tui/cli/cli.h"
#include "tui/cli/commands.h"

enum { WATCH_EVERY_MS = 1000, STATUS_MAX_BYTES = 16384 };

/* --check: so long may an update be held, or overdue. */
#define PATIENCE_MS (5 * MINUTE_MS)

struct status {
	enum mode mode;
	struct counts counts;
	int64_t engine_pid; /* 0: none runs */
	int64_t engine_since_ms;
	int64_t held_since_ms; /* of the oldest held update; 0: none */
	int64_t unmatched;     /* monitors that senders speak of and nobody knows */
	struct buf notice;
	enum store_trouble trouble_kind;
	struct buf trouble; /* with the disk: its sentence */
};

static bool oldest_held(void *arg, const struct delivery *delivery)
{
	int64_t *since_ms = arg;
	if (*since_ms == 0 || delivery->created_ms < *since_ms)
		*since_ms = delivery->created_ms;
	return true;
}

static bool read_held(struct store *store, struct status *ret, struct err *err)
{
	struct filter held = FILTER_ALL;
	held.state = DELIVERY_HELD;
	if (ret->counts.deliveries_held == 0)
		return true;
	return store_list_deliveries(store, &held, oldest_held, &ret->held_since_ms, err);
}

static bool read_status(const struct cli *cli, struct status *ret, struct err *err)
{
	struct store *store = cli->store;
	buf_reset(&ret->notice);
	buf_reset(&ret->trouble);
	ret->trouble_kind = store_trouble(store, &ret->trouble);
	ret->held_since_ms = 0;
	ret->engine_pid = cli_engine_pid(cli);
	return store_mode(store, &ret->mode, err) &&
	       store_counts(store, clock_now_ms(NULL), &ret->counts, err) &&
	       store_fact(store, FACT_ENGINE_SINCE, 0, &ret->engine_since_ms, err) &&
	       store_count_unmatched(store, &ret->unmatched, err) &&
	       store_notice(store, &ret->notice, err) && read_held(store, ret, err);
}

/* ---- what is wrong, for --check ---- */

static void add_problem(struct buf *problems, const char *format, ...) PRINTF_LIKE(2, 3);
static void add_problem(struct buf *problems, const char *format, ...)
{
	va_list values;
	buf_adds(problems, problems->len ? "; " : "");
	va_start(values, format);
	buf_vaddf(problems, format, values);
	va_end(values);
}

static void find_problems(const struct status *status, int64_t now_ms, struct buf *ret)
{
	const struct counts *counts = &status->counts;
	char text[DURATION_TEXT_SIZE];
	int64_t held_ms = status->held_since_ms ? now_ms - status->held_since_ms : 0;

	if (status->engine_pid == 0)
		add_problem(ret, "no engine runs");
	if (status->trouble.len > 0)
		add_problem(ret, "%s", buf_text(&status->trouble));
	if (counts->deliveries_failed > 0)
		add_problem(ret, "deliveries that failed: %" PRId64,
			    counts->deliveries_failed);
	if (held_ms > PATIENCE_MS)
		add_problem(ret, "an update is held for %s",
			    duration_format_short(text, held_ms));
	if (counts->overdue_ms > PATIENCE_MS)
		add_problem(ret, "an update is overdue by %s",
			    duration_format_short(text, counts->overdue_ms));
}

/* ---- drawing ---- */

static void put_counts(struct json_writer *w, const struct counts *c)
{
	json_open_object(w, "monitors");
	json_put_integer(w, "ok", c->monitors_ok);
	json_put_integer(w, "error", c->monitors_error);
	json_put_integer(w, "unknown", c->monitors_unknown);
	json_put_integer(w, "maintenance", c->monitors_maintenance);
	json_put_integer(w, "inactive", c->monitors_inactive);
	json_close(w);
	json_open_object(w, "incidents");
	json_put_integer(w, "held", c->incidents_held);
	json_put_integer(w, "investigating", c->incidents_investigating);
	json_put_integer(w, "identified", c->incidents_identified);
	json_put_integer(w, "monitoring", c->incidents_monitoring);
	json_close(w);
	json_open_object(w, "deliveries");
	json_put_integer(w, "held", c->deliveries_held);
	json_put_integer(w, "queued", c->deliveries_queued);
	json_put_integer(w, "sending", 0); /* seen as queued */
	json_put_integer(w, "failed", c->deliveries_failed);
	json_put_integer(w, "delivered", c->deliveries_delivered);
	json_close(w);
}

static void add_json(struct buf *ret, const struct status *status, const char *problems)
{
	struct json_writer w = { .out = ret };
	bool running = status->engine_pid != 0;
	json_open_object(&w, NULL);
	json_put_string(&w, "mode", mode_text(status->mode));
	json_open_object(&w, "engine");
	json_put_bool(&w, "running", running);
	json_put_number(&w, "pid", status->engine_pid);
	json_put_time(&w, "since", running ? status->engine_since_ms : 0);
	json_close(&w);
	put_counts(&w, &status->counts);
	json_put_integer(&w, "unmatched", status->unmatched);
	json_put_said(&w, "notice", buf_text(&status->notice));
	json_put_said(&w, "disk", buf_text(&status->trouble));
	json_put_said(&w, "problem", problems);
	json_close(&w);
	buf_addc(ret, '\n');
}

static void add_engine(struct buf *ret, const struct status *status)
{
	char since[TIME_TEXT_SIZE];
	if (status->engine_pid == 0)
		buf_adds(ret, "engine      none runs (`hublink engine`)\n");
	else
		buf_addf(ret, "engine      pid %" PRId64 ", since %s\n",
			 status->engine_pid,
			 time_format_local(since, status->engine_since_ms));
}

static void add_text(struct buf *ret, const struct status *status)
{
	static const char *const modes[MODE_COUNT] = {
		[MODE_DRY_RUN] = "DRY-RUN: everything is decided, nothing is sent",
		[MODE_PAUSED] = "PAUSED: updates wait",
		[MODE_LIVE] = "LIVE",
	};
	const struct counts *c = &status->counts;

	buf_addf(ret, "mode        %s\n", modes[status->mode]);
	add_engine(ret, status);
	buf_addf(ret,
		 "monitors    %" PRId64 " ok, %" PRId64 " in error, %" PRId64
		 " unknown, %" PRId64 " in maintenance, %" PRId64 " inactive\n",
		 c->monitors_ok, c->monitors_error, c->monitors_unknown,
		 c->monitors_maintenance, c->monitors_inactive);
	buf_addf(ret,
		 "incidents   %" PRId64 " investigating, %" PRId64 " identified, %" PRId64
		 " monitoring, %" PRId64 " held\n",
		 c->incidents_investigating, c->incidents_identified,
		 c->incidents_monitoring, c->incidents_held);
	buf_addf(ret,
		 "deliveries  %" PRId64 " queued, %" PRId64 " held, %" PRId64
		 " failed, %" PRId64 " delivered\n",
		 c->deliveries_queued, c->deliveries_held, c->deliveries_failed,
		 c->deliveries_delivered);
	if (status->unmatched > 0)
		buf_addf(ret,
			 "unmatched   %" PRId64 " monitors that senders speak of and "
			 "nobody knows (`hublink list unmatched`)\n",
			 status->unmatched);
	if (status->notice.len > 0)
		buf_addf(ret, "notice      %s\n", buf_text(&status->notice));
	if (status->trouble.len > 0)
		buf_addf(ret, "disk        %s\n", buf_text(&status->trouble));
}

static void draw(const struct cli *cli, const struct status *status, int64_t now_ms,
		 struct buf *ret)
{
	DEFER(buf_done) struct buf problems = BUF_INIT(STATUS_MAX_BYTES);

	if (!cli->json) {
		add_text(ret, status);
		return;
	}
	find_problems(status, now_ms, &problems);
	add_json(ret, status, buf_text(&problems));
}

/* The status as it would read if time stood still: for how long an update is held or overdue,
 * and how many bytes are left, changes by itself and is no news. */
static void draw_news(const struct cli *cli, const struct status *status, int64_t now_ms,
		      struct buf *ret)
{
	static const char *const troubles[TROUBLE_COUNT] = { "", "room", "log" };
	DEFER(buf_done) struct buf trouble = BUF_INIT(STATUS_MAX_BYTES);
	const int64_t too_long_ms = PATIENCE_MS + 1;
	struct status still = *status;

	if (status->held_since_ms != 0 && now_ms - status->held_since_ms > too_long_ms)
		still.held_since_ms = now_ms - too_long_ms;
	if (status->counts.overdue_ms > too_long_ms)
		still.counts.overdue_ms = too_long_ms;
	buf_adds(&trouble, troubles[status->trouble_kind]);
	still.trouble = trouble;
	draw(cli, &still, now_ms, ret);
}

static void put(const struct buf *text)
{
	(void)fwrite(buf_text(text), 1, text->len, stdout);
}

/* Until it is interrupted: again whenever there is news. On a terminal in place of the last
 * one. */
static bool watch(struct cli *cli, struct status *status, struct err *err)
{
	DEFER(buf_done) struct buf out = BUF_INIT(STATUS_MAX_BYTES);
	DEFER(buf_done) struct buf news = BUF_INIT(STATUS_MAX_BYTES);
	DEFER(buf_done) struct buf told = BUF_INIT(STATUS_MAX_BYTES);

	for (;;) {
		const int64_t now_ms = clock_now_ms(NULL);
		if (!read_status(cli, status, err))
			return false;
		buf_reset(&news);
		draw_news(cli, status, now_ms, &news);
		if (strcmp(buf_text(&news), buf_text(&told)) != 0) {
			if (isatty(STDOUT_FILENO) && !cli->json)
				fputs("\033[H\033[2J", stdout);
			buf_reset(&out);
			draw(cli, status, now_ms, &out);
			put(&out);
			if (fflush(stdout) != 0)
				return fail(err, ERR_FAILED, "Writing the status failed");
			buf_reset(&told);
			buf_adds(&told, buf_text(&news));
		}
		poll(NULL, 0, WATCH_EVERY_MS);
	}
}

static bool check(struct cli *cli, const struct status *status, struct err *err)
{
	DEFER(buf_done) struct buf problems = BUF_INIT(STATUS_MAX_BYTES);
	DEFER(buf_done) struct buf out = BUF_INIT(STATUS_MAX_BYTES);

	find_problems(status, cli->now_ms, &problems);
	if (cli->json)
		add_json(&out, status, buf_text(&problems));
	else
		buf_addf(&out, "%s\n", problems.len ? buf_text(&problems) : "ok");
	put(&out);
	return problems.len == 0 || cli_answer_no(err);
}

static bool run_status(struct cli *cli, const struct arguments *args, struct err *err)
{
	struct status status = { .notice = BUF_INIT(STATUS_MAX_BYTES / 2),
				 .trouble = BUF_INIT(STATUS_MAX_BYTES / 2) };
	bool done;

	if (option_given(args, "watch") && option_given(args, "check"))
		return fail(err, ERR_USAGE, "Either '--watch' or '--check', not both");
	if (!cli_open(cli, STORE_READ, err))
		return false;
	if (option_given(args, "watch")) {
		done = watch(cli, &status, err);
	} else if (!read_status(cli, &status, err)) {
		done = false;
	} else if (option_given(args, "check")) {
		done = check(cli, &status, err);
	} else {
		DEFER(buf_done) struct buf out = BUF_INIT(STATUS_MAX_BYTES);
		draw(cli, &status, clock_now_ms(NULL), &out);
		put(&out);
		done = true;
	}
	buf_done(&status.notice);
	buf_done(&status.trouble);
	return done;
}

const struct command status_command = {
	.name = "status",
	.summary = "Mode, engine, monitors, open incidents, queue",
	.details = "--check is for another monitor: it prints one line and exits 1 if no "
		   "engine runs, "
		   "anything has failed, the disk is full, or an update is held or "
		   "overdue by more than 5 "
		   "minutes.",
	.options = { { "watch", NULL, "Again whenever it changes, until interrupted",
		       OPTION_BESIDE },
		     { "check", NULL, "One line; exit 1 if something needs a person",
		       OPTION_BESIDE } },
	.run = run_status,
};
