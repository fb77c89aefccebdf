/* Where a server of ours listens: an address and a port, as people write them. */
#ifndef ENGINE_ADDRESS_H
#define ENGINE_ADDRESS_H

#include <stdbool.h>
#include <sys/socket.h>

#include "core/base/buf.h"
#include "core/base/err.h"

struct address {
	struct sockaddr_storage socket;
	socklen_t bytes;
	bool is_loopback;
};

/* ADDRESS:PORT with an IPv4 address, an IPv6 one in brackets, or "localhost"; port 0: a
 * free one. ERR_INVALID names --listen and what was given. */
bool address_parse(const char *text, struct address *ret, struct err *err) CHECKED;

/* A socket that listens there, to be closed by the caller. ERR_FAILED says why not. */
bool address_listen(const struct address *address, int *ret_fd, struct err *err) CHECKED;

/* Appends "http://127.0.0.1:8080": where the socket listens in fact. */
void address_add_url(int listen_fd, struct buf *ret);

#endif
