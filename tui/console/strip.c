#include "tui/console/strip.h"

#include <string.h>

/* By rank: of what falls into one cell the last of these is shown. */
static const char letters[] = " .m-#";

int64_t day_strip_begin_ms(int64_t now_ms)
{
	return (now_ms / STRIP_CELL_MS - (STRIP_CELLS - 1)) * STRIP_CELL_MS;
}

void day_strip_reset(struct day_strip *strip)
{
	*strip = (struct day_strip){ 0 };
	memset(strip->cells, ' ', STRIP_CELLS);
}

static void mark(char *cell, char letter)
{
	if (strchr(letters, letter) > strchr(letters, *cell))
		*cell = letter;
}

static void count_time(struct day_strip *strip, enum span_kind kind, int64_t lasted_ms,
		       int64_t known_ms)
{
	if (kind != SPAN_MUTED && known_ms > strip->known_ms)
		strip->known_ms = known_ms;
	if (kind == SPAN_DEGRADED || kind == SPAN_DOWN)
		strip->wrong_ms += lasted_ms;
}

void day_strip_add(struct day_strip *strip, const struct service_span *span,
		   int64_t now_ms)
{
	int64_t begin = day_strip_begin_ms(now_ms);
	int64_t from = span->from_ms > begin ? span->from_ms : begin;
	bool ended = span->until_ms != 0 && span->until_ms < now_ms;
	int64_t until = ended ? span->until_ms : now_ms;

	if (until < from || (ended && until == from))
		return;
	for (int64_t c = (from - begin) / STRIP_CELL_MS; c < STRIP_CELLS; c++)
		if (begin + c * STRIP_CELL_MS <= until)
			mark(&strip->cells[c], letters[span->kind + 1]);
	count_time(strip, span->kind, until - from, now_ms - from);
}

void day_strip_add_percent(const struct day_strip *strip, struct buf *ret)
{
	if (strip->known_ms < HOUR_MS)
		buf_adds(ret, "--");
	else if (strip->wrong_ms == 0)
		buf_adds(ret, "100");
	else
		buf_addf(ret, "%5.2f",
			 100.0 * (double)(strip->known_ms - strip->wrong_ms) /
				 (double)strip->known_ms);
}
