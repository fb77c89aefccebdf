#include "tests/support/uptrends.h"

#include <microhttpd.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/json.h"
#include "core/base/text.h"
#include "tests/support/check.h"

enum { TEXT_MAX = 4 * 1024 * 1024, PAGE_MAX = 100, WAIT_MS = 60000, PREFIX = 3 };

struct answer {
	char *path, *json;
};
struct row {
	char *json;
};
struct state {
	char *monitor, *level, *last_check;
};

struct uptrends {
	struct MHD_Daemon *daemon;
	pthread_mutex_t mutex;
	pthread_cond_t asked;
	char url[64];
	struct answer *answers;
	size_t answer_count, answer_capacity;
	struct row *alerts; /* the feed, oldest first */
	size_t alert_count, alert_capacity;
	struct state *states;
	size_t state_count, state_capacity;
	char **paths; /* of all questions */
	size_t path_count, path_capacity;
	int fail_times, fail_status, retry_after_s;
	int open;
	bool overlapped, never_ends;
};

/* ---- answering ---- */

static const char *find(const struct uptrends *api, const char *path)
{
	for (size_t i = 0; i < api->answer_count; i++)
		if (text_equal_nocase(api->answers[i].path, path))
			return api->answers[i].json;
	return NULL;
}

/* The feed from the cursor on: a page of at most `take`, and where it goes on. */
static void put_page(const struct uptrends *api, size_t from, size_t take,
		     struct buf *ret)
{
	size_t to = from;
	buf_adds(ret, "{\"Data\": [");
	for (; to < api->alert_count && to < from + take; to++)
		buf_addf(ret, "%s%s", to > from ? ", " : "", api->alerts[to].json);
	buf_adds(ret, "], \"Links\": {}, \"Meta\": {}");
	if (from > 0 || to < api->alert_count || api->never_ends) {
		buf_addf(ret, ", \"Cursors\": {\"Self\": \"c%zu\"", from);
		if (to < api->alert_count || api->never_ends)
			buf_addf(ret, ", \"Next\": \"c%zu\"", to);
		buf_addc(ret, '}');
	}
	buf_addc(ret, '}');
}

static void put_alerts(const struct uptrends *api, struct MHD_Connection *connection,
		       struct buf *ret)
{
	const char *cursor =
		MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, "Cursor");
	const char *taken =
		MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, "Take");
	size_t from = cursor ? (size_t)strtoul(cursor + 1, NULL, 10) : 0;
	size_t take = taken ? (size_t)strtoul(taken, NULL, 10) : PAGE_MAX;
	put_page(api, from, take < PAGE_MAX ? take : PAGE_MAX, ret);
}

static void put_states(const struct uptrends *api, struct buf *ret)
{
	buf_adds(ret, "{\"Data\": [");
	for (size_t i = 0; i < api->state_count; i++)
		buf_addf(ret,
			 "%s{\"Id\": \"%s\", \"Type\": \"MonitorStatus\", "
			 "\"Attributes\": {\"ErrorLevel\": \"%s\", \"LastCheck\": "
			 "\"%s\", \"LastMonitorCheckId\": %zu, "
			 "\"ErrorDescription\": \"as the status has it\"}}",
			 i > 0 ? ", " : "", api->states[i].monitor, api->states[i].level,
			 api->states[i].last_check, 900 + i);
	buf_adds(ret, "], \"Links\": {}}");
}

static unsigned make_answer(struct uptrends *api, struct MHD_Connection *connection,
			    const char *path, struct buf *ret)
{
	const char *json = find(api, path);
	if (json)
		buf_adds(ret, json);
	else if (text_starts_with(path, "/Alert/MonitorGroup/"))
		put_alerts(api, connection, ret);
	else if (text_starts_with(path, "/Status/MonitorGroup/"))
		put_states(api, ret);
	else
		buf_adds(ret, "{\"Messages\": [{\"Message\": \"There is no such thing"
			      "\"}]}");
	return ret->data[0] == '{' && text_starts_with(ret->data, "{\"Messages") ? 404
										 : 200;
}

static bool is_known(struct MHD_Connection *connection)
{
	char *password = NULL;
	char *user = MHD_basic_auth_get_username_password(connection, &password);
	const bool known = user && password && text_equal(user, UPTRENDS_TEST_USER) &&
			   text_equal(password, UPTRENDS_TEST_PASSWORD);
	MHD_free(user);
	MHD_free(password);
	return known;
}

static enum MHD_Result respond(struct MHD_Connection *connection, unsigned status,
			       const struct buf *body, int retry_after_s)
{
	char seconds[16];
	struct MHD_Response *response = MHD_create_response_from_buffer(
		body->len, body->data, MHD_RESPMEM_MUST_COPY);
	MHD_add_response_header(response, "Content-Type", "application/json");
	snprintf(seconds, sizeof(seconds), "%d", retry_after_s);
	if (retry_after_s > 0)
		MHD_add_response_header(response, "Retry-After", seconds);
	const enum MHD_Result result = MHD_queue_response(connection, status, response);
	MHD_destroy_response(response);
	return result;
}

static void note_question(struct uptrends *api, const char *path)
{
	VEC_PUSH(api->paths, api->path_count, api->path_capacity) = mem_strdup(path);
	api->overlapped |= api->open++ > 0;
	pthread_cond_broadcast(&api->asked);
}

static enum MHD_Result handle(void *arg, struct MHD_Connection *connection,
			      const char *url, const char *method, const char *version,
			      const char *upload, size_t *upload_bytes, void **known)
{
	struct uptrends *api = arg;
	DEFER(buf_done) struct buf body = BUF_INIT(TEXT_MAX);
	const char *path = text_starts_with(url, "/v4") ? url + PREFIX : url;
	unsigned status = 400;
	int retry_after_s = 0;
	(void)version;
	(void)upload;
	(void)upload_bytes;
	*known = api;
	pthread_mutex_lock(&api->mutex);
	note_question(api, path);
	buf_adds(&body, "{\"Messages\": [{\"Message\": \"Not now\"}]}");
	if (api->fail_times > 0) {
		api->fail_times--;
		status = (unsigned)api->fail_status;
		retry_after_s = api->retry_after_s;
	} else if (!is_known(connection)) {
		status = 401;
	} else if (text_equal(method, "GET")) {
		buf_reset(&body);
		status = make_answer(api, connection, path, &body);
	}
	pthread_mutex_unlock(&api->mutex);
	return respond(connection, status, &body, retry_after_s);
}

static void finished(void *arg, struct MHD_Connection *connection, void **known,
		     enum MHD_RequestTerminationCode code)
{
	struct uptrends *api = arg;
	(void)connection;
	(void)code;
	if (*known == NULL)
		return;
	pthread_mutex_lock(&api->mutex);
	api->open--;
	pthread_mutex_unlock(&api->mutex);
}

/* ---- life ---- */

struct uptrends *uptrends_new(void)
{
	struct uptrends *api = mem_new(1, sizeof(*api));
	pthread_mutex_init(&api->mutex, NULL);
	pthread_cond_init(&api->asked, NULL);
	for (size_t i = 0; i < uptrends_account_count; i++)
		uptrends_put(api, uptrends_account[i].path, uptrends_account[i].json);
	api->daemon = MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD, 0, NULL, NULL,
				       handle, api, MHD_OPTION_NOTIFY_COMPLETED, finished,
				       api, MHD_OPTION_END);
	assert_non_null(api->daemon);
	const union MHD_DaemonInfo *info =
		MHD_get_daemon_info(api->daemon, MHD_DAEMON_INFO_BIND_PORT);
	snprintf(api->url, sizeof(api->url), "http://127.0.0.1:%u/v4",
		 (unsigned)info->port);
	return api;
}

void uptrends_free(struct uptrends *api)
{
	MHD_stop_daemon(api->daemon);
	for (size_t i = 0; i < api->answer_count; i++) {
		free(api->answers[i].path);
		free(api->answers[i].json);
	}
	for (size_t i = 0; i < api->alert_count; i++)
		free(api->alerts[i].json);
	for (size_t i = 0; i < api->state_count; i++) {
		free(api->states[i].monitor);
		free(api->states[i].level);
		free(api->states[i].last_check);
	}
	for (size_t i = 0; i < api->path_count; i++)
		free(api->paths[i]);
	free(api->answers);
	free(api->alerts);
	free(api->states);
	free(api->paths);
	pthread_cond_destroy(&api->asked);
	pthread_mutex_destroy(&api->mutex);
	free(api);
}

const char *uptrends_url(const struct uptrends *api)
{
	return api->url;
}

/* ---- what it says ---- */

void uptrends_put(struct uptrends *api, const char *path, const char *json)
{
	pthread_mutex_lock(&api->mutex);
	for (size_t i = 0; i < api->answer_count; i++)
		if (text_equal_nocase(api->answers[i].path, path)) {
			free(api->answers[i].json);
			api->answers[i].json = mem_strdup(json);
			pthread_mutex_unlock(&api->mutex);
			return;
		}
	VEC_PUSH(api->answers, api->answer_count, api->answer_capacity) =
		(struct answer){ mem_strdup(path), mem_strdup(json) };
	pthread_mutex_unlock(&api->mutex);
}

void uptrends_fail(struct uptrends *api, int times, int status, int retry_after_s)
{
	pthread_mutex_lock(&api->mutex);
	api->fail_times = times;
	api->fail_status = status;
	api->retry_after_s = retry_after_s;
	pthread_mutex_unlock(&api->mutex);
}

void uptrends_alert(struct uptrends *api, const char *id, const char *type,
		    const char *monitor, const char *timestamp, const char *first_error,
		    const char *message)
{
	struct buf text = BUF_INIT(TEXT_MAX);
	struct json_writer w = { .out = &text };
	json_open_object(&w, NULL);
	json_put_string(&w, "Id", id);
	json_put_string(&w, "Type", "Alert");
	json_open_object(&w, "Attributes");
	json_put_string(&w, "AlertType", type);
	json_put_string(&w, "MonitorGuid", monitor);
	json_put_string(&w, "Timestamp", timestamp);
	json_put_string(&w, "FirstError", first_error);
	json_put_integer(&w, "MonitorCheckId", 1);
	json_put_integer(&w, "FirstErrorMonitorCheckId", 1);
	json_put_string(&w, "ErrorDescription",
			text_equal(type, "Ok") ? "OK" : "HTTP 500");
	if (message)
		json_put_string(&w, "ErrorMessage", message);
	json_put_string(&w, "IncidentKey", "9632cd34-0-1694");
	json_close(&w);
	json_close(&w);
	pthread_mutex_lock(&api->mutex);
	VEC_PUSH(api->alerts, api->alert_count, api->alert_capacity) =
		(struct row){ buf_take(&text) };
	pthread_mutex_unlock(&api->mutex);
}

void uptrends_never_end(struct uptrends *api)
{
	pthread_mutex_lock(&api->mutex);
	api->never_ends = true;
	pthread_mutex_unlock(&api->mutex);
}

void uptrends_status(struct uptrends *api, const char *monitor, const char *level,
		     const char *last_check)
{
	pthread_mutex_lock(&api->mutex);
	size_t place = 0;
	while (place < api->state_count &&
	       !text_equal_nocase(api->states[place].monitor, monitor))
		place++;
	if (place == api->state_count)
		VEC_PUSH(api->states, api->state_count, api->state_capacity) =
			(struct state){ mem_strdup(monitor), NULL, NULL };
	free(api->states[place].level);
	free(api->states[place].last_check);
	api->states[place].level = mem_strdup(level);
	api->states[place].last_check = mem_strdup(last_check);
	pthread_mutex_unlock(&api->mutex);
}

/* ---- what it was asked ---- */

static size_t count_locked(const struct uptrends *api, const char *path)
{
	size_t count = 0;
	for (size_t i = 0; i < api->path_count; i++)
		count += text_starts_with(api->paths[i], path);
	return count;
}

size_t uptrends_count(struct uptrends *api, const char *path)
{
	pthread_mutex_lock(&api->mutex);
	const size_t count = count_locked(api, path);
	pthread_mutex_unlock(&api->mutex);
	return count;
}

bool uptrends_wait(struct uptrends *api, const char *path, size_t count)
{
	const int64_t until_ms = clock_now_ms(&(struct clock){ 0 }) + WAIT_MS;
	const struct timespec until = { .tv_sec = until_ms / 1000 };
	pthread_mutex_lock(&api->mutex);
	int late = 0;
	while (count_locked(api, path) < count && late == 0)
		late = pthread_cond_timedwait(&api->asked, &api->mutex, &until);
	pthread_mutex_unlock(&api->mutex);
	return late == 0;
}

bool uptrends_overlapped(struct uptrends *api)
{
	pthread_mutex_lock(&api->mutex);
	const bool overlapped = api->overlapped;
	pthread_mutex_unlock(&api->mutex);
	return overlapped;
}
