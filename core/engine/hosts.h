/* What the engine remembers of the hosts it sends to: how soon the next request may
 * leave (max_per_second), and when it last had a success. All times are of the boot
 * clock, which no clock change moves. */
#ifndef ENGINE_HOSTS_H
#define ENGINE_HOSTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	HOST_SILENCE_MS = 30 * 1000
}; /* a success after this long without one makes the host's waiting updates due */

/* A host as one integration uses it: the rate is per integration and host. */
struct host {
	int64_t integration_id;
	char *name;          /* host[:port] */
	int64_t spacing_us;  /* between two requests; 0: no limit */
	int64_t free_us;     /* the next request may leave then */
	int64_t success_ms;  /* the last one; 0: none yet */
	int64_t recovers_ms; /* host_recovers said so then */
	size_t ready;        /* updates that wait in memory for it */
	bool has_more;       /* and more that did not fit */
	struct host *next;   /* in its bucket */
};

struct hosts {
	struct host **buckets;
	size_t capacity, count;
};

/* The host of url as the integration uses it; lives as long as hosts. max_per_second:
 * today's setting, 0 is no limit; never one for a loopback host. */
struct host *hosts_find(struct hosts *hosts, int64_t integration_id, const char *url,
			int64_t max_per_second);
void hosts_done(struct hosts *hosts);

bool host_is_free(const struct host *host, int64_t boot_ms);
/* A request leaves: the next one may after the spacing. */
void host_take(struct host *host, int64_t boot_ms);

/* Would a success now be the first one after HOST_SILENCE_MS or more, or the first of
 * all? True once per instant. */
bool host_recovers(struct host *host, int64_t boot_ms);
void host_succeeded(struct host *host, int64_t boot_ms);

#endif
