#include "tui/console/record_holdings.h"

#include "core/base/buf.h"

static const char *const words[RECORD_KIND_COUNT][2] = {
	[RECORD_SERVICE] = { "service and its URL", "services and their URLs" },
	[RECORD_LEVEL] = { "level", "levels" },
	[RECORD_PLACEMENT] = { "placed integration", "placed integrations" },
	[RECORD_LINK] = { "link", "links" },
};

bool record_add_holdings(struct store *store, enum record_kind kind, int64_t id,
			 struct buf *ret, struct err *err)
{
	int64_t held[RECORD_KIND_COUNT];
	bool first = true;

	if (!store_count_held(store, kind, id, held, err))
		return false;
	for (int i = 0; i < RECORD_KIND_COUNT; i++) {
		if (held[i] == 0)
			continue;
		buf_addf(ret, "%s%lld %s", first ? "It takes with it " : ", ",
			 (long long)held[i], words[i][held[i] != 1]);
		first = false;
	}
	buf_adds(ret, first ? "Nothing hangs on it." : ".");
	return true;
}
