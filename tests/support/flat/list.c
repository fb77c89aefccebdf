/* What operators' acts ask of the flat store beyond what the judge asks. */
#include <stdio.h>

#include "tests/support/flat/store.h"

static int seconds(int64_t at_ms)
{
	const int64_t t0_ms = INT64_C(1790000000000);
	return at_ms == 0 ? 0 : (int)((at_ms - t0_ms) / 1000);
}

void flat_print(const struct store *store)
{
	for (int i = 0; i < store->event_count; i++)
		printf("  event of %d: %s at %d s\n", (int)store->events[i].monitor_id,
		       event_state_text(store->events[i].state),
		       seconds(store->events[i].at_ms));
	for (int i = 0; i < store->alert_count; i++)
		printf("  alert %d: %s of %d, level %d, at %d s: %s\n", i + 1,
		       alert_type_text(store->alerts[i].type),
		       (int)store->alerts[i].monitor_id, (int)store->alerts[i].level,
		       seconds(store->alerts[i].at_ms), store->alerts[i].reason);
	for (int i = 0; i < store->incident_count; i++) {
		const struct incident *one = &store->incidents[i];
		printf("  incident %d of %d: %s, reach %s, %s%s%s, opened %d s, "
		       "monitoring %d s\n",
		       i + 1, (int)one->service_id, incident_status_text(one->status),
		       reach_text(one->reach), one->let_go ? "let go, " : "",
		       one->by_hand ? "by hand, " : "", policy_text(one->policy),
		       seconds(one->opened_at_ms), seconds(one->monitoring_at_ms));
	}
	for (int i = 0; i < store->join_count; i++)
		printf("  join of monitor %d to %d: episode %d, %s\n",
		       (int)store->joins[i].monitor_id, (int)store->joins[i].incident_id,
		       (int)store->joins[i].episode,
		       store->joins[i].in_error ? "in error" : "OK");
	for (int i = 0; i < store->delivery_count; i++) {
		const struct delivery *one = &store->deliveries[i];
		printf("  delivery %d: %s of %d, %s, place %d, tried %d times%s\n", i + 1,
		       delivery_kind_text(one->kind), (int)one->incident_id,
		       delivery_state_text(one->state), (int)one->place,
		       (int)one->attempts, one->ambiguous ? ", ambiguous" : "");
	}
}

bool store_list_deliveries(struct store *store, const struct filter *filter,
			   bool (*row)(void *, const struct delivery *), void *arg,
			   struct err *err)
{
	(void)err;
	for (int i = store->delivery_count - 1; i >= 0; i--) {
		const struct delivery *one = &store->deliveries[i];
		const bool wanted =
			(!filter->open || delivery_is_unfinished(one->state)) &&
			(filter->state == -1 || filter->state == (int)one->state) &&
			(filter->service_id == 0 ||
			 filter->service_id == one->service_id) &&
			(filter->incident_id == 0 ||
			 filter->incident_id == one->incident_id);
		if (wanted && !row(arg, one))
			break;
	}
	return true;
}

bool store_list_incidents(struct store *store, const struct filter *filter,
			  bool (*row)(void *, const struct incident *), void *arg,
			  struct err *err)
{
	(void)err;
	for (int i = store->incident_count - 1; i >= 0; i--) {
		const struct incident *one = &store->incidents[i];
		const bool wanted =
			(filter->state == -1 || filter->state == (int)one->status) &&
			(filter->service_id == 0 ||
			 filter->service_id == one->service_id);
		if (wanted && !row(arg, one))
			break;
	}
	return true;
}

bool store_list(struct store *store, enum record_kind kind, int64_t parent_id,
		record_fn *row, void *arg, struct err *err)
{
	(void)store, (void)kind, (void)parent_id, (void)row, (void)arg;
	return fail(err, ERR_FAILED, "the flat store lists no records");
}

bool store_incident_message(struct store *store, int64_t id, struct buf *ret,
			    struct err *err)
{
	(void)store;
	(void)id;
	(void)err;
	buf_adds(ret, "by hand");
	return true;
}

bool store_timeline_add(struct store *store, int64_t incident_id, int64_t at_ms,
			const char *kind, const char *text, struct err *err)
{
	(void)store, (void)incident_id, (void)at_ms, (void)kind, (void)text, (void)err;
	return true;
}

bool store_audit(struct store *store, const char *action, const char *object_kind,
		 int64_t object_id, const char *object, const char *before,
		 const char *after, struct err *err)
{
	(void)store, (void)action, (void)object_kind, (void)object_id, (void)object;
	(void)before, (void)after, (void)err;
	return true;
}

const char *store_path(const struct store *store)
{
	(void)store;
	return "/nonexistent/hublink.db"; /* nobody holds its lock */
}
