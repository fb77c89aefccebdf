#include "core/engine/hosts.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/hash.h"
#include "core/base/mem.h"
#include "core/rules/model.h"
#include "core/rules/url.h"

enum { CAPACITY_FIRST = 64 };

#define SECOND_US INT64_C(1000000)

static size_t hash(int64_t integration_id, const char *name)
{
	const uint64_t h = hash_text(HASH_BEGIN ^ (uint64_t)integration_id, name);
	return (size_t)(h ^ (h >> 32));
}

static struct host **bucket_of(const struct hosts *hosts, int64_t integration_id,
			       const char *name)
{
	return &hosts->buckets[hash(integration_id, name) & (hosts->capacity - 1)];
}

static void grow(struct hosts *hosts)
{
	struct hosts larger = { .capacity = hosts->capacity ? 2 * hosts->capacity
							    : CAPACITY_FIRST,
				.count = hosts->count };
	larger.buckets = mem_new(larger.capacity, sizeof(struct host *));
	for (size_t i = 0; i < hosts->capacity; i++) {
		for (struct host *host = hosts->buckets[i]; host;) {
			struct host *next = host->next;
			struct host **bucket =
				bucket_of(&larger, host->integration_id, host->name);
			host->next = *bucket;
			*bucket = host;
			host = next;
		}
	}
	free(hosts->buckets);
	*hosts = larger;
}

struct host *hosts_find(struct hosts *hosts, int64_t integration_id, const char *url,
			int64_t max_per_second)
{
	char name[HOST_SIZE] = "";
	bool limited = url_host(url, name, sizeof(name)) && max_per_second > 0 &&
		       !url_is_loopback(url);
	if (hosts->count >= hosts->capacity)
		grow(hosts);

	struct host **bucket = bucket_of(hosts, integration_id, name);
	struct host *host = *bucket;
	while (host &&
	       (host->integration_id != integration_id || strcmp(host->name, name) != 0))
		host = host->next;
	if (!host) {
		host = mem_new(1, sizeof(*host));
		host->integration_id = integration_id;
		host->name = mem_strdup(name);
		host->next = *bucket;
		*bucket = host;
		hosts->count++;
	}
	host->spacing_us =
		limited ? (SECOND_US + max_per_second - 1) / max_per_second : 0;
	return host;
}

void hosts_done(struct hosts *hosts)
{
	for (size_t i = 0; i < hosts->capacity; i++) {
		for (struct host *host = hosts->buckets[i]; host;) {
			struct host *next = host->next;
			free(host->name);
			free(host);
			host = next;
		}
	}
	free(hosts->buckets);
	*hosts = (struct hosts){ 0 };
}

/* The clock counts milliseconds: what is closer together leaves within one. */
bool host_is_free(const struct host *host, int64_t boot_ms)
{
	int64_t until_us =
		host->spacing_us < 1000 ? boot_ms * 1000 + 999 : boot_ms * 1000;
	return host->spacing_us == 0 || host->free_us <= until_us;
}

void host_take(struct host *host, int64_t boot_ms)
{
	int64_t from_us = host->free_us > boot_ms * 1000 ? host->free_us : boot_ms * 1000;
	host->free_us = from_us + host->spacing_us;
}

bool host_recovers(struct host *host, int64_t boot_ms)
{
	bool was_silent =
		host->success_ms == 0 || boot_ms - host->success_ms >= HOST_SILENCE_MS;
	if (!was_silent || host->recovers_ms == boot_ms)
		return false;
	host->recovers_ms = boot_ms;
	return true;
}

void host_succeeded(struct host *host, int64_t boot_ms)
{
	host->success_ms = boot_ms;
}
