/* Hosts that did not answer lately. Their requests go over HTTP/1.1 for a while, on a connection
 * each: of many that share one, all hang with it, and those that come next, for libcurl goes on
 * using a connection on which requests time out. */
#ifndef ENGINE_WARY_H
#define ENGINE_WARY_H

#include <stdbool.h>
#include <stdint.h>

enum { WARY_HOSTS = 32, WARY_MS = 5 * 60 * 1000 };

/* Zeroed: of nobody. More hosts than that: the one that is forgotten soonest makes room. */
struct wary {
	int64_t until_ms; /* of the last of them: usually there are none */
	struct {
		uint64_t host; /* hash of its name */
		int64_t until_ms;
	} hosts[WARY_HOSTS];
};

/* The URL's host did not answer; boot clock. */
void wary_note(struct wary *wary, const char *url, int64_t boot_ms);
bool wary_of(const struct wary *wary, const char *url, int64_t boot_ms);

#endif
