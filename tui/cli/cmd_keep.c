/* keep: how long the journals are kept. */
#include "core/base/clock.h"
#include "tui/cli/cli.h"
#include "tui/cli/commands.h"
#include "tui/cli/table.h"

struct line {
	enum journal journal;
	int64_t days, oldest_ms;
};

static bool read_line(struct cli *cli, enum journal journal, struct line *ret,
		      struct err *err)
{
	struct keep keep;
	*ret = (struct line){ .journal = journal };
	if (!store_keep(cli->store, &keep, err) ||
	    !store_keep_oldest(cli->store, journal, &ret->oldest_ms, err))
		return false;
	ret->days = keep.days[journal];
	return true;
}

static void put_json(const struct line *line)
{
	DEFER(reply_done) struct reply reply = { 0 };
	struct json_writer *w = reply_open(&reply);
	json_put_string(w, "journal", journal_text(line->journal));
	json_put_integer(w, "days", line->days);
	json_put_time(w, "oldest", line->oldest_ms);
	reply_send(&reply);
}

static void put_row(struct table *table, const struct line *line)
{
	table_cell(table, TONE_PLAIN, journal_text(line->journal));
	if (line->days > 0)
		table_integer(table, line->days);
	else
		table_cell(table, TONE_PLAIN, "forever");
	table_time(table, line->oldest_ms);
	table_cell(table, TONE_DIM, journal_help(line->journal));
}

static bool show(struct cli *cli, int only, struct err *err)
{
	DEFER(table_done) struct table table;
	table_open(&table, cli, "JOURNAL|>DAYS|OLDEST|WHAT IT IS");
	for (enum journal i = 0; i < JOURNAL_COUNT; i++) {
		struct line line;
		if (only >= 0 && i != (enum journal)only)
			continue;
		if (!read_line(cli, i, &line, err))
			return false;
		if (cli->json)
			put_json(&line);
		else
			put_row(&table, &line);
	}
	if (!cli->json)
		table_close(&table, "");
	return true;
}

/* What is removed cannot be got back. */
static bool may_shorten(struct cli *cli, const struct arguments *args,
			const struct line *line, int64_t days, struct err *err)
{
	DEFER(buf_done) struct buf question = BUF_INIT(256);
	bool yes = true;
	const int64_t before_ms = keep_before_ms(days, cli->now_ms);
	if (line->oldest_ms == 0 || line->oldest_ms >= before_ms ||
	    option_given(args, "yes"))
		return true;
	char oldest[TIME_TEXT_SIZE];
	buf_addf(&question,
		 "The engine removes what is older, the oldest from %s; only a backup "
		 "brings it back. Shorten it?",
		 time_format_local(oldest, line->oldest_ms));
	if (!cli_confirm(cli, buf_text(&question), "--yes", &yes, err))
		return false;
	return yes || fail(err, ERR_REFUSED, "Nothing was changed");
}

static bool change(struct cli *cli, const struct arguments *args, struct err *err)
{
	const enum journal journal = (enum journal)journal_parse(word_at(args, 0));
	struct line line;
	int64_t days;
	if (!keep_days_parse(word_at(args, 1), &days, err) ||
	    !cli_open(cli, STORE_WRITE, err) || !read_line(cli, journal, &line, err) ||
	    !may_shorten(cli, args, &line, days, err) ||
	    !store_set_keep(cli->store, journal, days, err) ||
	    !read_line(cli, journal, &line, err))
		return false;
	if (cli->json)
		put_json(&line);
	if (days > 0)
		cli_say(cli, "%s: kept for %lld day%s; the engine removes what is older",
			journal_text(journal), (long long)days, days == 1 ? "" : "s");
	else
		cli_say(cli, "%s: kept for ever", journal_text(journal));
	return true;
}

static bool run_keep(struct cli *cli, const struct arguments *args, struct err *err)
{
	if (word_at(args, 1))
		return change(cli, args, err);
	return cli_open(cli, STORE_READ, err) &&
	       show(cli, journal_parse(word_at(args, 0)), err);
}

const struct command keep_command = {
	.name = "keep",
	.words = "[events|alerts|incidents|audit] [DAYS]",
	.summary = "Show or change for how many days the journals are kept",
	.details =
		"400 days unless you say otherwise; DAYS may be `forever`. The engine "
		"removes what is older once a day, a little at a time, and gives the "
		"room "
		"back to the disk. What is not over stays, with all that it refers to: "
		"open incidents, monitors in error, updates that wait, what could be "
		"reopened. The audit's chain is proved from where it begins then.",
	.options = { { "yes", NULL, "Shorten it without being asked", OPTION_BESIDE } },
	.run = run_keep,
};
