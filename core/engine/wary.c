#include "core/engine/wary.h"

#include "core/base/hash.h"
#include "core/rules/model.h"
#include "core/rules/url.h"

/* Two hosts of one hash are treated alike, which harms neither. */
static uint64_t hash_of(const char *url)
{
	char name[HOST_SIZE] = "";
	return url_host(url, name, sizeof(name)) ? hash_text(HASH_BEGIN, name) : 0;
}

void wary_note(struct wary *wary, const char *url, int64_t boot_ms)
{
	const uint64_t host = hash_of(url);
	unsigned place = 0;
	for (unsigned i = 0; i < WARY_HOSTS; i++) {
		if (wary->hosts[i].host == host) {
			place = i;
			break;
		}
		if (wary->hosts[i].until_ms < wary->hosts[place].until_ms)
			place = i;
	}
	wary->until_ms = boot_ms + WARY_MS;
	wary->hosts[place].host = host;
	wary->hosts[place].until_ms = wary->until_ms;
}

bool wary_of(const struct wary *wary, const char *url, int64_t boot_ms)
{
	if (wary->until_ms <= boot_ms)
		return false;
	const uint64_t host = hash_of(url);
	for (unsigned i = 0; i < WARY_HOSTS; i++)
		if (wary->hosts[i].host == host)
			return wary->hosts[i].until_ms > boot_ms;
	return false;
}
