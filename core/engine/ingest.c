/* libmicrohttpd around the gate and the queue. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/text.h"
#include "core/engine/ingest_parts.h"

enum { ANSWER_ROOM = 8192 }; /* bytes of an answer that is no page */

/* ---- answers ---- */

static void add_headers(struct MHD_Response *response, const struct exchange *exchange)
{
	MHD_add_response_header(response, "Content-Type", exchange->content_type);
	MHD_add_response_header(response, "Cache-Control", "no-store");
	if (exchange->status == 401)
		MHD_add_response_header(response, "WWW-Authenticate", "Bearer");
	if (exchange->status == 405)
		MHD_add_response_header(
			response, "Allow",
			text_starts_with(exchange->path, "/v1/") ? "POST" : "GET, HEAD");
	if (exchange->status == 429 || exchange->status == 503)
		MHD_add_response_header(response, "Retry-After", "1");
}

static enum MHD_Result send_answer(struct ingest *ingest, struct exchange *exchange)
{
	size_t bytes = exchange->answer.len;
	struct MHD_Response *response = MHD_create_response_from_buffer(
		bytes, buf_take(&exchange->answer), MHD_RESPMEM_MUST_FREE);
	if (!response)
		return MHD_NO;
	add_headers(response, exchange);
	metrics_request(&ingest->metrics, exchange->path, exchange->status);
	enum MHD_Result queued =
		MHD_queue_response(exchange->connection, exchange->status, response);
	MHD_destroy_response(response);
	return queued;
}

static void show_page(struct ingest *ingest, struct exchange *exchange)
{
	const struct ingest_route *route = exchange->route;
	struct err err = { 0 };
	exchange->answer = BUF_INIT(METRICS_MAX);
	if (route->show(ingest, &exchange->answer, &err)) {
		exchange->status = 200;
		exchange->content_type = route->content_type;
		ingest_tokens_note_use(&ingest->tokens, exchange->token_id,
				       ingest->wall_ms);
		return;
	}
	buf_reset(&exchange->answer);
	ingest_refuse(exchange, 503, err.text);
}

/* ---- requests ---- */

static enum MHD_Result begin(struct ingest *ingest, struct MHD_Connection *connection,
			     const char *path, const char *method, void **memory)
{
	struct exchange *exchange = mem_new(1, sizeof(*exchange));
	exchange->connection = connection;
	exchange->body = BUF_INIT(INGEST_BODY_MAX);
	exchange->answer = BUF_INIT(ANSWER_ROOM);
	*memory = exchange;
	ingest_gate(ingest, exchange, path, method);
	return exchange->is_late ? send_answer(ingest, exchange) : MHD_YES;
}

/* What is refused is read and forgotten, so that its sender hears why. */
static void take_body(struct ingest *ingest, struct exchange *exchange, const char *bytes,
		      size_t count)
{
	if (exchange->status != 0)
		return;
	size_t before = exchange->body.len;
	buf_add(&exchange->body, bytes, count);
	ingest->body_bytes += exchange->body.len - before;
	if (buf_overflowed(&exchange->body))
		ingest_refuse(exchange, 413,
			      "A body has at most 1 MiB; send less at once");
	else if (ingest->body_bytes > INGEST_BODIES_MAX)
		ingest_refuse(exchange, 503,
			      "Too much is on its way just now; nothing was changed, "
			      "send it again");
	if (exchange->status != 0)
		exchange_drop_body(ingest, exchange);
}

static enum MHD_Result finish(struct ingest *ingest, struct exchange *exchange)
{
	if (exchange->status == 0 && exchange->route->show)
		show_page(ingest, exchange);
	if (exchange->status == 0 && (ingest->is_failing || ingest->is_stopping))
		ingest_refuse(exchange, 503,
			      ingest->is_stopping
				      ? "The engine is being stopped; send it again"
				      : "The engine cannot write to its database just "
					"now; send it again");
	if (exchange->status != 0)
		return send_answer(ingest, exchange);
	visitor_waits(ingest, exchange->connection);
	exchange_queue_push(&ingest->waiting, exchange);
	MHD_suspend_connection(exchange->connection);
	return MHD_YES;
}

static enum MHD_Result on_request(void *arg, struct MHD_Connection *connection,
				  const char *path, const char *method,
				  const char *version, const char *upload,
				  size_t *upload_bytes, void **memory)
{
	struct ingest *ingest = arg;
	struct exchange *exchange = *memory;
	(void)version;
	if (!exchange)
		return begin(ingest, connection, path, method, memory);
	if (*upload_bytes == 0)
		return finish(ingest, exchange);
	take_body(ingest, exchange, upload, *upload_bytes);
	*upload_bytes = 0;
	return MHD_YES;
}

static void on_completed(void *arg, struct MHD_Connection *connection, void **memory,
			 enum MHD_RequestTerminationCode code)
{
	struct ingest *ingest = arg;
	struct exchange *exchange = *memory;
	(void)code;
	if (!exchange)
		return;
	exchange_drop_body(ingest, exchange);
	buf_done(&exchange->answer);
	free(exchange);
	*memory = NULL;
	visitor_begins(ingest, connection);
}

/* ---- life ---- */

static struct MHD_Daemon *start(struct ingest *ingest, int listen_fd)
{
	return MHD_start_daemon(
		MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0, ingest_may_connect, ingest,
		on_request, ingest, MHD_OPTION_LISTEN_SOCKET, listen_fd,
		MHD_OPTION_NOTIFY_COMPLETED, on_completed, ingest,
		MHD_OPTION_NOTIFY_CONNECTION, ingest_on_connection, ingest,
		/* ingest_may_connect refuses before this one would leave them waiting. */
		MHD_OPTION_CONNECTION_LIMIT, ingest->options.connections + 1,
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)INGEST_SILENCE_S,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)INGEST_HEADERS_MAX,
		MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
}

struct ingest *ingest_new(int listen_fd, const struct ingest_options *options,
			  struct store *store, struct err *err)
{
	struct ingest *ingest = mem_new(1, sizeof(*ingest));
	ingest->store = store;
	ingest->options = *options;
	ingest->tokens.max_per_second = options->max_per_second;
	if (options->connections == 0)
		ingest->options.connections = INGEST_CONNECTIONS;
	if (options->deadline_ms == 0)
		ingest->options.deadline_ms = INGEST_DEADLINE_MS;
	ingest->daemon = start(ingest, listen_fd);
	if (ingest->daemon)
		return ingest;
	(void)fail(err, ERR_FAILED, "The listener's HTTP server could not be started: %s",
		   strerror(errno));
	close(listen_fd);
	free(ingest);
	return NULL;
}

void ingest_free(struct ingest *ingest)
{
	if (!ingest)
		return;
	ingest->is_stopping = true;
	ingest_refuse_queued(ingest);
	MHD_run(ingest->daemon);
	MHD_stop_daemon(ingest->daemon);
	ingest_tokens_done(&ingest->tokens);
	free(ingest);
}

/* ---- in the loop ---- */

int ingest_fd(const struct ingest *ingest)
{
	if (!ingest)
		return -1;
	return MHD_get_daemon_info(ingest->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
}

int64_t ingest_timeout_ms(const struct ingest *ingest, int64_t boot_ms)
{
	MHD_UNSIGNED_LONG_LONG daemon_ms;
	int64_t timeout_ms = -1;
	if (!ingest)
		return -1;
	if (MHD_get_timeout(ingest->daemon, &daemon_ms) == MHD_YES)
		timeout_ms = daemon_ms > INT32_MAX ? INT32_MAX : (int64_t)daemon_ms;
	const int64_t left_ms = ingest_deadline_ms(ingest, boot_ms);
	return timeout_ms < 0 || (left_ms >= 0 && left_ms < timeout_ms) ? left_ms
									: timeout_ms;
}

void ingest_run(struct ingest *ingest, int64_t wall_ms, int64_t boot_ms)
{
	if (!ingest)
		return;
	ingest->wall_ms = wall_ms;
	ingest->boot_ms = boot_ms;
	ingest->has_fresh_tokens = false;
	ingest_close_late(ingest);
	MHD_run(ingest->daemon);
}

void ingest_set_failing(struct ingest *ingest, bool is_failing)
{
	if (ingest)
		ingest->is_failing = is_failing;
}

void ingest_stop(struct ingest *ingest)
{
	if (!ingest || ingest->is_stopping)
		return;
	ingest->is_stopping = true;
	MHD_socket fd = MHD_quiesce_daemon(ingest->daemon);
	if (fd != MHD_INVALID_SOCKET)
		close(fd);
}

struct metrics *ingest_metrics(struct ingest *ingest)
{
	return ingest ? &ingest->metrics : NULL;
}
