/* Text and Markdown: the same lines, dressed by a table of marks. */
#include <inttypes.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/text.h"
#include "tui/cli/report.h"

/* What stands before, between and behind the two texts of a line. */
struct mark {
	const char *before, *between, *behind;
};

/* How one look writes a title, a heading, a fact, an entry and what belongs to it: a
 * line of its own, a line of the public's words. */
struct marks {
	struct mark title, heading;
	struct mark fact;  /* label, text */
	struct mark entry; /* when, text */
	struct mark detail, quote;
};

static const struct marks plain = {
	.title = { "", "", "\n" },
	.heading = { "\n", "", "\n" },
	.fact = { "  ", ": ", "\n" },
	.entry = { "  ", "  ", "\n" },
	.detail = { "      ", "", "\n" },
	.quote = { "      | ", "", "\n" },
};
static const struct marks markdown = {
	.title = { "# ", "", "\n\n" },
	.heading = { "\n## ", "", "\n\n" },
	.fact = { "- **", ":** ", "\n" },
	.entry = { "- `", "` ", "\n" },
	.detail = { "  - ", "", "\n" },
	.quote = { "  > ", "", "\n" },
};

struct drawing {
	const struct cli *cli;
	const struct marks *marks;
	bool in_monitors, in_updates, in_timeline; /* its heading is written */
};

static void put(const struct drawing *drawing, struct mark mark, const char *first,
		const char *second)
{
	DEFER(buf_done) struct buf line = BUF_INIT(4 * BODY_MAX);

	buf_addf(&line, "%s%s%s%s%s", mark.before, first, mark.between, second,
		 mark.behind);
	cli_put(drawing->cli, TONE_PLAIN, buf_text(&line));
}

static void put_time(const struct drawing *drawing, const char *label, int64_t time_ms)
{
	char utc[TIME_TEXT_SIZE];

	if (time_ms != 0)
		put(drawing, drawing->marks->fact, label, time_format_utc(utc, time_ms));
}

static void put_duration(const struct drawing *drawing, const char *label,
			 int64_t duration_ms)
{
	char text[DURATION_TEXT_SIZE];

	if (duration_ms >= 0)
		put(drawing, drawing->marks->fact, label,
		    duration_format_short(text, duration_ms));
}

static bool draw_head(void *arg, const struct report_head *head)
{
	const struct drawing *drawing = arg;
	const struct incident *incident = &head->incident;
	DEFER(buf_done) struct buf title = BUF_INIT(4 * NAME_SIZE);

	buf_addf(&title, "Incident %" PRId64 ": %s", incident->id, incident->service);
	put(drawing, drawing->marks->title, buf_text(&title), "");
	put(drawing, drawing->marks->fact, "Integration", incident->integration);
	put(drawing, drawing->marks->fact, "Status",
	    incident_status_text(incident->status));
	put(drawing, drawing->marks->fact, "Key", incident->key);
	put_time(drawing, "Began", head->began_ms);
	put_time(drawing, "Detected", head->detected_ms);
	put_time(drawing, "Published", head->published_ms);
	put_time(drawing, "Ended", head->ended_ms);
	put_time(drawing, "Recovered", head->recovered_ms);
	put_duration(drawing, "To detect", head->to_detect_ms);
	put_duration(drawing, "To publish", head->to_publish_ms);
	put_duration(drawing, "To recover", head->to_recover_ms);
	return true;
}

static void begin(const struct drawing *drawing, bool *begun, const char *heading)
{
	if (!*begun)
		put(drawing, drawing->marks->heading, heading, "");
	*begun = true;
}

static bool draw_monitor(void *arg, const struct join *join, const char *monitor)
{
	struct drawing *drawing = arg;
	char utc[TIME_TEXT_SIZE];
	DEFER(buf_done) struct buf text = BUF_INIT(4 * NAME_SIZE);

	begin(drawing, &drawing->in_monitors, "Monitors");
	buf_addf(&text, "%s: %s", monitor, join->in_error ? "in error" : "ok again");
	put(drawing, drawing->marks->entry, time_format_utc(utc, join->joined_ms),
	    buf_text(&text));
	return true;
}

/* Verbatim, line by line. */
static void put_quote(const struct drawing *drawing, const char *words)
{
	while (*words) {
		DEFER(buf_done) struct buf line = BUF_INIT(BODY_MAX);
		size_t bytes = strcspn(words, "\n");
		buf_add(&line, words, bytes);
		put(drawing, drawing->marks->quote, buf_text(&line), "");
		words += bytes + (words[bytes] == '\n');
	}
}

/* "sent 2026-11-23T14:03:51Z, answered 200 at 2026-11-23T14:03:52Z: {"ok":true}", of the
 * last attempt. */
static void put_attempt(const struct drawing *drawing,
			const struct reported_update *update)
{
	const struct attempt *last = update->last;
	char sent[TIME_TEXT_SIZE], answered[TIME_TEXT_SIZE];
	DEFER(buf_done) struct buf text = BUF_INIT(2 * BODY_MAX);

	if (!last)
		return;
	buf_addf(&text, "sent %s", time_format_utc(sent, last->at_ms));
	if (update->delivery->attempts > 1)
		buf_addf(&text, " (attempt %" PRId64 ")", update->delivery->attempts);
	if (last->http_status)
		buf_addf(&text, ", answered %" PRId64 " at %s", last->http_status,
			 time_format_utc(answered, last->at_ms + last->duration_ms));
	else
		buf_addf(&text, ", no answer: %s", last->error);
	if (last->answer[0]) {
		buf_adds(&text, ": ");
		text_add_safe(&text, last->answer, false);
	}
	put(drawing, drawing->marks->detail, buf_text(&text), "");
}

static bool draw_update(void *arg, const struct reported_update *update)
{
	struct drawing *drawing = arg;
	const struct delivery *delivery = update->delivery;
	char utc[TIME_TEXT_SIZE];
	DEFER(buf_done) struct buf text = BUF_INIT(4096);

	begin(drawing, &drawing->in_updates, "Updates, and what the public read");
	buf_addf(&text, "%s decided (incident %s, service %s): %s",
		 delivery_kind_text(delivery->kind),
		 incident_status_text(delivery->incident_status),
		 service_status_text(delivery->service_status),
		 delivery_state_text(delivery->state));
	put(drawing, drawing->marks->entry, time_format_utc(utc, delivery->created_ms),
	    buf_text(&text));
	put_quote(drawing, update->words->title);
	put_quote(drawing, update->words->description);
	put_attempt(drawing, update);
	return true;
}

static bool draw_event(void *arg, const struct timeline_entry *entry)
{
	struct drawing *drawing = arg;
	char utc[TIME_TEXT_SIZE];
	DEFER(buf_done) struct buf text = BUF_INIT(2 * PUBLIC_TEXT_SIZE);

	begin(drawing, &drawing->in_timeline, "Timeline");
	buf_addf(&text, "%s: ", entry->kind);
	text_add_safe(&text, entry->text, false);
	if (entry->actor[0])
		buf_addf(&text, " (%s)", entry->actor);
	put(drawing, drawing->marks->entry, time_format_utc(utc, entry->at_ms),
	    buf_text(&text));
	return true;
}

static bool draw(struct cli *cli, int64_t incident_id, const struct marks *marks,
		 struct err *err)
{
	struct drawing drawing = { .cli = cli, .marks = marks };
	const struct report_reader reader = { draw_head, draw_monitor, draw_update,
					      draw_event, &drawing };

	return report_incident(cli->store, incident_id, &reader, err);
}

bool report_as_text(struct cli *cli, int64_t incident_id, struct err *err)
{
	return draw(cli, incident_id, &plain, err);
}

bool report_as_markdown(struct cli *cli, int64_t incident_id, struct err *err)
{
	return draw(cli, incident_id, &markdown, err);
}
