#include "core/rules/payload.h"

#include "core/base/clock.h"
#include "core/base/json.h"
#include "core/rules/expand.h"
#include "core/rules/wire.h"

typedef void add_fn(const struct payload_facts *facts, struct buf *ret);

static void put_public_text(struct json_writer *w, const char *key,
			    const struct payload_facts *facts, add_fn *add)
{
	DEFER(buf_done)
	struct buf text = BUF_INIT(PUBLIC_TEXT_SIZE);
	add(facts, &text);
	json_put_string(w, key, buf_text(&text));
}

/* StatusHub's Generic Hook V2. */
static void put_generic(struct json_writer *w, const struct payload_facts *facts)
{
	char start[TIME_TEXT_SIZE];

	json_put_string(w, "type", "incident");
	json_put_string(w, "id", facts->incident_key);
	put_public_text(w, "title", facts, public_title_add);
	put_public_text(w, "description", facts, public_description_add);
	json_put_string(w, "start_time", time_format_utc_seconds(start, facts->start_ms));
	json_put_string(w, "state", wire_incident_state(facts->incident_status));
}

static void put_alert(struct json_writer *w, const struct payload_facts *facts)
{
	char raised[TIME_TEXT_SIZE];

	json_open_object(w, "alert");
	json_put_string(w, "type", wire_alert_type(facts->alert_type));
	json_put_string(w, "guid", facts->alert_guid);
	json_put_string(w, "definition", facts->definition);
	json_put_integer(w, "level", facts->level);
	json_put_string(w, "timestamp", time_format_utc_seconds(raised, facts->alert_ms));
	json_close(w);
}

static void put_monitor(struct json_writer *w, const struct payload_facts *facts)
{
	bool has_guid = facts->monitor_guid != NULL && *facts->monitor_guid != '\0';

	json_open_object(w, "monitor");
	json_put_string(w, "name", facts->monitor);
	json_put_string(w, "guid", has_guid ? facts->monitor_guid : NULL);
	json_close(w);
}

static void put_cause(struct json_writer *w, const struct payload_facts *facts)
{
	if (!facts->has_alert) {
		json_put_null(w, "alert");
		json_put_null(w, "monitor");
		return;
	}
	put_alert(w, facts);
	put_monitor(w, facts);
}

static void build_uptrends(const struct payload_facts *facts, struct buf *ret)
{
	struct json_writer w = { .out = ret };

	json_open_object(&w, NULL);
	put_generic(&w, facts);
	json_put_string(&w, "service_status", wire_service_status(facts->service_status));
	put_cause(&w, facts);
	if (facts->test)
		json_put_bool(&w, "test", true);
	json_close(&w);
}

static void build_generic(const struct payload_facts *facts, struct buf *ret)
{
	struct json_writer w = { .out = ret };

	json_open_object(&w, NULL);
	put_generic(&w, facts);
	json_close(&w);
}

static void build_custom(const struct payload_facts *facts, struct buf *ret)
{
	template_expand(facts->template_json, facts, ret);
}

bool payload_build(const struct payload_facts *facts, struct buf *ret, struct err *err)
{
	static add_fn *const builders[PAYLOAD_COUNT] = {
		[PAYLOAD_UPTRENDS] = build_uptrends,
		[PAYLOAD_GENERIC_V2] = build_generic,
		[PAYLOAD_CUSTOM] = build_custom,
	};

	if (facts->payload == PAYLOAD_CUSTOM &&
	    !template_check(facts->template_json, err))
		return false;
	DEFER(buf_done)
	struct buf body = BUF_INIT(BODY_MAX);
	builders[facts->payload](facts, &body);
	if (buf_overflowed(&body))
		return fail(err, ERR_INVALID,
			    "the request body would have more than %d bytes; shorten the "
			    "template of integration '%s'",
			    BODY_MAX,
			    facts->integration != NULL ? facts->integration : "");
	buf_add(ret, body.data, body.len);
	return true;
}
