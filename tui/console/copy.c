#include "tui/console/copy.h"

#include <inttypes.h>
#include <stdlib.h>

#include "core/base/json.h"
#include "core/base/mem.h"
#include "core/base/random.h"
#include "core/judge/request.h"
#include "core/rules/secret.h"
#include "core/rules/words.h"
#include "tui/console/clipboard.h"
#include "tui/console/dialog.h"

/* So much goes to a clipboard; terminals take no more in one sequence. */
enum { COPY_MAX_BYTES = 100 * 1024, SHOWN_MAX_BYTES = COPY_MAX_BYTES + 1024 };

/* What was asked about, read when the answer comes. */
struct copying {
	int kind;
	int64_t id;
};

typedef bool part_fn(struct store *store, const struct copying *what, struct buf *ret,
		     struct err *err);

/* ---- its parts ---- */

static bool read_record(struct store *store, const struct copying *what, void **ret,
			struct err *err)
{
	*ret = mem_new(1, record_types[what->kind].size);
	return store_get(store, (enum record_kind)what->kind, what->id, *ret, err);
}

static bool add_name(struct store *store, const struct copying *what, struct buf *ret,
		     struct err *err)
{
	struct incident incident;
	struct delivery delivery;
	DEFER(mem_free) void *rec = NULL;

	if (what->kind < RECORD_KIND_COUNT) {
		if (!read_record(store, what, &rec, err))
			return false;
		buf_adds(ret, record_name((enum record_kind)what->kind, rec));
		return true;
	}
	if (what->kind == COPY_INCIDENT) {
		if (!store_incident_get(store, what->id, &incident, err))
			return false;
		buf_addf(ret, "#%" PRId64 " %s", incident.id, incident.service);
		return true;
	}
	if (!store_delivery_get(store, what->id, &delivery, err))
		return false;
	buf_addf(ret, "#%" PRId64 " %s %s", delivery.id, delivery.service,
		 delivery_kind_text(delivery.kind));
	return true;
}

/* The id on the wire; of a record its number. */
static bool add_key(struct store *store, const struct copying *what, struct buf *ret,
		    struct err *err)
{
	struct incident incident;
	struct delivery delivery;

	if (what->kind == COPY_INCIDENT &&
	    store_incident_get(store, what->id, &incident, err))
		buf_adds(ret, incident.key);
	else if (what->kind == COPY_DELIVERY &&
		 store_delivery_get(store, what->id, &delivery, err))
		buf_adds(ret, delivery.key);
	else if (what->kind < RECORD_KIND_COUNT)
		buf_addf(ret, "%" PRId64, what->id);
	return ret->len > 0;
}

static bool add_url(struct store *store, const struct copying *what, struct buf *ret,
		    struct err *err)
{
	DEFER(mem_free) void *rec = NULL;

	if (!read_record(store, what, &rec, err))
		return false;
	url_add_masked(ret, ((const struct service *)rec)->url);
	return true;
}

static void put_field(struct json_writer *w, const struct field *field, const void *rec)
{
	DEFER(buf_done) struct buf text = BUF_INIT(COPY_MAX_BYTES);

	if (field->type == FIELD_BOOL) {
		json_put_bool(w, field->column, field_number(field, rec) != 0);
	} else if (field->type == FIELD_INTEGER || field->type == FIELD_REFERENCE) {
		json_put_integer(w, field->column, field_number(field, rec));
	} else {
		field_format(field, rec, &text);
		json_put_string(w, field->column, buf_text(&text));
	}
}

static bool put_record(struct store *store, const struct copying *what,
		       struct json_writer *w, struct err *err)
{
	const struct record_type *type = &record_types[what->kind];
	DEFER(mem_free) void *rec = NULL;

	if (!read_record(store, what, &rec, err))
		return false;
	for (size_t i = 0; i < type->field_count; i++)
		put_field(w, &type->fields[i], rec);
	return true;
}

static bool put_incident(struct store *store, const struct copying *what,
			 struct json_writer *w, struct err *err)
{
	struct incident incident;

	if (!store_incident_get(store, what->id, &incident, err))
		return false;
	json_put_string(w, "key", incident.key);
	json_put_string(w, "service", incident.service);
	json_put_string(w, "integration", incident.integration);
	json_put_string(w, "status", incident_status_text(incident.status));
	json_put_string(w, "service_status",
			service_status_text(incident.service_status));
	json_put_time(w, "opened_at", incident.opened_at_ms);
	json_put_time(w, "monitoring_at", incident.monitoring_at_ms);
	json_put_time(w, "resolved_at", incident.resolved_at_ms);
	return true;
}

static bool put_delivery(struct store *store, const struct copying *what,
			 struct json_writer *w, struct err *err)
{
	struct delivery delivery;

	if (!store_delivery_get(store, what->id, &delivery, err))
		return false;
	json_put_string(w, "key", delivery.key);
	json_put_integer(w, "incident", delivery.incident_id);
	json_put_string(w, "service", delivery.service);
	json_put_string(w, "integration", delivery.integration);
	json_put_string(w, "kind", delivery_kind_text(delivery.kind));
	json_put_string(w, "state", delivery_state_text(delivery.state));
	json_put_integer(w, "attempts", delivery.attempts);
	json_put_integer(w, "http_status", delivery.http_status);
	json_put_string(w, "error", delivery.error);
	json_put_time(w, "created_at", delivery.created_ms);
	json_put_time(w, "delivered_at", delivery.delivered_ms);
	return true;
}

static bool add_json(struct store *store, const struct copying *what, struct buf *ret,
		     struct err *err)
{
	struct json_writer w = { .out = ret };

	json_open_object(&w, NULL);
	json_put_integer(&w, "id", what->id);
	bool put = what->kind == COPY_INCIDENT   ? put_incident(store, what, &w, err)
		   : what->kind == COPY_DELIVERY ? put_delivery(store, what, &w, err)
						 : put_record(store, what, &w, err);
	json_close(&w);
	return put;
}

/* 'text' for a shell: a quote leaves the quotes and comes back. */
static void add_quoted(struct buf *ret, const char *text)
{
	buf_addc(ret, '\'');
	for (; *text != '\0'; text++) {
		if (*text == '\'')
			buf_adds(ret, "'\\''");
		else
			buf_addc(ret, *text);
	}
	buf_addc(ret, '\'');
}

static void add_header(void *arg, const char *name, const char *value)
{
	DEFER(buf_done) struct buf header = BUF_INIT(4096);

	buf_addf(&header, "%s: %s", name, value);
	buf_adds(arg, " -H ");
	add_quoted(arg, buf_text(&header));
}

/* The request of an update, or of a service's test; the URL needs its secret put back. */
static bool add_curl(struct store *store, const struct copying *what, struct buf *ret,
		     struct err *err)
{
	DEFER(wire_request_done) struct wire_request request = WIRE_REQUEST_INIT;
	DEFER(buf_done) struct buf url = BUF_INIT(4 * URL_SIZE);
	char key[UUID_SIZE];

	uuid_new(key);
	if (what->kind == COPY_DELIVERY
		    ? !wire_request_of_delivery(store, what->id, &request, err)
		    : !wire_request_test(store, what->id, false, key,
					 clock_now_ms(&(struct clock){ 0 }), &request,
					 err))
		return false;
	buf_adds(ret, "curl");
	wire_headers(request.key, add_header, ret);
	buf_adds(ret, " --data-raw ");
	add_quoted(ret, buf_text(&request.body));
	buf_addc(ret, ' ');
	url_add_masked(&url, request.url);
	add_quoted(ret, buf_text(&url));
	return true;
}

/* ---- the menu ---- */

enum part { PART_NONE, PART_NAME, PART_KEY, PART_URL, PART_JSON, PART_CURL, PART_COUNT };

static part_fn *const parts[PART_COUNT] = {
	[PART_NAME] = add_name, [PART_KEY] = add_key,   [PART_URL] = add_url,
	[PART_JSON] = add_json, [PART_CURL] = add_curl,
};

#define CHOICE_NAME                    \
	{                              \
		'n', "name", PART_NAME \
	}
#define CHOICE_JSON                    \
	{                              \
		'j', "JSON", PART_JSON \
	}
#define CHOICE_CURL                         \
	{                                   \
		'c', "curl line", PART_CURL \
	}

static const struct dialog_choice record_choices[] = {
	CHOICE_NAME, { 'i', "id", PART_KEY }, CHOICE_JSON, { 0, NULL, 0 }
};
static const struct dialog_choice service_choices[] = { CHOICE_NAME,
							{ 'u', "URL, masked", PART_URL },
							{ 'i', "id", PART_KEY },
							CHOICE_JSON,
							CHOICE_CURL,
							{ 0, NULL, 0 } };
static const struct dialog_choice incident_choices[] = {
	CHOICE_NAME, { 'k', "key", PART_KEY }, CHOICE_JSON, { 0, NULL, 0 }
};
static const struct dialog_choice delivery_choices[] = {
	CHOICE_NAME, { 'k', "key", PART_KEY }, CHOICE_JSON, CHOICE_CURL, { 0, NULL, 0 }
};

/* What was copied stands there to be read and selected, whatever the terminal did with it. */
static void show_copied(struct app *app, const struct buf *text, bool sent)
{
	static const struct dialog_question question = { .title = "Copy",
							 .escape = "back" };
	DEFER(buf_done) struct buf shown = BUF_INIT(SHOWN_MAX_BYTES);

	buf_addf(&shown, "%s\n\n%s", buf_text(text),
		 sent ? "Sent to your clipboard, if your terminal allows it."
		      : "This terminal has no clipboard: select it there.");
	dialog_ask(app, &question, buf_text(&shown));
}

static void chosen(struct app *app, void *arg, int answer)
{
	const struct copying *what = arg;
	DEFER(buf_done) struct buf text = BUF_INIT(COPY_MAX_BYTES);

	if (answer == PART_NONE || !parts[answer](app->store, what, &text, &app->message))
		return;
	if (buf_overflowed(&text)) {
		(void)fail(&app->message, ERR_REFUSED,
			   "It is longer than %d bytes, which is more than a clipboard "
			   "takes",
			   COPY_MAX_BYTES);
		return;
	}
	show_copied(app, &text,
		    clipboard_copy(buf_text(&text), app->options->role == GATE_ABSENT));
}

void copy_ask(struct app *app, int kind, int64_t id)
{
	struct copying *what = mem_new(1, sizeof(*what));
	const struct dialog_question question = {
		.title = "Copy",
		.choices = kind == RECORD_SERVICE  ? service_choices
			   : kind == COPY_INCIDENT ? incident_choices
			   : kind == COPY_DELIVERY ? delivery_choices
						   : record_choices,
		.escape = "back",
		.answered = chosen,
		.arg = what,
		.free_arg = free,
	};

	*what = (struct copying){ kind, id };
	dialog_ask(app, &question, "What of it? Secrets stay masked.");
}
