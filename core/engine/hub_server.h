/* The stand-in's HTTP: libmicrohttpd without a thread of its own, driven by whoever waits
 * for its descriptor. */
#ifndef ENGINE_HUB_SERVER_H
#define ENGINE_HUB_SERVER_H

#include <stdint.h>

#include "core/base/err.h"
#include "core/engine/hub_site.h"

struct hub_server;

/* Takes over listen_fd, even when it fails. site is borrowed and must outlive the server.
 * NULL on failure. */
struct hub_server *hub_server_new(int listen_fd, struct hub_site *site, struct err *err)
	CHECKED;
/* Answers what waits, then closes everything. NULL is fine. */
void hub_server_free(struct hub_server *server);

/* Readable when hub_server_run has something to do; so has it after hub_server_timeout_ms
 * (-1: never). */
int hub_server_fd(const struct hub_server *server);
int64_t hub_server_timeout_ms(const struct hub_server *server);
void hub_server_run(struct hub_server *server);

#endif
