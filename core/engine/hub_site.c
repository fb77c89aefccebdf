#include "core/engine/hub_site.h"

#include <string.h>

#include "core/base/clock.h"
#include "core/base/json.h"
#include "core/base/text.h"

static const char json_type[] = "application/json";
static const char html_type[] = "text/html; charset=utf-8";

static void answer_json(struct hub_answer *ret, unsigned status, const char *key,
			const char *text)
{
	struct json_writer w = { .out = &ret->body };

	buf_reset(&ret->body);
	ret->status = status;
	ret->content_type = json_type;
	json_open_object(&w, NULL);
	json_put_string(&w, key, text);
	json_put_string(&w, "hub", HUB_STAND_IN);
	json_close(&w);
}

/* ---- hooks ---- */

static bool is_json(const char *content_type)
{
	if (content_type == NULL)
		return false;
	struct buf type = BUF_INIT(100);
	buf_add(&type, content_type, strcspn(content_type, "; \t"));
	bool json = text_equal_nocase(buf_text(&type), json_type);
	buf_done(&type);
	return json;
}

/* Is the request one that a hook would look at? */
static bool request_is_sound(const struct hub_request *request, struct hub_answer *ret)
{
	if (request->token == NULL || *request->token == '\0')
		answer_json(ret, 401, "error", "the URL has no ?token=");
	else if (request->too_large)
		answer_json(ret, 413, "error", "the body has more than 1 MiB");
	else if (!is_json(request->content_type))
		answer_json(ret, 415, "error", "Content-Type must be application/json");
	else
		return true;
	return false;
}

static bool happens(struct hub_site *site, int64_t percent)
{
	return (int64_t)(random_step(&site->random) % 100) < percent;
}

static void answer_taken(struct hub_answer *ret, unsigned status, bool duplicate)
{
	struct json_writer w = { .out = &ret->body };

	ret->status = status;
	ret->content_type = json_type;
	json_open_object(&w, NULL);
	json_put_bool(&w, "ok", true);
	json_put_bool(&w, "duplicate", duplicate);
	json_put_string(&w, "hub", HUB_STAND_IN);
	json_close(&w);
}

/* A sound update: taken, unless the behaviour wants it to fail. Returns whether it was a
 * duplicate. */
static bool take(struct hub_site *site, const struct hub_request *request,
		 const struct json *body, int64_t now_ms, struct hub_answer *ret)
{
	const struct hub_behaviour *behaviour = &site->behaviour;
	bool fails = happens(site, behaviour->fail_percent);
	unsigned status = fails ? (unsigned)behaviour->status : 200;
	if (status > 299) {
		site->state.failed++;
		ret->retry_after_s = behaviour->retry_after_s;
		answer_json(ret, status, "error", "failed on purpose");
		return false;
	}
	struct hub_post post = { .path = request->path,
				 .token = request->token,
				 .name = request->name,
				 .key = request->key,
				 .body = body,
				 .at_ms = now_ms };
	bool duplicate = !hub_state_take(&site->state, &post);
	if (happens(site, behaviour->drop_percent)) {
		site->state.dropped++;
		ret->status = 0;
	} else {
		answer_taken(ret, status, duplicate);
	}
	return duplicate;
}

static void write_ledger(const struct hub_site *site, const struct hub_request *request,
			 int64_t now_ms, unsigned status, bool duplicate)
{
	char service[FINGERPRINT_SIZE] = "";
	DEFER(buf_done) struct buf line = BUF_INIT(8 * HUB_BODY_MAX);
	DEFER(buf_done) struct buf body = BUF_INIT(HUB_BODY_MAX);
	struct json_writer w = { .out = &line };

	if (site->ledger == NULL)
		return;
	if (request->token != NULL)
		fingerprint(service, request->token);
	buf_add(&body, request->body, request->body_bytes);
	json_open_object(&w, NULL);
	json_put_integer(&w, "at_ms", now_ms);
	json_put_string(&w, "method", request->method);
	json_put_string(&w, "path", request->path);
	json_put_string(&w, "service", service);
	json_put_string(&w, "name", request->name);
	json_put_string(&w, "key", request->key);
	json_put_integer(&w, "status", status);
	json_put_bool(&w, "duplicate", duplicate);
	json_put_string(&w, "body", buf_text(&body));
	json_close(&w);
	buf_addc(&line, '\n');
	(void)fwrite(line.data, 1, line.len, site->ledger);
	(void)fflush(site->ledger);
}

static void post_hook(struct hub_site *site, const struct hub_request *request,
		      struct hub_answer *ret)
{
	struct err err = { 0 };
	int64_t now_ms = clock_now_ms(NULL);
	bool duplicate = false;

	site->state.requests++;
	if (!request_is_sound(request, ret)) {
		site->state.refused++;
	} else {
		DEFER(json_done)
		struct json *body = json_parse(request->body, request->body_bytes, &err);
		if (body != NULL && hub_body_check(body, &err)) {
			duplicate = take(site, request, body, now_ms, ret);
		} else {
			site->state.refused++;
			answer_json(ret, 400, "error", err.text);
		}
	}
	write_ledger(site, request, now_ms, ret->status, duplicate);
}

/* ---- the rest ---- */

static void get_page(struct hub_site *site, const struct hub_request *request,
		     struct hub_answer *ret)
{
	(void)request;
	ret->content_type = html_type;
	hub_state_add_page(&site->state, &site->behaviour, &ret->body);
}

static void get_state(struct hub_site *site, const struct hub_request *request,
		      struct hub_answer *ret)
{
	(void)request;
	hub_state_add_json(&site->state, &site->behaviour, &ret->body);
}

static void get_control(struct hub_site *site, const struct hub_request *request,
			struct hub_answer *ret)
{
	struct json_writer w = { .out = &ret->body };

	(void)request;
	json_open_object(&w, NULL);
	hub_behaviour_add(&site->behaviour, "behaviour", &w);
	json_put_string(&w, "hub", HUB_STAND_IN);
	json_close(&w);
}

static void post_control(struct hub_site *site, const struct hub_request *request,
			 struct hub_answer *ret)
{
	struct err err = { 0 };
	DEFER(json_done)
	struct json *wanted = json_parse(request->body, request->body_bytes, &err);
	if (wanted == NULL || !hub_behaviour_control(&site->behaviour, wanted, &err))
		answer_json(ret, 400, "error", err.text);
	else
		get_control(site, request, ret);
}

/* ---- targets ---- */

static void get_target(struct hub_site *site, const struct hub_request *request,
		       struct hub_answer *ret)
{
	if (hub_target_state(&site->targets, request->path) == TARGET_DOWN)
		ret->status = 503;
	hub_target_add(&site->targets, request->path, &ret->body);
}

static void post_target(struct hub_site *site, const struct hub_request *request,
			struct hub_answer *ret)
{
	struct err err = { 0 };
	if (hub_target_set(&site->targets, request->path, request->body,
			   request->body_bytes, &err))
		hub_target_add(&site->targets, request->path, &ret->body);
	else
		answer_json(ret, 400, "error", err.text);
}

/* ---- routes ---- */

static const struct route {
	const char *method,
		*path; /* a path that ends in / and is longer begins the request's */
	void (*answer)(struct hub_site *, const struct hub_request *,
		       struct hub_answer *);
} routes[] = {
	{ "POST", "/hooks/", post_hook },     { "GET", "/", get_page },
	{ "GET", "/state", get_state },       { "GET", "/control", get_control },
	{ "POST", "/control", post_control }, { "GET", "/targets/", get_target },
	{ "HEAD", "/targets/", get_target },  { "POST", "/targets/", post_target },
};

static bool path_fits(const struct route *route, const char *path)
{
	size_t bytes = strlen(route->path);
	bool is_folder = bytes > 1 && route->path[bytes - 1] == '/';
	return is_folder ? text_starts_with(path, route->path) && path[bytes] != '\0'
			 : text_equal(path, route->path);
}

int64_t hub_site_delay_ms(const struct hub_site *site, const struct hub_request *request)
{
	bool is_post = text_equal(request->method, "POST");
	if (is_post && text_starts_with(request->path, "/hooks/"))
		return site->behaviour.latency_ms;
	bool is_slow = !is_post && text_starts_with(request->path, "/targets/") &&
		       hub_target_state(&site->targets, request->path) == TARGET_SLOW;
	return is_slow ? HUB_SLOW_MS : 0;
}

void hub_site_answer(struct hub_site *site, const struct hub_request *request,
		     struct hub_answer *ret)
{
	bool found = false;

	*ret = (struct hub_answer){
		.status = 200,
		.content_type = json_type,
		.retry_after_s = -1,
		.body = BUF_INIT(HUB_PAGE_MAX),
	};
	for (size_t i = 0; i < COUNT_OF(routes); i++) {
		if (!path_fits(&routes[i], request->path))
			continue;
		found = true;
		if (text_equal(routes[i].method, request->method)) {
			routes[i].answer(site, request, ret);
			return;
		}
	}
	answer_json(ret, found ? 405 : 404, "error",
		    found ? "this path does not take this method"
			  : "there is /, /state, /control, /targets/NAME and "
			    "/hooks/…?token=…");
}
