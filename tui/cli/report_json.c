#include "tui/cli/objects.h"
#include "tui/cli/report.h"

/* The arrays follow each other: the open one is closed when the next begins. */
enum part { PART_NONE, PART_MONITORS, PART_UPDATES, PART_TIMELINE, PART_COUNT };

static const char *const part_names[PART_COUNT] = {
	[PART_MONITORS] = "monitors_joined",
	[PART_UPDATES] = "updates",
	[PART_TIMELINE] = "timeline",
};

struct writing {
	struct cli *cli;
	struct json_writer *w;
	enum part part;
	struct err *err;
	bool failed;
};

/* Every array is there, also an empty one. */
static void begin(struct writing *writing, enum part part)
{
	while (writing->part < part) {
		if (writing->part != PART_NONE)
			json_close(writing->w);
		writing->part++;
		json_open_array(writing->w, part_names[writing->part]);
	}
}

static void put_seconds(struct json_writer *w, const char *key, int64_t duration_ms)
{
	if (duration_ms < 0)
		json_put_null(w, key);
	else
		json_put_integer(w, key, duration_ms / SECOND_MS);
}

static bool write_head(void *arg, const struct report_head *head)
{
	struct writing *writing = arg;
	struct json_writer *w = writing->w;

	writing->failed =
		!object_incident(w, writing->cli->store, &head->incident, writing->err);
	json_put_time(w, "began_at", head->began_ms);
	json_put_time(w, "detected_at", head->detected_ms);
	json_put_time(w, "published_at", head->published_ms);
	json_put_time(w, "ended_at", head->ended_ms);
	json_put_time(w, "recovered_at", head->recovered_ms);
	put_seconds(w, "seconds_to_detect", head->to_detect_ms);
	put_seconds(w, "seconds_to_publish", head->to_publish_ms);
	put_seconds(w, "seconds_to_recover", head->to_recover_ms);
	return !writing->failed;
}

static bool write_monitor(void *arg, const struct join *join, const char *monitor)
{
	struct writing *writing = arg;

	begin(writing, PART_MONITORS);
	json_open_object(writing->w, NULL);
	json_put_string(writing->w, "monitor", monitor);
	json_put_bool(writing->w, "in_error", join->in_error);
	json_put_time(writing->w, "joined_at", join->joined_ms);
	json_put_time(writing->w, "ok_at", join->ok_ms);
	json_close(writing->w);
	return true;
}

static bool write_update(void *arg, const struct reported_update *update)
{
	struct writing *writing = arg;
	struct json_writer *w = writing->w;

	begin(writing, PART_UPDATES);
	json_open_object(w, NULL);
	object_delivery(w, update->delivery);
	json_put_string(w, "title", update->words->title);
	json_put_string(w, "description", update->words->description);
	json_put_string(w, "answer", update->last ? update->last->answer : NULL);
	json_close(w);
	return true;
}

static bool write_event(void *arg, const struct timeline_entry *entry)
{
	struct writing *writing = arg;
	struct json_writer *w = writing->w;

	begin(writing, PART_TIMELINE);
	json_open_object(w, NULL);
	object_timeline_entry(w, entry);
	json_close(w);
	return true;
}

bool report_as_json(struct cli *cli, int64_t incident_id, struct err *err)
{
	DEFER(reply_done) struct reply reply = { 0 };
	struct writing writing = { .cli = cli, .w = reply_open(&reply), .err = err };
	const struct report_reader reader = { write_head, write_monitor, write_update,
					      write_event, &writing };

	if (!report_incident(cli->store, incident_id, &reader, err) || writing.failed)
		return false;
	begin(&writing, PART_TIMELINE);
	json_close(writing.w);
	reply_send(&reply);
	return true;
}
