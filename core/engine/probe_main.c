/* `hublink probe`: one check now, outside the engine; nothing of it is recorded. */
#include <poll.h>
#include <stdio.h>

#include "core/base/text.h"
#include "core/engine/commands.h"
#include "core/engine/multi.h"
#include "core/engine/options.h"
#include "core/engine/prober.h"
#include "core/rules/check_show.h"
#include "core/store.h"

enum { LINE_MAX_BYTES = 8 * REASON_SIZE + 4 * NAME_SIZE };

struct found {
	bool is_here;
	struct check_result result;
};

static void keep(void *arg, int64_t id, const struct check_result *result)
{
	struct found *found = arg;
	(void)id;
	found->result = *result;
	found->is_here = true;
}

static void multi_done(struct multi **multi)
{
	multi_free(*multi);
}

static bool check_now(const struct monitor *monitor, struct check_result *ret,
		      struct err *err)
{
	struct found found = { 0 };
	DEFER(multi_done) struct multi *multi = multi_new(1, err);
	if (!multi)
		return false;
	DEFER(prober_done) struct prober *prober = prober_new(multi, NULL);
	prober->done = keep;
	prober->done_arg = &found;
	if (!prober->ops->start(prober, 0, monitor, err))
		return false;
	while (!found.is_here) {
		struct pollfd ready = { .fd = multi_fd(multi), .events = POLLIN };
		(void)poll(&ready, 1, multi_timeout_ms(multi));
		if (!multi_perform(multi, err))
			return false;
	}
	*ret = found.result;
	return true;
}

/* ---- what is said of it ---- */

static void say_json(const char *name, const struct check_result *result)
{
	DEFER(buf_done) struct buf line = BUF_INIT(LINE_MAX_BYTES);
	struct json_writer w = { .out = &line };
	json_open_object(&w, NULL);
	json_put_string(&w, "monitor", name);
	json_put_bool(&w, "ok", result->verdict == CHECK_PASSED);
	check_result_put_members(&w, result);
	json_close(&w);
	puts(buf_text(&line));
}

static void say_phase(void *arg, const char *name, int64_t us)
{
	DEFER(buf_done) struct buf time = BUF_INIT(64);
	(void)arg;
	check_time_add(&time, us);
	printf("  %-10s %12s\n", name, buf_text(&time));
}

static void say_text(const char *name, const struct check_result *result)
{
	DEFER(buf_done) struct buf line = BUF_INIT(LINE_MAX_BYTES);
	text_add_safe(&line, name, false);
	buf_adds(&line, ": ");
	check_result_add(&line, result);
	puts(buf_text(&line));
	check_result_phases(result, say_phase, NULL);
}

/* ---- the command ---- */

static bool find(const char *db, const char *name, struct monitor *ret, struct err *err)
{
	DEFER(store_done) struct store *store = NULL;
	int64_t id;
	if (!store_open(db, STORE_READ, &store, err) ||
	    !store_find_id(store, RECORD_MONITOR, name, &id, err) ||
	    !store_get(store, RECORD_MONITOR, id, ret, err))
		return false;
	return ret->check_type != CHECK_NONE ||
	       fail(err, ERR_INVALID,
		    "Monitor '%s' has no check: it is fed by events alone; give it one "
		    "in "
		    "the console or by `hublink import`",
		    ret->name);
}

static bool read_options(int argc, char **argv, struct common_options *ret,
			 const char **ret_name, struct err *err)
{
	int words = 0;
	if (!options_read(argc, argv, NULL, 0, ret, &words, err))
		return false;
	if (argc - words != 1 || !ret->db)
		return fail(err, ERR_USAGE, "`hublink probe` takes one monitor");
	*ret_name = argv[words];
	return true;
}

int probe_main(int argc, char **argv)
{
	struct common_options common;
	struct monitor monitor;
	struct check_result result;
	struct err err = { 0 };
	const char *name;
	if (!read_options(argc, argv, &common, &name, &err) ||
	    !find(common.db, name, &monitor, &err) || !check_now(&monitor, &result, &err))
		return report_failure(&err);
	if (common.json)
		say_json(monitor.name, &result);
	else
		say_text(monitor.name, &result);
	return result.verdict == CHECK_PASSED ? 0 : 1;
}
