#include "core/engine/notify.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* "/run/…" is a path, "@…" a name in Linux's abstract space. Returns the length, 0 if
 * it is neither. */
static socklen_t supervisor_address(struct sockaddr_un *ret)
{
	const char *name = getenv("NOTIFY_SOCKET");
	size_t length = name ? strlen(name) : 0;
	if (length < 2 || length >= sizeof(ret->sun_path) ||
	    (name[0] != '/' && name[0] != '@'))
		return 0;

	*ret = (struct sockaddr_un){ .sun_family = AF_UNIX };
	memcpy(ret->sun_path, name, length);
	if (name[0] == '@')
		ret->sun_path[0] = '\0';
	return (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length);
}

void notify_send(const char *state)
{
	struct sockaddr_un address;
	socklen_t length = supervisor_address(&address);
	if (length == 0)
		return;
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return;
	(void)sendto(fd, state, strlen(state), MSG_NOSIGNAL, (struct sockaddr *)&address,
		     length);
	close(fd);
}

static long long number_in(const char *variable)
{
	const char *text = getenv(variable);
	return text ? strtoll(text, NULL, 10) : 0;
}

int64_t notify_watchdog_ms(void)
{
	long long pid = number_in("WATCHDOG_PID");
	if (pid != 0 && pid != getpid())
		return 0;
	long long allowed_us = number_in("WATCHDOG_USEC");
	return allowed_us > 0 ? allowed_us / 1000 / 2 : 0;
}
