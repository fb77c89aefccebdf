/* Everything that writes to a store, each once; what stories tell is not told again. */
#include <stdio.h>
#include <string.h>

#include "core/store_schedule.h"
#include "core/store_sources.h"
#include "core/store_uptrends.h"
#include "tests/support/statements/trial.h"

static int64_t number;

enum { SWEPT_ROWS = 3, PAGES = 2 };

/* ---- the journal ---- */

static bool an_event(struct store *store, const char *id, struct err *err)
{
	struct event event = { .monitor_id = 1, .state = EVENT_ERROR, .confirmed = true };
	enum event_verdict verdict;
	bool conflict;
	memcpy(event.id, id, strlen(id) + 1);
	return store_event_add(store, &event, clock_now_ms(&(struct clock){ 0 }),
			       &verdict, &conflict, err);
}

static bool judged(struct store *store, struct err *err)
{
	const struct event_place all = { INT64_MAX, INT64_MAX };
	return store_events_judged(store, all, err);
}

static bool new_alert(struct store *store, struct err *err)
{
	bool is_new;
	struct alert alert = { .monitor_id = 1,
			       .episode = 9,
			       .definition_id = 1,
			       .level_id = 1,
			       .level = 1,
			       .at_ms = 1 };
	return store_alert_add(store, &alert, err) &&
	       store_alert_set_reason(store, alert.id, "nobody is linked", err) &&
	       store_alert_reach_add(store, alert.id, 1, 1, &is_new, err);
}

static bool an_alert(struct store *store, struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	return store_begin(store, &tx, err) && new_alert(store, err) &&
	       store_commit(&tx, err);
}

static bool an_incident(struct store *store, struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	struct incident incident = { .service_id = 1,
				     .status = INCIDENT_INVESTIGATING,
				     .opened_at_ms = 1,
				     .start_ms = 1 };
	const struct join join = { .monitor_id = 1, .episode = 1, .in_error = true };
	struct join joined = join;
	if (!store_begin(store, &tx, err) || !store_incident_put(store, &incident, err))
		return false;
	joined.incident_id = incident.id;
	return store_incident_put_published(store, &incident, err) &&
	       store_put_severity(store, 1, SERVICE_DEGRADED, err) &&
	       store_join_put(store, &joined, err) &&
	       store_timeline_add(store, incident.id, 1, "note", "text", err) &&
	       store_commit(&tx, err);
}

static bool a_delivery(struct store *store, struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	struct delivery delivery = { .service_id = 1,
				     .kind = KIND_DISRUPTION,
				     .state = DELIVERY_HELD,
				     .created_ms = 1 };
	struct attempt attempt = { .at_ms = 1, .http_status = 500 };
	if (!store_begin(store, &tx, err) ||
	    !store_delivery_add(store, &delivery, "{}", err))
		return false;
	attempt.delivery_id = delivery.id;
	return store_delivery_release(store, delivery.id, "{}", 2, err) &&
	       store_attempt_add(store, &attempt, err) &&
	       store_delivery_get(store, delivery.id, &delivery, err) &&
	       store_delivery_put(store, &delivery, err) && store_commit(&tx, err);
}

static bool state(struct store *store, struct err *err)
{
	const struct monitor_state state = {
		.monitor_id = 2, .in_error = true, .episode = 3, .errors = 1
	};
	return store_put_monitor_state(store, &state, err);
}

static bool sweep(struct store *store, struct err *err)
{
	const int64_t before_ms = clock_now_ms(&(struct clock){ 0 });
	struct sweep sweep = { 0 };
	for (int i = 0; i < JOURNAL_COUNT; i++)
		sweep.before_ms[i] = before_ms;
	DEFER(store_abort) struct transaction tx = { 0 };
	bool done = false;
	bool ok = store_begin(store, &tx, err);
	while (ok && !done)
		ok = store_sweep_some(store, SWEPT_ROWS, &sweep, &done, err);
	return ok && store_commit(&tx, err);
}

/* ---- windows ---- */

static const struct maintenance_target covered[] = {
	{ .kind = TARGET_MONITOR, .id = 1 },
	{ .kind = TARGET_GROUP, .group = "web" },
	{ .kind = TARGET_SERVICE, .id = 1 },
};

static bool a_window(struct store *store, struct err *err)
{
	struct maintenance window = { .from_ms = 10, .until_ms = 20 };
	return store_maintenance_add(store, &window, covered, COUNT_OF(covered), err);
}

static bool a_schedule(struct store *store, struct err *err)
{
	struct schedule schedule = { .name = "monthly",
				     .active = true,
				     .every = EVERY_MONTH,
				     .days = "1",
				     .from = "02:00",
				     .until = "03:00",
				     .zone = "UTC" };
	return store_schedule_put(store, &schedule, covered, COUNT_OF(covered), err);
}

static bool its_windows(struct store *store, struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	const struct maintenance window = { .from_ms = INT64_C(1) << 42,
					    .until_ms = (INT64_C(1) << 42) + 1000 };
	return store_begin(store, &tx, err) &&
	       store_schedule_add_window(store, 1, &window, err) &&
	       store_schedule_set_made(store, 1, window.from_ms, err) &&
	       store_schedule_unmake(store, 1, window.from_ms - 1, err) &&
	       store_commit(&tx, err);
}

/* ---- senders ---- */

static bool a_token(struct store *store, struct err *err)
{
	char hash[SHA256_HEX_SIZE];
	return store_token_add(store, "another", sha256_hex(hash, "other", 5), err);
}

static bool a_stranger(struct store *store, struct err *err)
{
	const struct subject subject = { .name = "Unheard of", .guid = "77" };
	struct event event = { .state = EVENT_ERROR, .confirmed = true, .id = "e1" };
	int64_t id;
	bool conflict;
	return store_unmatched_add(store, &subject, &event,
				   clock_now_ms(&(struct clock){ 0 }), &id, &conflict,
				   err);
}

static bool firing(struct store *store, struct err *err)
{
	const struct firing_owner owner = { .monitor_id = 1 };
	DEFER(store_abort) struct transaction tx = { 0 };
	bool is_last;
	return store_begin(store, &tx, err) &&
	       store_firing_set(store, &owner, "f1", 5, err) &&
	       store_firing_clear(store, &owner, "f1", 5, &is_last, err) &&
	       store_commit(&tx, err);
}

static bool a_check(struct store *store, struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	bool kept = true;
	bool ok = store_begin(store, &tx, err);
	for (int i = 0; ok && i <= CHECK_RESULTS_KEPT; i++) {
		const struct check_result result = { .monitor_id = 1, .at_ms = 1 + i };
		ok = store_check_add(store, &result, &kept, err);
	}
	return ok && kept && store_commit(&tx, err);
}

static bool an_account(struct store *store, const char *user, struct err *err)
{
	struct uptrends_account account = { .url = UPTRENDS_URL,
					    .password = "secret",
					    .follow = true,
					    .every_ms = UPTRENDS_EVERY_MS,
					    .pause_ms = UPTRENDS_PAUSE_MS };
	snprintf(account.user, sizeof(account.user), "%s", user);
	return store_put_uptrends_account(store, &account, err);
}

static bool progress(struct store *store, struct err *err)
{
	const struct uptrends_progress progress = { .polled_ms = 7, .cursor = "c" };
	return store_put_uptrends_progress(store, &progress, err);
}

/* ---- all of them ---- */

#define ACTS(X)                                                                     \
	X(fact, 0, store_set_fact(store, "a fact", 7, err))                         \
	X(keep, 0, store_set_keep(store, JOURNAL_EVENTS, 30, err))                  \
	X(event, 0, an_event(store, "1", err))                                      \
	X(same_event, 0, an_event(store, "1", err))                                 \
	X(judged, 0, judged(store, err))                                            \
	X(state, 0, state(store, err))                                              \
	X(alert, 0, an_alert(store, err))                                           \
	X(incident, 0, an_incident(store, err))                                     \
	X(delivery, 0, a_delivery(store, err))                                      \
	X(clamp, 0, store_clamp_due(store, 1, err))                                 \
	X(recovered, 0, store_host_recovered(store, "127.0.0.1", 5, err))           \
	X(ambiguous, 0, store_mark_ambiguous(store, INT64_MAX, &number, err))       \
	X(shift, 0, store_shift_clock(store, 1000, err))                            \
	X(paused, 0, store_add_paused_time(store, 5, 10, err))                      \
	X(window, 0, a_window(store, err))                                          \
	X(schedule, 0, a_schedule(store, err))                                      \
	X(schedule_windows, 0, its_windows(store, err))                             \
	X(schedule_gone, 0, store_schedule_delete(store, 1, err))                   \
	X(token, 0, a_token(store, err))                                            \
	X(token_used, 0, store_token_used(store, 1, 60000, err))                    \
	X(stranger, 0, a_stranger(store, err))                                      \
	X(firing, 0, firing(store, err))                                            \
	X(check, 0, a_check(store, err))                                            \
	X(account, 0, an_account(store, "anna", err))                               \
	X(another_account, 0, an_account(store, "bert", err))                       \
	X(things, 0,                                                                \
	  store_put_uptrends(store, UPTRENDS_SERVICE, "0a", "0b", "Hub/S0", err))   \
	X(thing, 0,                                                                 \
	  store_put_uptrends(store, UPTRENDS_DEFINITION, "0c", "", "Default", err)) \
	X(progress, 0, progress(store, err))                                        \
	X(no_account, 1, store_forget_uptrends_account(store, err))                 \
	X(sweep, 1, sweep(store, err))                                              \
	X(pages, 0, store_give_back_pages(store, PAGES, &number, err))

ACTS(TRIAL_ACT)

const struct trial store_acts[] = { ACTS(TRIAL_ROW) };
const size_t store_act_count = COUNT_OF(store_acts);
