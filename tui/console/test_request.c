#include "tui/console/test_request.h"

#include <stdio.h>
#include <string.h>

#include "core/base/json.h"
#include "core/base/random.h"
#include "core/base/text.h"
#include "core/rules/payload.h"
#include "core/rules/secret.h"
#include "core/rules/url.h"

enum { SENTENCE_MAX = 4096 };

/* ---- of the request alone ---- */

void test_check_url(const char *url, test_check_fn *check, void *arg)
{
	DEFER(buf_done) struct buf text = BUF_INIT(SENTENCE_MAX);
	char host[HOST_SIZE] = "";
	struct err err = { 0 };

	if (!url_check(url, &err)) {
		check(arg, ROLE_BAD, err.text);
		return;
	}
	(void)url_host(url, host, sizeof(host));
	buf_addf(&text, "the URL is %s, to %s",
		 text_starts_with(url, "https") ? "https" : "http on this machine", host);
	check(arg, ROLE_OK, buf_text(&text));
}

void test_check_body(const struct buf *body, const char *update, test_check_fn *check,
		     void *arg)
{
	struct span literal;
	const bool has_literal = body_find_literal(buf_text(body), &literal);
	DEFER(buf_done) struct buf text = BUF_INIT(SENTENCE_MAX);
	struct err err = { 0 };
	DEFER(json_done) struct json *json = json_parse(buf_text(body), body->len, &err);

	if (json == NULL)
		buf_addf(&text, "the body of the %s cannot be read: %s", update,
			 err.text);
	else if (has_literal)
		buf_addf(&text, "the body of the %s has a variable not filled in: %.*s",
			 update, (int)literal.bytes, literal.at);
	else
		buf_addf(&text, "the body of the %s is JSON, every variable filled in",
			 update);
	check(arg,
	      json == NULL  ? ROLE_BAD
	      : has_literal ? ROLE_WARN
			    : ROLE_OK,
	      buf_text(&text));
}

/* ---- of the service ---- */

struct url_search {
	const struct service *of;
	struct buf names;
};

static bool compare_url(void *arg, const void *rec)
{
	struct url_search *search = arg;
	const struct service *service = rec;

	if (service->head.id != search->of->head.id &&
	    strcmp(service->url, search->of->url) == 0)
		buf_addf(&search->names, "%s%s/%s", search->names.len > 0 ? ", " : "",
			 service->integration, service->name);
	return true;
}

static bool keep_incident(void *arg, const struct incident *incident)
{
	*(int64_t *)arg = incident->id;
	return false;
}

static bool check_open_incident(struct store *store, const struct service *service,
				test_check_fn *check, void *arg, struct err *err)
{
	struct filter filter = FILTER_ALL;
	int64_t incident_id = 0;
	char text[128];

	filter.open = true;
	filter.service_id = service->head.id;
	filter.limit = 1;
	if (!store_list_incidents(store, &filter, keep_incident, &incident_id, err))
		return false;
	(void)snprintf(text, sizeof(text),
		       "incident #%lld is open: a test is refused until it has recovered",
		       (long long)incident_id);
	if (incident_id != 0)
		check(arg, ROLE_WARN, text);
	return true;
}

bool test_check_service(struct store *store, const struct service *service,
			test_check_fn *check, void *arg, struct err *err)
{
	DEFER(buf_done) struct buf text = BUF_INIT(SENTENCE_MAX);
	struct url_search search = { .of = service, .names = BUF_INIT(SENTENCE_MAX / 2) };
	bool listed = store_list(store, RECORD_SERVICE, 0, compare_url, &search, err);

	if (listed && search.names.len > 0) {
		buf_addf(&text, "its URL is also that of %s", buf_text(&search.names));
		check(arg, ROLE_WARN, buf_text(&text));
	} else if (listed) {
		check(arg, ROLE_OK, "no other service has its URL");
	}
	buf_done(&search.names);
	return listed && check_open_incident(store, service, check, arg, err);
}

/* ---- the dry run ---- */

static void add_check(void *arg, enum role role, const char *sentence)
{
	static const char *const words[ROLE_COUNT] = {
		[ROLE_OK] = "ok", [ROLE_WARN] = "warn", [ROLE_BAD] = "BAD"
	};

	lines_add(arg, role, " %-5s%s", words[role], sentence);
}

static void add_request(struct lines *lines, const struct wire_request *request,
			const char *heading)
{
	DEFER(buf_done) struct buf text = BUF_INIT(4 * BODY_MAX);
	const char *at;

	lines_heading(lines, heading);
	wire_request_add_text(&text, request, false);
	for (at = buf_text(&text); *at != '\0';) {
		DEFER(buf_done) struct buf line = BUF_INIT(4 * BODY_MAX);
		size_t bytes = strcspn(at, "\n");
		buf_addc(&line, ' ');
		buf_add(&line, at, bytes);
		lines_flush(lines, ROLE_TEXT, buf_text(&line));
		at += bytes + (at[bytes] == '\n');
	}
}

/* The same incident key in both, as a send would do it. */
static bool build(struct store *store, const struct service *service, bool recovery,
		  const char *key, int64_t now_ms, struct lines *requests,
		  struct lines *checks, struct err *err)
{
	DEFER(wire_request_done) struct wire_request request = WIRE_REQUEST_INIT;
	char heading[128];

	if (!wire_request_test(store, service->head.id, recovery, key, now_ms, &request,
			       err))
		return false;
	(void)snprintf(heading, sizeof(heading), "Request: %s, body of %zu bytes",
		       recovery ? "operational" : "disruption", request.body.len);
	add_request(requests, &request, heading);
	if (checks->count == 0)
		test_check_url(request.url, add_check, checks);
	test_check_body(&request.body, recovery ? "recovery" : "disruption", add_check,
			checks);
	return true;
}

bool test_add_dry_run(struct store *store, const struct service *service,
		      enum test_event event, int64_t now_ms, struct lines *ret,
		      struct err *err)
{
	DEFER(lines_done) struct lines requests = { 0 };
	DEFER(lines_done) struct lines checks = { 0 };
	char key[UUID_SIZE];

	uuid_new(key);
	for (int recovery = 0; recovery <= 1; recovery++) {
		if (event == (recovery ? TEST_DISRUPTION : TEST_OPERATIONAL))
			continue;
		if (!build(store, service, recovery, key, now_ms, &requests, &checks,
			   err))
			return false;
	}
	if (!test_check_service(store, service, add_check, &checks, err))
		return false;
	lines_heading(ret, "Checks; name and TLS are not tried in a dry run");
	lines_move(ret, &checks);
	lines_move(ret, &requests);
	return true;
}
