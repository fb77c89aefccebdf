/* `hublink engine`: the lock, the store, the transport and the loop, put together. */
#include <inttypes.h>
#include <unistd.h>

#include "core/base/clock.h"
#include "core/base/lock.h"
#include "core/base/log.h"
#include "core/engine/commands.h"
#include "core/engine/engine.h"
#include "core/engine/http.h"
#include "core/engine/loop.h"
#include "core/engine/options.h"

struct engine_options {
	struct common_options common;
	int64_t max_in_flight;
	bool until_idle;
};

static bool read_options(int argc, char **argv, struct engine_options *ret,
			 struct err *err)
{
	const char *in_flight = NULL;
	int words = 0;
	*ret = (struct engine_options){ .max_in_flight = IN_FLIGHT_DEFAULT };
	const struct engine_option options[] = {
		{ .name = "until-idle", .flag = &ret->until_idle },
		{ .name = "max-in-flight", .text = &in_flight },
	};
	if (!options_read(argc, argv, options, COUNT_OF(options), &ret->common, &words,
			  err))
		return false;
	if (words < argc)
		return fail(err, ERR_USAGE, "`hublink engine` takes no word like '%s'",
			    argv[words]);
	if (!ret->common.db)
		return fail(err, ERR_USAGE,
			    "The engine needs --db PATH; `hublink engine` gives it");
	if (ret->common.read_only)
		return fail(err, ERR_REFUSED,
			    "An engine writes; start it without --read-only");
	return !in_flight || options_number("max-in-flight", in_flight, 1, IN_FLIGHT_MAX,
					    &ret->max_in_flight, err);
}

static void transport_done(struct transport **transport)
{
	if (*transport)
		(*transport)->ops->free(*transport);
}

static void engine_done(struct engine **engine)
{
	engine_free(*engine);
}

static bool work(const struct engine_options *options, struct store *store,
		 struct err *err)
{
	const struct http_options http = { .max_in_flight =
						   (unsigned)options->max_in_flight };
	const struct loop_options loop = { .until_idle = options->until_idle };
	const struct instant now = { .wall_ms = clock_now_ms(&(struct clock){ 0 }),
				     .boot_ms = clock_boot_ms() };
	DEFER(transport_done) struct transport *transport = http_new(&http, err);
	DEFER(engine_done) struct engine *engine = NULL;
	if (!transport || !engine_new(store, transport, (unsigned)options->max_in_flight,
				      now, &engine, err))
		return false;
	log_line(LOG_LEVEL_INFO, "The engine (process %d) works on %s", (int)getpid(),
		 store_path(store));
	return loop_run(engine, store, transport, &loop, err);
}

/* Store before lock, because the lock lies beside a file that may have to be made. */
static bool run(const struct engine_options *options, struct err *err)
{
	DEFER(store_done) struct store *store = NULL;
	DEFER(lock_release) struct lock lock = LOCK_NONE;
	return store_open(options->common.db, STORE_CREATE, &store, err) &&
	       lock_take(options->common.db, &lock, err) && work(options, store, err);
}

int engine_main(int argc, char **argv)
{
	struct engine_options options;
	struct err err = { 0 };
	loop_block_signals();
	if (read_options(argc, argv, &options, &err) && run(&options, &err))
		return 0;
	return report_failure(&err);
}
