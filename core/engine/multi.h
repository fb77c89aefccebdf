/* libcurl's multi handle through its socket interface on one epoll: with hundreds of
 * transfers on their way only those that have something to do are looked at. */
#ifndef ENGINE_MULTI_H
#define ENGINE_MULTI_H

#include <curl/curl.h>
#include <stdint.h>

#include "core/base/compiler.h"
#include "core/base/err.h"

struct multi;

/* One transfer: first member of what its owner knows of it. */
struct multi_job {
	CURL *easy;
	/* It has ended and is the owner's again. Called from inside multi_perform. */
	void (*done)(struct multi_job *job, CURLcode code);
};

/* kept: connections that stay open for the next transfer. NULL on failure. */
struct multi *multi_new(unsigned kept, struct err *err) CHECKED;
/* Every job must have been removed. NULL is fine. */
void multi_free(struct multi *multi);

bool multi_add(struct multi *multi, struct multi_job *job, struct err *err) CHECKED;
void multi_remove(struct multi *multi, struct multi_job *job); /* without an end */

/* Goes on with whatever is ready, without waiting. */
bool multi_perform(struct multi *multi, struct err *err) CHECKED;
int multi_fd(const struct multi *multi); /* readable when there is something to do */
/* How long multi_perform can wait although the descriptor is silent; -1: for ever. */
int multi_timeout_ms(const struct multi *multi);

#endif
