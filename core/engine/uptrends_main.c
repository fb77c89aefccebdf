/* `hublink uptrends import`, the part that asks: prints the account, as
 * core/peers/uptrends_fetch.h describes it, on standard output. */
#include <stdio.h>
#include <unistd.h>

#include "core/base/clock.h"
#include "core/base/text.h"
#include "core/engine/api_client.h"
#include "core/engine/commands.h"
#include "core/engine/options.h"
#include "core/peers/uptrends_fetch.h"

struct asking {
	struct api_client client;
	bool shows_progress; /* standard error is a terminal */
	bool tells_progress; /* a line for each answer, for a program that reads them */
};

static bool get(void *arg, const char *path, struct json **ret, struct err *err)
{
	struct asking *asking = arg;
	return api_client_get(&asking->client, path, ret, err);
}

static void tell_progress(void *arg, unsigned done, unsigned wanted)
{
	const struct asking *asking = arg;
	char left[DURATION_TEXT_SIZE];
	if (!asking->shows_progress && !asking->tells_progress)
		return;
	duration_format_short(left, (wanted - done) * asking->client.pause_ms);
	fprintf(stderr, "%sAsking Uptrends: %u of %u answers, at least %s to go%s",
		asking->tells_progress ? "" : "\r\033[K", done, wanted, left,
		asking->tells_progress ? "\n" : "");
}

static bool load_account(const char *path, struct uptrends_account *ret, struct err *err)
{
	DEFER(store_done) struct store *store = NULL;
	return store_open(path, STORE_READ, &store, err) &&
	       store_need_uptrends_account(store, ret, err);
}

static bool ask(struct asking *asking, struct err *err)
{
	DEFER(buf_done) struct buf account = BUF_INIT(UPTRENDS_ACCOUNT_MAX);
	const struct uptrends_source source = { .get = get,
						.progress = tell_progress,
						.arg = asking };
	if (!uptrends_fetch(&source, &account, err))
		return fail_in(err, "Asking Uptrends");
	puts(buf_text(&account));
	return fflush(stdout) == 0 ||
	       fail(err, ERR_FAILED, "Nobody takes the answer any more");
}

static bool run(int argc, char **argv, struct err *err)
{
	struct common_options common;
	struct uptrends_account account;
	struct asking asking = { .shows_progress = isatty(STDERR_FILENO) };
	const struct engine_option options[] = {
		{ .name = "progress", .flag = &asking.tells_progress },
	};
	int words;
	if (!options_read(argc, argv, options, COUNT_OF(options), &common, &words, err))
		return false;
	if (!common.db || words != argc - 1 || !text_equal(argv[words], "fetch"))
		return fail(err, ERR_USAGE,
			    "The engine's part of `uptrends` is `fetch`, with --db PATH; "
			    "use `hublink uptrends import`");
	if (!load_account(common.db, &account, err) ||
	    !api_client_init(&asking.client, &account, NULL, err))
		return false;
	const bool ok = ask(&asking, err);
	api_client_done(&asking.client);
	return ok;
}

int uptrends_main(int argc, char **argv)
{
	struct err err = { 0 };
	return run(argc, argv, &err) ? 0 : report_failure(&err);
}
