/* A request is read, then waits if there is latency (suspended, in the list of those that
 * wait, ordered by when they are due), then is answered. */
#include "core/engine/hub_server.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <microhttpd.h>

#include "core/base/clock.h"

enum { CONNECTIONS_MAX = 15000, IDLE_S = 120 };

struct exchange {
	struct MHD_Connection *connection;
	struct buf body;
	bool too_large;
	bool has_waited;
	bool waits;     /* in the list */
	int64_t due_ms; /* boot clock */
	struct exchange *before, *after;
};

struct hub_server {
	struct MHD_Daemon *daemon;
	struct hub_site *site;
	struct exchange *first, *last; /* that wait */
	bool ends;
};

/* ---- waiting ---- */

static void wait_until(struct hub_server *server, struct exchange *exchange,
		       int64_t due_ms)
{
	struct exchange *before = server->last;
	while (before != NULL && before->due_ms > due_ms)
		before = before->before;
	exchange->due_ms = due_ms;
	exchange->before = before;
	exchange->after = before != NULL ? before->after : server->first;
	*(exchange->after != NULL ? &exchange->after->before : &server->last) = exchange;
	*(before != NULL ? &before->after : &server->first) = exchange;
	exchange->waits = exchange->has_waited = true;
	server->site->state.waiting++;
}

static void leave_list(struct hub_server *server, struct exchange *exchange)
{
	if (!exchange->waits)
		return;
	*(exchange->before != NULL ? &exchange->before->after : &server->first) =
		exchange->after;
	*(exchange->after != NULL ? &exchange->after->before : &server->last) =
		exchange->before;
	exchange->waits = false;
	server->site->state.waiting--;
}

static void resume_due(struct hub_server *server, int64_t now_ms)
{
	while (server->first != NULL && server->first->due_ms <= now_ms) {
		struct exchange *exchange = server->first;
		leave_list(server, exchange);
		MHD_resume_connection(exchange->connection);
	}
}

/* ---- what libmicrohttpd calls ---- */

static enum MHD_Result send_answer(struct MHD_Connection *connection,
				   struct hub_answer *answer)
{
	if (answer->status == 0) {
		buf_done(&answer->body);
		return MHD_NO; /* closes the connection */
	}
	size_t bytes = answer->body.len;
	struct MHD_Response *response = MHD_create_response_from_buffer(
		bytes, buf_take(&answer->body), MHD_RESPMEM_MUST_FREE);
	if (response == NULL)
		return MHD_NO;
	MHD_add_response_header(response, "Content-Type", answer->content_type);
	MHD_add_response_header(response, "Server", "hublink hub (" HUB_STAND_IN ")");
	MHD_add_response_header(response, "Cache-Control", "no-store");
	MHD_add_response_header(response, "Content-Security-Policy",
				"default-src 'none'; style-src 'unsafe-inline'; "
				"script-src 'unsafe-inline'; connect-src 'self'");
	if (answer->retry_after_s >= 0) {
		DEFER(buf_done) struct buf seconds = BUF_INIT(32);
		buf_addf(&seconds, "%" PRId64, answer->retry_after_s);
		MHD_add_response_header(response, "Retry-After", buf_text(&seconds));
	}
	enum MHD_Result queued = MHD_queue_response(connection, answer->status, response);
	MHD_destroy_response(response);
	return queued;
}

static struct hub_request request_of(const struct exchange *exchange, const char *url,
				     const char *method)
{
	struct MHD_Connection *connection = exchange->connection;
	return (struct hub_request){
		.method = method,
		.path = url,
		.token = MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND,
						     "token"),
		.name = MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND,
						    "name"),
		.key = MHD_lookup_connection_value(connection, MHD_HEADER_KIND,
						   "Idempotency-Key"),
		.content_type = MHD_lookup_connection_value(connection, MHD_HEADER_KIND,
							    "Content-Type"),
		.body = buf_text(&exchange->body),
		.body_bytes = exchange->body.len,
		.too_large = exchange->too_large,
	};
}

static enum MHD_Result on_request(void *arg, struct MHD_Connection *connection,
				  const char *url, const char *method,
				  const char *version, const char *upload,
				  size_t *upload_bytes, void **memory)
{
	struct hub_server *server = arg;
	struct exchange *exchange = *memory;
	(void)version;
	if (exchange == NULL) {
		exchange = mem_new(1, sizeof(*exchange));
		*exchange = (struct exchange){ .connection = connection,
					       .body = BUF_INIT(HUB_BODY_MAX) };
		*memory = exchange;
		return MHD_YES;
	}
	if (*upload_bytes > 0) {
		buf_add(&exchange->body, upload, *upload_bytes);
		exchange->too_large = buf_overflowed(&exchange->body);
		*upload_bytes = 0;
		return MHD_YES;
	}
	struct hub_request request = request_of(exchange, url, method);
	int64_t latency_ms = hub_site_delay_ms(server->site, &request);
	if (latency_ms > 0 && !exchange->has_waited && !server->ends) {
		wait_until(server, exchange, clock_boot_ms() + latency_ms);
		MHD_suspend_connection(connection);
		return MHD_YES;
	}
	struct hub_answer answer;
	hub_site_answer(server->site, &request, &answer);
	return send_answer(connection, &answer);
}

static void on_completed(void *arg, struct MHD_Connection *connection, void **memory,
			 enum MHD_RequestTerminationCode code)
{
	struct hub_server *server = arg;
	struct exchange *exchange = *memory;
	(void)connection, (void)code;
	if (exchange == NULL)
		return;
	leave_list(server, exchange);
	buf_done(&exchange->body);
	free(exchange);
	*memory = NULL;
}

/* ---- life ---- */

struct hub_server *hub_server_new(int listen_fd, struct hub_site *site, struct err *err)
{
	struct hub_server *server = mem_new(1, sizeof(*server));
	server->site = site;
	server->daemon = MHD_start_daemon(
		MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, on_request,
		server, MHD_OPTION_LISTEN_SOCKET, listen_fd, MHD_OPTION_NOTIFY_COMPLETED,
		on_completed, server, MHD_OPTION_CONNECTION_LIMIT,
		(unsigned)CONNECTIONS_MAX, MHD_OPTION_CONNECTION_TIMEOUT,
		(unsigned)IDLE_S, MHD_OPTION_END);
	if (server->daemon != NULL)
		return server;
	close(listen_fd);
	free(server);
	fail(err, ERR_FAILED, "the hub's HTTP server could not be started");
	return NULL;
}

void hub_server_free(struct hub_server *server)
{
	if (server == NULL)
		return;
	server->ends = true;
	resume_due(server, INT64_MAX);
	MHD_run(server->daemon);
	MHD_stop_daemon(server->daemon);
	free(server);
}

int hub_server_fd(const struct hub_server *server)
{
	return MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
}

int64_t hub_server_timeout_ms(const struct hub_server *server)
{
	MHD_UNSIGNED_LONG_LONG daemon_ms;
	int64_t timeout_ms = -1;
	if (MHD_get_timeout(server->daemon, &daemon_ms) == MHD_YES)
		timeout_ms = daemon_ms > INT32_MAX ? INT32_MAX : (int64_t)daemon_ms;
	if (server->first == NULL)
		return timeout_ms;
	int64_t due_ms = server->first->due_ms - clock_boot_ms();
	due_ms = due_ms < 0 ? 0 : due_ms;
	return timeout_ms < 0 || due_ms < timeout_ms ? due_ms : timeout_ms;
}

void hub_server_run(struct hub_server *server)
{
	resume_due(server, clock_boot_ms());
	MHD_run(server->daemon);
}
