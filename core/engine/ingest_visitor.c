/* Who is connected, and until when each may take to say what they want. */
#include <stdlib.h>
#include <sys/socket.h>

#include "core/base/mem.h"
#include "core/engine/ingest_parts.h"

static void leave_list(struct ingest *ingest, struct visitor *visitor)
{
	if (!visitor->is_listed)
		return;
	*(visitor->before ? &visitor->before->after : &ingest->first) = visitor->after;
	*(visitor->after ? &visitor->after->before : &ingest->last) = visitor->before;
	visitor->is_listed = false;
}

/* All deadlines are equally long: who begins last is due last. */
static void begin_deadline(struct ingest *ingest, struct visitor *visitor)
{
	leave_list(ingest, visitor);
	visitor->since_ms = ingest->boot_ms;
	visitor->before = ingest->last;
	visitor->after = NULL;
	*(ingest->last ? &ingest->last->after : &ingest->first) = visitor;
	ingest->last = visitor;
	visitor->is_listed = true;
}

static struct visitor *visitor_of(struct MHD_Connection *connection)
{
	return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)
		->socket_context;
}

/* libmicrohttpd notices that nothing more can come, and closes. */
void ingest_close_late(struct ingest *ingest)
{
	while (ingest->first &&
	       ingest->first->since_ms + ingest->options.deadline_ms <= ingest->boot_ms) {
		struct visitor *visitor = ingest->first;
		int fd = MHD_get_connection_info(visitor->connection,
						 MHD_CONNECTION_INFO_CONNECTION_FD)
				 ->connect_fd;
		leave_list(ingest, visitor);
		shutdown(fd, SHUT_RDWR);
	}
}

int64_t ingest_deadline_ms(const struct ingest *ingest, int64_t boot_ms)
{
	if (!ingest->first)
		return -1;
	int64_t left_ms = ingest->first->since_ms + ingest->options.deadline_ms - boot_ms;
	return left_ms > 0 ? left_ms : 0;
}

void visitor_begins(struct ingest *ingest, struct MHD_Connection *connection)
{
	begin_deadline(ingest, visitor_of(connection));
}

void visitor_waits(struct ingest *ingest, struct MHD_Connection *connection)
{
	leave_list(ingest, visitor_of(connection));
}

/* ---- connections ---- */

enum MHD_Result ingest_may_connect(void *arg, const struct sockaddr *address,
				   socklen_t bytes)
{
	const struct ingest *ingest = arg;
	(void)address, (void)bytes;
	return ingest->visitors < ingest->options.connections ? MHD_YES : MHD_NO;
}

void ingest_on_connection(void *arg, struct MHD_Connection *connection, void **context,
			  enum MHD_ConnectionNotificationCode code)
{
	struct ingest *ingest = arg;
	struct visitor *visitor = *context;
	if (code == MHD_CONNECTION_NOTIFY_STARTED) {
		visitor = mem_new(1, sizeof(*visitor));
		visitor->connection = connection;
		ingest->visitors++;
		begin_deadline(ingest, visitor);
		*context = visitor;
		return;
	}
	leave_list(ingest, visitor);
	ingest->visitors--;
	free(visitor);
	*context = NULL;
}
