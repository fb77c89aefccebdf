#include "core/engine/address.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <unistd.h>

#include "core/base/text.h"
#include "core/rules/url.h"

enum { HOST_MAX = 64, SHOWN_MAX = 400, BACKLOG = 4096 };

/* HOST:PORT into its two parts; an IPv6 host keeps its brackets. */
static bool split(const char *text, char host[HOST_MAX], int64_t *ret_port)
{
	const char *colon = strrchr(text, ':');
	if (colon == NULL || colon == text || (size_t)(colon - text) >= HOST_MAX)
		return false;
	memcpy(host, text, (size_t)(colon - text));
	host[colon - text] = '\0';
	return text_integer(colon + 1, ret_port) && *ret_port >= 0 && *ret_port <= 65535;
}

static bool fill_ipv4(const char *host, uint16_t port, struct address *ret)
{
	struct sockaddr_in in = { .sin_family = AF_INET, .sin_port = htons(port) };
	if (inet_pton(AF_INET, host, &in.sin_addr) != 1)
		return false;
	memcpy(&ret->socket, &in, sizeof(in));
	ret->bytes = sizeof(in);
	return true;
}

/* host is in its brackets. */
static bool fill_ipv6(char *host, uint16_t port, struct address *ret)
{
	struct sockaddr_in6 in6 = { .sin6_family = AF_INET6, .sin6_port = htons(port) };
	size_t length = strlen(host);
	if (host[length - 1] != ']')
		return false;
	host[length - 1] = '\0';
	if (inet_pton(AF_INET6, host + 1, &in6.sin6_addr) != 1)
		return false;
	memcpy(&ret->socket, &in6, sizeof(in6));
	ret->bytes = sizeof(in6);
	return true;
}

static bool fill(char host[HOST_MAX], uint16_t port, struct address *ret)
{
	ret->is_loopback = url_host_is_loopback((struct span){ host, strlen(host) });
	if (*host == '[')
		return fill_ipv6(host, port, ret);
	return fill_ipv4(text_equal_nocase(host, "localhost") ? "127.0.0.1" : host, port,
			 ret);
}

bool address_parse(const char *text, struct address *ret, struct err *err)
{
	struct address address = { 0 };
	char host[HOST_MAX];
	int64_t port;
	if (split(text, host, &port) && fill(host, (uint16_t)port, &address)) {
		*ret = address;
		return true;
	}
	DEFER(buf_done) struct buf shown = BUF_INIT(SHOWN_MAX);
	text_add_safe(&shown, text, false);
	return fail(err, ERR_INVALID,
		    "--listen '%s' is no ADDRESS:PORT like 127.0.0.1:8080",
		    buf_text(&shown));
}

bool address_listen(const struct address *address, int *ret_fd, struct err *err)
{
	const struct sockaddr *to = (const struct sockaddr *)&address->socket;
	int yes = 1;
	int fd = socket(to->sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd >= 0 && setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes)) == 0 &&
	    bind(fd, to, address->bytes) == 0 && listen(fd, BACKLOG) == 0) {
		*ret_fd = fd;
		return true;
	}
	(void)fail(err, ERR_FAILED,
		   "Nothing can listen there: %s; give another port with --listen",
		   strerror(errno));
	if (fd >= 0)
		close(fd);
	return false;
}

void address_add_url(int listen_fd, struct buf *ret)
{
	struct sockaddr_storage bound = { 0 };
	socklen_t bytes = sizeof(bound);
	char host[INET6_ADDRSTRLEN] = "";

	getsockname(listen_fd, (struct sockaddr *)&bound, &bytes);
	if (bound.ss_family == AF_INET6) {
		const struct sockaddr_in6 *in6 =
			(const struct sockaddr_in6 *)(const void *)&bound;
		buf_addf(ret, "http://[%s]:%u",
			 inet_ntop(AF_INET6, &in6->sin6_addr, host, sizeof(host)),
			 (unsigned)ntohs(in6->sin6_port));
		return;
	}
	const struct sockaddr_in *in = (const struct sockaddr_in *)(const void *)&bound;
	buf_addf(ret, "http://%s:%u",
		 inet_ntop(AF_INET, &in->sin_addr, host, sizeof(host)),
		 (unsigned)ntohs(in->sin_port)); /* NOLINT: getsockname has set it */
}
