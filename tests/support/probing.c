#include "tests/support/probing.h"

#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/engine/multi.h"
#include "core/engine/prober.h"
#include "core/rules/fields.h"
#include "tests/support/check.h"
#include "tests/support/place.h"

struct found {
	int count;
	struct check_result result; /* the last */
};

int probing_open(void **state)
{
	struct probing *probing = mem_new(1, sizeof(*probing));
	probing->receiver = receiver_new();
	record_defaults(RECORD_MONITOR, &probing->monitor);
	probing->monitor.check_type = CHECK_HTTP;
	probing->monitor.check_timeout_ms = 5000;
	*state = probing;
	return 0;
}

int probing_close(void **state)
{
	struct probing *probing = *state;
	receiver_free(probing->receiver);
	if (probing->ca_file[0] != '\0')
		unlink(probing->ca_file);
	free(probing);
	return 0;
}

static void keep(void *arg, int64_t id, const struct check_result *result)
{
	struct found *found = arg;
	assert_int_equal(id, 7);
	found->result = *result;
	found->count++;
}

struct check_result probing_check(const struct probing *probing)
{
	struct err err = { 0 };
	struct found found = { 0 };
	struct multi *multi = multi_new(1, &err);
	place_must(multi != NULL, &err);
	struct prober *prober =
		prober_new(multi, probing->ca_file[0] != '\0' ? probing->ca_file : NULL);
	prober->done = keep;
	prober->done_arg = &found;
	place_must(prober->ops->start(prober, 7, &probing->monitor, &err), &err);
	while (found.count == 0) {
		struct pollfd ready = { .fd = multi_fd(multi), .events = POLLIN };
		poll(&ready, 1, multi_timeout_ms(multi));
		place_must(multi_perform(multi, &err), &err);
	}
	prober->ops->free(prober);
	multi_free(multi);
	assert_int_equal(found.count, 1);
	return found.result;
}

static void aim(struct probing *probing, const char *path)
{
	receiver_url(probing->receiver, path, probing->monitor.check_target, URL_SIZE);
}

/* message NULL: it passes. */
struct check_result probing_expect(struct probing *probing, const char *path,
				   const char *message)
{
	if (path != NULL)
		aim(probing, path);
	struct check_result result = probing_check(probing);
	assert_string_equal(result.message, message != NULL ? message : "");
	assert_int_equal(result.verdict, message != NULL ? CHECK_FAILED : CHECK_PASSED);
	return result;
}
