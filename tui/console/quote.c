#include "tui/console/quote.h"

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/judge/report.h"
#include "tui/console/rows.h"

static const char *const page_words[SERVICE_STATUS_COUNT] = {
	[SERVICE_OPERATIONAL] = "Service is operating normally",
	[SERVICE_DEGRADED] = "Degraded performance",
	[SERVICE_DISRUPTION] = "Service disruption",
};

bool quote_add(struct store *store, const struct delivery *delivery, const char *words,
	       struct buf *ret, struct err *err)
{
	DEFER(mem_free) struct public_words *read = mem_new(1, sizeof(*read));

	if (!report_words(store, delivery->id, read, err))
		return false;
	buf_addf(ret, "%s: %s, %s. %s\n\n%s%s%s", delivery->service,
		 page_words[delivery->service_status],
		 incident_word(delivery->incident_status), words, read->title,
		 read->title[0] != '\0' ? "\n" : "", read->description);
	return true;
}

void quote_add_when(const struct app *app, const struct delivery *delivery,
		    struct buf *ret)
{
	static const char *const when[MODE_COUNT] = {
		[MODE_DRY_RUN] = "The mode is dry-run: it is recorded, and never sent.",
		[MODE_PAUSED] = "The mode is paused: it goes public once it is live.",
		[MODE_LIVE] = "It goes public now.",
	};

	if (delivery->dry && app->mode != MODE_DRY_RUN)
		buf_adds(ret, "It was decided in dry-run: it is never sent.");
	else
		buf_addf(ret, "%s%s", when[app->mode],
			 app->engine_running ? ""
					     : " No engine runs, so it waits for one.");
}
