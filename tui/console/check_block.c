#include "tui/console/check_block.h"

#include <string.h>

#include "core/base/clock.h"
#include "core/rules/check.h"
#include "core/rules/check_show.h"
#include "core/store_sources.h"
#include "tui/console/rows.h"

enum { BLOCK_TEXT_MAX = 4 * URL_SIZE };

struct strip {
	struct check_result newest;
	char marks[CHECK_RESULTS_KEPT + 1]; /* the newest last */
	int count;
};

static bool add_result(void *arg, const struct check_result *result)
{
	static const char marks[CHECK_VERDICT_COUNT] = { '.', '?', '!' };
	struct strip *strip = arg;
	if (strip->count == 0)
		strip->newest = *result;
	strip->count++;
	strip->marks[CHECK_RESULTS_KEPT - strip->count] = marks[result->verdict];
	return strip->count < CHECK_RESULTS_KEPT;
}

static void add_phase(void *arg, const char *name, int64_t us)
{
	struct buf *text = arg;
	buf_addf(text, "%s%s ", text->len > 0 ? ", " : "", name);
	check_time_add(text, us);
}

static enum role role_of(const struct check_result *result)
{
	return result->verdict == CHECK_PASSED   ? ROLE_OK
	       : result->verdict == CHECK_FAILED ? ROLE_BAD
						 : ROLE_WARN;
}

static void add_newest(struct lines *lines, const struct check_result *newest,
		       int64_t now_ms)
{
	DEFER(buf_done) struct buf text = BUF_INIT(BLOCK_TEXT_MAX);
	check_result_add(&text, newest);
	buf_adds(&text, ", ");
	add_age(&text, newest->at_ms, now_ms);
	buf_adds(&text, " ago");
	lines_fact(lines, "last check", role_of(newest), buf_text(&text));
	buf_reset(&text);
	check_result_phases(newest, add_phase, &text);
	lines_fact(lines, "it took", ROLE_DIM, buf_text(&text));
}

static void add_check(struct lines *lines, const struct monitor *monitor)
{
	char every[DURATION_TEXT_SIZE];
	DEFER(buf_done) struct buf text = BUF_INIT(BLOCK_TEXT_MAX);
	buf_addf(&text, "%s ", check_type_text(monitor->check_type));
	check_target_add_masked(&text, monitor->check_target);
	buf_addf(&text, " every %s", duration_format(every, monitor->check_every_ms));
	lines_fact(lines, "check", ROLE_TEXT, buf_text(&text));
}

bool check_block_add(struct lines *lines, struct store *store,
		     const struct monitor *monitor, int64_t now_ms, struct err *err)
{
	struct strip strip = { 0 };
	if (monitor->check_type == CHECK_NONE)
		return true;
	add_check(lines, monitor);
	if (!store_list_check_results(store, monitor->head.id, CHECK_RESULTS_KEPT,
				      add_result, &strip, err))
		return false;
	if (strip.count == 0) {
		lines_fact(lines, "last check", ROLE_DIM,
			   monitor->active ? "none yet"
					   : "none: the monitor is inactive");
		return true;
	}
	add_newest(lines, &strip.newest, now_ms);
	lines_fact(lines, "checks", ROLE_TEXT,
		   strip.marks + CHECK_RESULTS_KEPT - strip.count);
	lines_fact(lines, "", ROLE_DIM,
		   ". ok   ? unconfirmed   ! failed; the newest last");
	return true;
}
