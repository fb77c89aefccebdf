#include "core/judge/report.h"

#include "core/base/json.h"
#include "core/base/text.h"
#include "core/judge/delivery_list.h"

/* ---- head ---- */

static bool note_join(void *arg, const struct join *join, const char *monitor)
{
	int64_t *ended_ms = arg;

	(void)monitor;
	if (join->in_error) {
		*ended_ms = 0;
		return false;
	}
	if (join->ok_ms > *ended_ms)
		*ended_ms = join->ok_ms;
	return true;
}

static void note_delivery(struct report_head *head, const struct delivery *d)
{
	bool is_down = d->service_status != SERVICE_OPERATIONAL;

	if (!d->delivered_ms)
		return;
	if (d->kind != KIND_NOTE && is_down &&
	    (!head->published_ms || d->delivered_ms < head->published_ms))
		head->published_ms = d->delivered_ms;
	if (d->kind == KIND_RECOVERY && d->delivered_ms > head->recovered_ms)
		head->recovered_ms = d->delivered_ms;
}

static int64_t since_began(const struct report_head *head, int64_t time_ms)
{
	return time_ms ? time_ms - head->began_ms : -1;
}

static bool load_head(struct store *store, int64_t incident_id,
		      const struct delivery_list *updates, struct report_head *ret,
		      struct err *err)
{
	if (!store_incident_get(store, incident_id, &ret->incident, err) ||
	    !store_joins(store, incident_id, note_join, &ret->ended_ms, err))
		return false;
	ret->began_ms = ret->incident.start_ms;
	ret->detected_ms = ret->incident.opened_at_ms;
	for (size_t i = 0; i < updates->count; i++)
		note_delivery(ret, &updates->items[i]);
	ret->to_detect_ms = since_began(ret, ret->detected_ms);
	ret->to_publish_ms = since_began(ret, ret->published_ms);
	ret->to_recover_ms = since_began(ret, ret->recovered_ms);
	return true;
}

/* ---- words ---- */

static bool words_of_json(const struct json *body, struct public_words *ret)
{
	const char *title = json_string(json_get(body, "title"));
	const char *description = json_string(json_get(body, "description"));

	return title && description && text_copy(ret->title, sizeof(ret->title), title) &&
	       text_copy(ret->description, sizeof(ret->description), description);
}

bool report_words(struct store *store, int64_t delivery_id, struct public_words *ret,
		  struct err *err)
{
	DEFER(buf_done)
	struct buf body = BUF_INIT(BODY_MAX - 1);
	DEFER(json_done)
	struct json *json = NULL;

	if (!store_delivery_body(store, delivery_id, &body, err))
		return false;
	json = json_parse(buf_text(&body), body.len, NULL);
	if (json && words_of_json(json, ret))
		return true;
	ret->title[0] = '\0';
	return text_copy(ret->description, sizeof(ret->description), buf_text(&body)) ||
	       fail(err, ERR_FAILED, "Delivery #%lld has a body of more than %d bytes",
		    (long long)delivery_id, BODY_MAX - 1);
}

/* ---- updates ---- */

struct last_attempt {
	struct attempt attempt;
	bool found;
};

static bool keep_last(void *arg, const struct attempt *attempt)
{
	struct last_attempt *last = arg;

	last->attempt = *attempt;
	last->found = true;
	return true;
}

static bool report_updates(struct store *store, const struct delivery_list *updates,
			   const struct report_reader *reader, struct err *err)
{
	DEFER(mem_free)
	struct public_words *words = mem_new(1, sizeof(*words));

	/* The list comes newest first, a story is told from its beginning. */
	for (size_t i = updates->count; reader->update && i > 0; i--) {
		struct last_attempt last = { 0 };
		struct reported_update update = { .delivery = &updates->items[i - 1],
						  .words = words };

		if (!report_words(store, update.delivery->id, words, err) ||
		    !store_list_attempts(store, update.delivery->id, keep_last, &last,
					 err))
			return false;
		if (last.found)
			update.last = &last.attempt;
		if (!reader->update(reader->arg, &update))
			break;
	}
	return true;
}

static bool load_updates(struct store *store, int64_t incident_id,
			 struct delivery_list *ret, struct err *err)
{
	struct filter of_incident = FILTER_ALL;

	of_incident.incident_id = incident_id;
	return store_list_deliveries(store, &of_incident, delivery_list_add, ret, err);
}

bool report_incident(struct store *store, int64_t incident_id,
		     const struct report_reader *reader, struct err *err)
{
	DEFER(mem_free)
	struct report_head *head = mem_new(1, sizeof(*head));
	DEFER(delivery_list_done)
	struct delivery_list updates = { 0 };

	if (!load_updates(store, incident_id, &updates, err) ||
	    !load_head(store, incident_id, &updates, head, err))
		return false;
	if (reader->head && !reader->head(reader->arg, head))
		return true;
	if (reader->monitor &&
	    !store_joins(store, incident_id, reader->monitor, reader->arg, err))
		return false;
	if (!report_updates(store, &updates, reader, err))
		return false;
	return !reader->event ||
	       store_timeline(store, incident_id, false, reader->event, reader->arg, err);
}
