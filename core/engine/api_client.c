#include "core/engine/api_client.h"

#include <limits.h>
#include <poll.h>

#include "core/base/clock.h"
#include "core/base/random.h"

bool api_client_init(struct api_client *client, const struct uptrends_account *account,
		     const char *ca_file, struct err *err)
{
	*client = (struct api_client){ .pause_ms = account->pause_ms };
	return api_call_init(&client->call, account, ca_file, err);
}

void api_client_done(struct api_client *client)
{
	api_call_done(&client->call);
}

/* Its turn has come; the next one's is a pause later at the soonest. */
static void wait_for_turn(struct api_client *client)
{
	int64_t left_ms;
	while ((left_ms = client->next_ms - clock_boot_ms()) > 0)
		(void)poll(NULL, 0, left_ms < INT_MAX ? (int)left_ms : INT_MAX);
	client->next_ms = clock_boot_ms() + client->pause_ms;
}

bool api_client_get(void *arg, const char *path, struct json **ret, struct err *err)
{
	struct api_client *client = arg;
	for (int64_t tries = 1;; tries++) {
		DEFER(buf_done) struct buf error = BUF_INIT(4096);
		struct outcome outcome;
		if (!api_call_load(&client->call, path, err))
			return false;
		wait_for_turn(client);
		const CURLcode code = curl_easy_perform(client->call.easy);
		api_call_outcome(&client->call, code, &error, &outcome);
		const struct retry_decision decision =
			retry_decide(&outcome, tries, 0, random_u64());
		if (decision.verdict != RETRY_TEMPORARY || tries == API_TRIES)
			return api_call_read(&client->call, &outcome, ret, err);
		const int64_t again_ms = clock_boot_ms() + decision.next_attempt_ms;
		if (again_ms > client->next_ms)
			client->next_ms = again_ms;
	}
}
