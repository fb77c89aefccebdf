/* `hublink engine`: the lock, the store, the transport and the loop, put together. */
#include <inttypes.h>
#include <sys/resource.h>
#include <unistd.h>

#include "core/base/clock.h"
#include "core/base/lock.h"
#include "core/base/log.h"
#include "core/engine/address.h"
#include "core/engine/commands.h"
#include "core/engine/courier.h"
#include "core/engine/engine.h"
#include "core/engine/http.h"
#include "core/engine/landings.h"
#include "core/engine/loop.h"
#include "core/engine/options.h"
#include "core/engine/follow.h"
#include "core/engine/probe.h"
#include "core/engine/sweeper.h"

struct engine_options {
	struct common_options common;
	struct address address;
	const char *listen, *label; /* listen NULL: nobody listens */
	int64_t max_requests;       /* a second, of one token */
	int64_t max_in_flight;
	bool until_idle;
};

static bool read_options(int argc, char **argv, struct engine_options *ret,
			 struct err *err)
{
	const char *in_flight = NULL, *requests = NULL;
	int words = 0;
	*ret = (struct engine_options){ .label = ALERTMANAGER_LABEL,
					.max_requests = INGEST_REQUESTS_DEFAULT,
					.max_in_flight = IN_FLIGHT_DEFAULT };
	const struct engine_option options[] = {
		{ .name = "until-idle", .flag = &ret->until_idle },
		{ .name = "max-in-flight", .text = &in_flight },
		{ .name = "listen", .text = &ret->listen },
		{ .name = "max-requests", .text = &requests },
		{ .name = "alertmanager-label", .text = &ret->label },
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
	if (ret->listen && !address_parse(ret->listen, &ret->address, err))
		return false;
	return (!in_flight || options_number("max-in-flight", in_flight, 1, IN_FLIGHT_MAX,
					     &ret->max_in_flight, err)) &&
	       (!requests ||
		options_number("max-requests", requests, 0, INGEST_REQUESTS_MAX,
			       &ret->max_requests, err));
}

static void multi_done(struct multi **multi)
{
	multi_free(*multi);
}

/* Updates leave in a thread of their own; checks and questions to Uptrends share the
 * engine's. */
static struct transport *transport_new(const struct http_options *options,
				       struct multi *multi, struct err *err)
{
	struct transport *carrier = multi ? http_new(options, err) : NULL;
	return carrier ? courier_new(carrier, multi, err) : NULL;
}

static void transport_done(struct transport **transport)
{
	if (*transport)
		(*transport)->ops->free(*transport);
}

static void landings_done(struct landings **landings)
{
	landings_close(*landings);
}

static void engine_done(struct engine **engine)
{
	engine_free(*engine);
}

static void ingest_done(struct ingest **ingest)
{
	ingest_free(*ingest);
}

static void probe_done(struct probe **probe)
{
	probe_free(*probe);
}

static void sweeper_done(struct sweeper **sweeper)
{
	sweeper_free(*sweeper);
}

static void follow_done(struct follow **follow)
{
	follow_free(*follow);
}

/* One that only works off what is there checks nothing, asks nobody, and tidies nothing. */
static void begin_sources(const struct engine_options *options, struct engine *engine,
			  struct prober *prober, struct multi *multi,
			  struct probe **ret_probe, struct follow **ret_follow,
			  struct sweeper **ret_sweeper)
{
	if (options->until_idle)
		return;
	*ret_probe = probe_new(prober, PROBES_IN_FLIGHT);
	*ret_follow = follow_new(multi, NULL);
	engine_check(engine, *ret_probe);
	engine_follow(engine, *ret_follow);
	*ret_sweeper = sweeper_new();
	engine_sweep(engine, *ret_sweeper);
}

/* Connections from outside take no descriptor that the database or an update needs: where
 * there are few, the listener has fewer. */
static unsigned connections_to_take(void)
{
	enum { OF_OTHERS = 32 };
	struct rlimit limit;
	if (getrlimit(RLIMIT_NOFILE, &limit) != 0 ||
	    limit.rlim_cur >= OF_OTHERS + 2 * INGEST_CONNECTIONS)
		return INGEST_CONNECTIONS;
	return limit.rlim_cur > OF_OTHERS + 1 ? (unsigned)(limit.rlim_cur - OF_OTHERS) / 2
					      : 1;
}

static bool open_listener(const struct engine_options *options, struct store *store,
			  struct ingest **ret, struct err *err)
{
	const struct ingest_options ingest = { .label = options->label,
					       .max_per_second = options->max_requests,
					       .connections = connections_to_take() };
	int fd;
	if (!options->listen)
		return true;
	if (!address_listen(&options->address, &fd, err))
		return false;
	DEFER(buf_done) struct buf url = BUF_INIT(128);
	address_add_url(fd, &url);
	*ret = ingest_new(fd, &ingest, store, err);
	if (!*ret)
		return false;
	log_line(LOG_LEVEL_INFO, "Listening on %s", buf_text(&url));
	if (!options->address.is_loopback)
		log_line(
			LOG_LEVEL_WARNING,
			"Others than this machine can reach the listener, and nothing is "
			"encrypted there; put a TLS proxy before it");
	return true;
}

static bool work(const struct engine_options *options, struct store *store,
		 struct err *err)
{
	const struct http_options http = { .max_in_flight =
						   (unsigned)options->max_in_flight };
	struct loop_options loop = { .until_idle = options->until_idle };
	const struct instant now = { .wall_ms = clock_now_ms(&(struct clock){ 0 }),
				     .boot_ms = clock_boot_ms() };
	DEFER(multi_done) struct multi *multi = multi_new(PROBES_IN_FLIGHT, err);
	DEFER(transport_done)
	struct transport *transport = transport_new(&http, multi, err);
	DEFER(ingest_done) struct ingest *ingest = NULL;
	DEFER(prober_done) struct prober *prober = NULL;
	DEFER(probe_done) struct probe *probe = NULL;
	DEFER(follow_done) struct follow *follow = NULL;
	DEFER(sweeper_done) struct sweeper *sweeper = NULL;
	DEFER(landings_done)
	struct landings *landings = landings_open(
		store_path(store), http.max_in_flight + OUTCOMES_PER_COMMIT);
	DEFER(engine_done) struct engine *engine = NULL;
	if (!transport || !open_listener(options, store, &ingest, err) ||
	    !landings_store(landings, store, now.wall_ms, err) ||
	    !engine_new(store, transport, http.max_in_flight, now, &engine, err))
		return false;
	engine_note(engine, landings);
	engine_listen(engine, ingest);
	prober = prober_new(multi, NULL);
	begin_sources(options, engine, prober, multi, &probe, &follow, &sweeper);
	loop.ingest = ingest;
	log_line(LOG_LEVEL_INFO, "The engine (process %d) works on %s", (int)getpid(),
		 store_path(store));
	if (!loop_run(engine, store, transport, &loop, err))
		return false;
	landings_remove(landings);
	return true;
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
