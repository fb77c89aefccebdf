/* The flat store's deliveries and timers. */
#include <string.h>

#include "core/base/clock.h"
#include "core/base/hash.h"
#include "tests/support/flat/store.h"

/* R9: operational is said only when nothing else that is or may become public stands. */
static void check_service_status(struct store *store, const struct delivery *delivery)
{
	bool down;
	if (store_service_down(store, delivery->service_id, delivery->incident_id, &down,
			       NULL) &&
	    delivery->service_status == SERVICE_OPERATIONAL &&
	    (down || incident_is_open(delivery->incident_status)))
		flat_broken(store, "R9: delivery %d says operational, and it is not",
			    (int)delivery->id);
}

/* A recovery that was decided before is decided again whatever send_ok says. */
static bool is_first_recovery(const struct store *store, const struct delivery *delivery)
{
	for (int64_t i = 0; i < delivery->id - 1; i++)
		if (store->deliveries[i].incident_id == delivery->incident_id &&
		    store->deliveries[i].kind == KIND_RECOVERY)
			return false;
	return true;
}

static void check_recovery(struct store *store, const struct delivery *delivery)
{
	int64_t in_error;
	const struct incident *incident = &store->incidents[delivery->incident_id - 1];
	if (store_joined_in_error(store, incident->id, &in_error, NULL) && in_error > 0 &&
	    !incident->let_go)
		flat_broken(store, "R9: incident %d recovers while a monitor is in error",
			    (int)incident->id);
	if (!incident->send_ok && delivery->alert_id != 0 &&
	    is_first_recovery(store, delivery))
		flat_broken(store, "R6: incident %d recovers without send_ok",
			    (int)incident->id);
}

static void check_added(struct store *store, const struct delivery *delivery)
{
	const struct incident *incident = &store->incidents[delivery->incident_id - 1];
	check_service_status(store, delivery);
	if (delivery->kind == KIND_RECOVERY)
		check_recovery(store, delivery);
	if (delivery->dry && delivery->state == DELIVERY_QUEUED)
		flat_broken(store, "R19: delivery %d is dry and queued",
			    (int)delivery->id);
	if (delivery->state == DELIVERY_QUEUED && delivery->kind != KIND_DISRUPTION &&
	    incident->reach < REACH_WAITING)
		flat_broken(store,
			    "I8: %s of incident %d, whose disruption is not on its way",
			    delivery_kind_text(delivery->kind), (int)incident->id);
	if (store->mode == MODE_DRY_RUN && !delivery->dry)
		flat_broken(store, "R19: delivery %d is live in dry-run",
			    (int)delivery->id);
}

bool store_delivery_add(struct store *store, struct delivery *delivery, const char *body,
			struct err *err)
{
	(void)err;
	delivery->id = ++store->delivery_count;
	delivery->place = delivery->state == DELIVERY_QUEUED ? ++store->last_place : 0;
	store->deliveries[delivery->id - 1] = *delivery;
	store->bodies[delivery->id - 1] = hash_text(HASH_BEGIN, body);
	store->writes++;
	check_added(store, delivery);
	return true;
}

bool store_delivery_get(struct store *store, int64_t id, struct delivery *ret,
			struct err *err)
{
	if (id < 1 || id > store->delivery_count)
		return fail(err, ERR_NOT_FOUND, "no delivery %d", (int)id);
	*ret = store->deliveries[id - 1];
	return true;
}

bool store_delivery_read(struct store *store, int64_t id, struct delivery *ret,
			 struct err *err)
{
	return store_delivery_get(store, id, ret, err);
}

bool store_delivery_put(struct store *store, const struct delivery *delivery,
			struct err *err)
{
	(void)err;
	struct delivery *slot = &store->deliveries[delivery->id - 1];
	const int64_t place = slot->place;
	if (slot->state != delivery->state && !delivery_is_unfinished(slot->state) &&
	    delivery->state != DELIVERY_DELIVERED)
		flat_broken(store, "R13: delivery %d went from %s to %s",
			    (int)delivery->id, delivery_state_text(slot->state),
			    delivery_state_text(delivery->state));
	*slot = *delivery;
	slot->place = place;
	store->writes++;
	return true;
}

bool store_delivery_release(struct store *store, int64_t id, const char *body,
			    int64_t now_ms, struct err *err)
{
	(void)err;
	struct delivery *delivery = &store->deliveries[id - 1];
	if (delivery->state != DELIVERY_HELD || delivery->dry)
		flat_broken(store, "R16: delivery %d is released, and %s", (int)id,
			    delivery_state_text(delivery->state));
	delivery->state = DELIVERY_QUEUED;
	delivery->place = ++store->last_place;
	delivery->next_attempt_ms = now_ms;
	store->bodies[id - 1] = hash_text(HASH_BEGIN, body);
	check_added(store, delivery);
	return true;
}

bool store_attempt_add(struct store *store, struct attempt *attempt, struct err *err)
{
	(void)err;
	const struct delivery *delivery = &store->deliveries[attempt->delivery_id - 1];
	if (delivery->place == 0)
		flat_broken(store, "I3: delivery %d was tried, and never queued",
			    (int)attempt->delivery_id);
	return true;
}

/* Held ones have no place yet: they come last. */
static bool comes_before(const struct delivery *a, const struct delivery *b)
{
	const int64_t a_place = a->place == 0 ? INT64_MAX : a->place;
	const int64_t b_place = b->place == 0 ? INT64_MAX : b->place;
	return a_place != b_place ? a_place < b_place : a->id < b->id;
}

/* The first of the lane behind `last`, which may be finished by now; NULL: no more. */
static const struct delivery *next_in_lane(const struct store *store, int64_t service_id,
					   const struct delivery *last)
{
	const struct delivery *next = NULL;
	for (int i = 0; i < store->delivery_count; i++) {
		const struct delivery *one = &store->deliveries[i];
		if (one->service_id == service_id && delivery_is_unfinished(one->state) &&
		    (!last || comes_before(last, one)) &&
		    (!next || comes_before(one, next)))
			next = one;
	}
	return next;
}

bool store_lane(struct store *store, int64_t service_id,
		bool (*row)(void *arg, const struct delivery *), void *arg,
		struct err *err)
{
	(void)err;
	const struct delivery *one = NULL;
	while ((one = next_in_lane(store, service_id, one)) != NULL)
		if (!row(arg, one))
			break;
	return true;
}

struct delivery *flat_head(struct store *store, int64_t service_id)
{
	struct delivery *head = NULL;
	for (int i = 0; i < store->delivery_count; i++) {
		struct delivery *one = &store->deliveries[i];
		if (one->service_id == service_id && delivery_is_unfinished(one->state) &&
		    one->place > 0 && (!head || one->place < head->place))
			head = one;
	}
	return head;
}

bool store_any_failed(struct store *store, bool *ret, struct err *err)
{
	(void)err;
	*ret = false;
	for (int i = 0; i < store->delivery_count; i++)
		*ret |= store->deliveries[i].state == DELIVERY_FAILED;
	return true;
}

bool store_incident_was_dry(struct store *store, int64_t incident_id, bool *ret,
			    struct err *err)
{
	(void)err;
	*ret = false;
	for (int i = 0; i < store->delivery_count; i++) {
		const struct delivery *one = &store->deliveries[i];
		if (one->incident_id == incident_id &&
		    (one->kind == KIND_DISRUPTION || one->kind == KIND_REOPEN))
			*ret = one->dry;
	}
	return true;
}

bool store_told_down(struct store *store, int64_t service_id, int64_t *ret_incident_id,
		     struct err *err)
{
	(void)err;
	int64_t place = 0;
	*ret_incident_id = 0;
	for (int i = 0; i < store->delivery_count; i++) {
		const struct delivery *one = &store->deliveries[i];
		if (one->service_id != service_id || one->state != DELIVERY_DELIVERED ||
		    one->place <= place)
			continue;
		place = one->place;
		*ret_incident_id =
			one->service_status == SERVICE_OPERATIONAL ? 0 : one->incident_id;
	}
	return true;
}

/* ---- time ---- */

static void offer(struct timer *best, enum timer_kind kind, int64_t at_ms, int64_t id)
{
	if (at_ms == 0)
		return;
	const bool sooner = best->kind == TIMER_NONE || at_ms < best->at_ms ||
			    (at_ms == best->at_ms && kind < best->kind);
	if (sooner)
		*best = (struct timer){ kind, at_ms, id };
}

bool store_next_timer(struct store *store, struct timer *ret, struct err *err)
{
	int64_t window_end_ms;
	struct timer best = { .kind = TIMER_NONE };
	for (int m = 1; m <= FLAT_MONITORS; m++)
		offer(&best, TIMER_LEVEL, store->states[m].timer_ms, m);
	for (int i = 0; i < store->delivery_count; i++)
		if (store->deliveries[i].state == DELIVERY_HELD)
			offer(&best, TIMER_HOLD, store->deliveries[i].next_attempt_ms,
			      i + 1);
	for (int i = 0; i < store->incident_count; i++)
		offer(&best, TIMER_REMINDER, store->incidents[i].remind_at_ms, i + 1);
	if (!store_next_window_end(store, store->windows_judged_ms, &window_end_ms, err))
		return false;
	offer(&best, TIMER_WINDOW, window_end_ms, 0);
	*ret = best;
	return true;
}

bool store_mark_ambiguous(struct store *store, int64_t now_ms, int64_t *ret,
			  struct err *err)
{
	(void)err;
	*ret = 0;
	for (int s = 1; s <= FLAT_SERVICES; s++) {
		struct delivery *head = flat_head(store, s);
		if (!head || head->next_attempt_ms > now_ms)
			continue;
		head->ambiguous = true;
		struct incident *incident = &store->incidents[head->incident_id - 1];
		const bool leads =
			head->kind == KIND_DISRUPTION || head->kind == KIND_REOPEN;
		if (incident->reach == REACH_WAITING && leads)
			incident->reach = REACH_MAYBE;
		++*ret;
	}
	return true;
}

static void shift(int64_t *time_ms, int64_t delta_ms)
{
	if (*time_ms != 0)
		*time_ms += delta_ms;
}

void flat_shift_clock(struct store *store, int64_t delta_ms)
{
	store->windows_judged_ms += delta_ms < 0 ? delta_ms : 0;
	for (int m = 1; m <= FLAT_MONITORS; m++) {
		if (store->states[m].in_error)
			store->states[m].timer_base_ms += delta_ms;
		shift(&store->states[m].timer_ms, delta_ms);
	}
	for (int i = 0; i < store->delivery_count; i++) {
		if (!delivery_is_unfinished(store->deliveries[i].state))
			continue;
		shift(&store->deliveries[i].next_attempt_ms, delta_ms);
		shift(&store->deliveries[i].age_from_ms, delta_ms);
	}
	for (int i = 0; i < store->incident_count; i++)
		shift(&store->incidents[i].remind_at_ms, delta_ms);
}
