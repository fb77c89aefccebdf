/* What a request must be before its body is looked at. */
#include <string.h>
#include <strings.h>

#include "core/base/text.h"
#include "core/engine/ingest_parts.h"

/* ---- pages ---- */

static bool show_health(struct ingest *ingest, struct buf *ret, struct err *err)
{
	enum mode mode;
	if (ingest->is_failing)
		return fail(err, ERR_REFUSED, "The engine cannot write to its database");
	if (!store_mode(ingest->store, &mode, err))
		return false;
	buf_adds(ret, "{\"status\":\"ok\"}");
	return true;
}

static bool show_metrics(struct ingest *ingest, struct buf *ret, struct err *err)
{
	return metrics_write(&ingest->metrics, ingest->store, ingest->wall_ms, ret, err);
}

#define JSON_TYPE "application/json"

static const struct ingest_route routes[] = {
	{ .path = "/v1/events", .read = ingest_read_events },
	{ .path = "/v1/uptrends", .read = ingest_read_uptrends },
	{ .path = "/v1/alertmanager", .read = ingest_read_alertmanager },
	{ .path = "/metrics",
	  .show = show_metrics,
	  .content_type = "text/plain; version=0.0.4; charset=utf-8" },
	{ .path = "/healthz",
	  .is_open = true,
	  .show = show_health,
	  .content_type = JSON_TYPE },
};

static const struct ingest_route *find_route(const char *path)
{
	for (size_t i = 0; i < COUNT_OF(routes); i++)
		if (text_equal(routes[i].path, path))
			return &routes[i];
	return NULL;
}

/* ---- refusals ---- */

void ingest_refuse(struct exchange *exchange, unsigned status, const char *sentence)
{
	if (exchange->status != 0)
		return;
	struct json_writer w = { .out = &exchange->answer };
	json_open_object(&w, NULL);
	json_put_string(&w, "error", sentence);
	json_close(&w);
	exchange->status = status;
	exchange->content_type = JSON_TYPE;
}

static const char *header(const struct exchange *exchange, const char *name)
{
	return MHD_lookup_connection_value(exchange->connection, MHD_HEADER_KIND, name);
}

/* Once a run: asking costs more than all the rest of a small request. */
static bool refresh_tokens(struct ingest *ingest, struct err *err)
{
	if (!ingest->has_fresh_tokens)
		ingest->has_fresh_tokens =
			ingest_tokens_refresh(&ingest->tokens, ingest->store, err);
	return ingest->has_fresh_tokens;
}

static bool pass_token(struct ingest *ingest, struct exchange *exchange)
{
	struct err err = { 0 };
	if (!refresh_tokens(ingest, &err)) {
		ingest_refuse(exchange, 503, err.text);
		return false;
	}
	struct ingest_token *token =
		ingest_tokens_find(&ingest->tokens, header(exchange, "Authorization"));
	if (!ingest_tokens_pace(&ingest->tokens, token, ingest->boot_ms)) {
		ingest_refuse(exchange, 429,
			      "Too many requests in this second; send again in the next "
			      "one, or several events in one request");
		return false;
	}
	if (!token) {
		ingest_refuse(exchange, 401,
			      "A valid token is needed: Authorization: Bearer TOKEN; "
			      "`hublink token new` makes one");
		return false;
	}
	exchange->token_id = token->token.id;
	return true;
}

/* GET, and HEAD with it, for pages; POST for the rest. */
static bool pass_method(struct exchange *exchange, const struct ingest_route *route,
			const char *method)
{
	bool is_get = text_equal(method, MHD_HTTP_METHOD_GET) ||
		      text_equal(method, MHD_HTTP_METHOD_HEAD);
	if (route->show ? is_get : text_equal(method, MHD_HTTP_METHOD_POST))
		return true;
	ingest_refuse(exchange, 405,
		      route->show ? "This page is read with GET"
				  : "Events are sent here with POST");
	return false;
}

static bool is_json(const char *content_type)
{
	static const char json[] = JSON_TYPE;
	if (!content_type || strncasecmp(content_type, json, sizeof(json) - 1) != 0)
		return false;
	char behind = content_type[sizeof(json) - 1];
	return behind == '\0' || behind == ';' || behind == ' ';
}

static bool pass_type(struct exchange *exchange)
{
	const char *encoding = header(exchange, "Content-Encoding");
	if (is_json(header(exchange, "Content-Type")) &&
	    (!encoding || text_equal_nocase(encoding, "identity")))
		return true;
	ingest_refuse(exchange, 415,
		      "The body must be JSON as it is: Content-Type: application/json");
	return false;
}

static enum MHD_Result count_length(void *arg, enum MHD_ValueKind kind, const char *name,
				    const char *value)
{
	int *count = arg;
	(void)kind, (void)value;
	*count += text_equal_nocase(name, "Content-Length") ||
		  text_equal_nocase(name, "Transfer-Encoding");
	return MHD_YES;
}

/* What is longer than it may be is not even read; nor is what a proxy may take for two
 * requests. Either is the connection's last. */
static bool pass_length(struct exchange *exchange)
{
	const char *text = header(exchange, "Content-Length");
	int64_t bytes = 0;
	int lengths = 0;
	MHD_get_connection_values(exchange->connection, MHD_HEADER_KIND, count_length,
				  &lengths);
	bool is_ambiguous = lengths > 1;
	bool is_long = text && (!text_integer(text, &bytes) || bytes > INGEST_BODY_MAX);
	if (is_ambiguous)
		ingest_refuse(exchange, 400,
			      "The head must say once how long the body is");
	else if (is_long)
		ingest_refuse(exchange, 413,
			      "A body has at most 1 MiB; send less at once");
	exchange->is_late = is_ambiguous || is_long;
	return !exchange->is_late;
}

void ingest_gate(struct ingest *ingest, struct exchange *exchange, const char *path,
		 const char *method)
{
	const struct ingest_route *route = find_route(path);
	exchange->path = route ? route->path : NULL;
	bool passes = (route && route->is_open) || pass_token(ingest, exchange);
	if (passes && !route)
		ingest_refuse(exchange, 404,
			      "There is nothing here; events go to /v1/events, "
			      "/v1/uptrends or /v1/alertmanager");
	passes = passes && route && pass_method(exchange, route, method) &&
		 (route->show || pass_type(exchange));
	if (pass_length(exchange) && passes)
		exchange->route = route;
}
