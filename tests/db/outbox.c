/* Deliveries and their lanes (R12, R13, R16). */
#include <stdio.h>
#include <string.h>

#include "core/base/random.h"
#include "tests/support/journal.h"

/* The head of the service's lane; 0: it is empty. More than one fails the test. */
static int64_t head_of(struct store *store, int64_t service_id)
{
	char sql[160];
	(void)snprintf(sql, sizeof(sql),
		       "SELECT iif(count(*) > 1, -1, coalesce(max(id), 0)) FROM delivery "
		       "WHERE is_head = 1 AND service_id = %d",
		       (int)service_id);
	return number_of_sql(store, sql);
}

static void move(struct store *store, int64_t id, enum delivery_state to)
{
	struct delivery delivery;
	must(store_delivery_get(store, id, &delivery, err));
	delivery.state = to;
	must(store_delivery_put(store, &delivery, err));
}

static struct delivery a_held_one(struct store *store, int64_t service_id)
{
	struct delivery delivery = { .service_id = service_id,
				     .state = DELIVERY_HELD,
				     .kind = KIND_DISRUPTION,
				     .created_ms = T0 };
	must(store_delivery_add(store, &delivery, "preview", err));
	return delivery;
}

static void delivery_add__keeps_every_column_and_the_bytes__i4(void **state)
{
	struct delivery put = { .incident_id = 7,
				.service_id = EMAIL,
				.kind = KIND_REOPEN,
				.state = DELIVERY_SENDING,
				.incident_status = INCIDENT_IDENTIFIED,
				.service_status = SERVICE_DEGRADED,
				.dry = true,
				.ambiguous = true,
				.retry_after = true,
				.by_storm = true,
				.attempts = 1,
				.created_ms = 2,
				.age_from_ms = 3,
				.next_attempt_ms = 4,
				.first_sent_ms = 5,
				.sent_ms = 6,
				.delivered_ms = 7,
				.finished_ms = 8,
				.http_status = 503,
				.alert_id = 9,
				.error = "busy" };
	const char *body = "{\"title\":\"\xc3\xa9\"}";
	must(store_delivery_add(*state, &put, body, err));
	assert_int_equal(strlen(put.key), KEY_SIZE - 1);
	assert_int_equal(put.place, 1);
	struct delivery got;
	must(store_delivery_get(*state, put.id, &got, err));
	assert_int_equal(got.state, DELIVERY_QUEUED); /* in flight is not stored */
	assert_memory_equal(&got.incident_status, &put.incident_status,
			    offsetof(struct delivery, error) -
				    offsetof(struct delivery, incident_status));
	assert_string_equal(got.key, put.key);
	assert_string_equal(got.error, "busy");
	assert_string_equal(got.service, "Email");
	assert_string_equal(got.integration, "Hub");
	DEFER(buf_done) struct buf bytes = BUF_INIT(BODY_MAX);
	must(store_delivery_body(*state, put.id, &bytes, err));
	assert_string_equal(buf_text(&bytes), body);
}

static void delivery_put__passes_the_head_on__when_it_is_finished_r12(void **state)
{
	static const enum delivery_state ends[] = { DELIVERY_DELIVERED,
						    DELIVERY_CANCELLED,
						    DELIVERY_SUPERSEDED, DELIVERY_EXPIRED,
						    DELIVERY_DRY_RUN };
	struct delivery first = a_delivery(*state, WEBSITE, 1);
	for (size_t i = 0; i < COUNT_OF(ends); i++) {
		struct delivery next = a_delivery(*state, WEBSITE, 1);
		assert_int_equal(head_of(*state, WEBSITE), first.id);
		move(*state, first.id, ends[i]);
		assert_int_equal(head_of(*state, WEBSITE), next.id);
		first = next;
	}
}

static void delivery_put__blocks_the_lane__when_it_is_refused_r12(void **state)
{
	struct delivery first = a_delivery(*state, WEBSITE, 1);
	(void)a_delivery(*state, WEBSITE, 1);
	struct delivery other = a_delivery(*state, EMAIL, 2);
	move(*state, first.id, DELIVERY_FAILED);
	assert_int_equal(head_of(*state, WEBSITE), first.id);
	assert_int_equal(head_of(*state, EMAIL), other.id);
}

static void delivery_release__goes_to_the_end_of_the_lane__with_new_bytes_r16(
	void **state)
{
	struct delivery held = a_held_one(*state, WEBSITE);
	assert_int_equal(held.place, 0);
	assert_int_equal(head_of(*state, WEBSITE), 0);
	struct delivery queued = a_delivery(*state, WEBSITE, 1);
	must(store_delivery_release(*state, held.id, "final", T0 + 9, err));
	assert_int_equal(head_of(*state, WEBSITE), queued.id);
	struct delivery got;
	must(store_delivery_get(*state, held.id, &got, err));
	assert_int_equal(got.state, DELIVERY_QUEUED);
	assert_true(got.place > queued.place);
	assert_int_equal(got.next_attempt_ms, T0 + 9);
	DEFER(buf_done) struct buf bytes = BUF_INIT(BODY_MAX);
	must(store_delivery_body(*state, held.id, &bytes, err));
	assert_string_equal(buf_text(&bytes), "final");
	struct err why = { 0 };
	assert_false(store_delivery_release(*state, held.id, "x", T0, &why));
	assert_int_equal(why.code, ERR_REFUSED);
}

static void delivery_release__makes_it_the_head__of_an_empty_lane_r16(void **state)
{
	struct delivery held = a_held_one(*state, WEBSITE);
	must(store_delivery_release(*state, held.id, "final", T0, err));
	assert_int_equal(head_of(*state, WEBSITE), held.id);
}

static bool gather(void *arg, const struct delivery *delivery)
{
	struct {
		int64_t ids[8];
		size_t count;
	} *seen = arg;
	seen->ids[seen->count++] = delivery->id;
	return true;
}

static void lane__is_in_order_of_place__held_ones_last_r12(void **state)
{
	struct delivery held = a_held_one(*state, WEBSITE);
	struct delivery late = a_held_one(*state, WEBSITE);
	struct delivery queued = a_delivery(*state, WEBSITE, 1);
	struct delivery done = a_delivery(*state, WEBSITE, 1);
	(void)a_delivery(*state, EMAIL, 1);
	move(*state, done.id, DELIVERY_DELIVERED);
	must(store_delivery_release(*state, late.id, "x", T0, err));
	struct {
		int64_t ids[8];
		size_t count;
	} seen = { .count = 0 };
	must(store_lane(*state, WEBSITE, gather, &seen, err));
	assert_int_equal(seen.count, 3);
	assert_int_equal(seen.ids[0], queued.id);
	assert_int_equal(seen.ids[1], late.id);
	assert_int_equal(seen.ids[2], held.id);
}

static void attempts__are_kept__oldest_first_r13(void **state)
{
	struct delivery delivery = a_delivery(*state, WEBSITE, 1);
	struct attempt put = { .delivery_id = delivery.id,
			       .at_ms = T0,
			       .duration_ms = 12,
			       .no_answer = true,
			       .error = "timed out" };
	must(store_attempt_add(*state, &put, err));
	put.http_status = 200;
	must(store_attempt_add(*state, &put, err));
	assert_int_equal(number_of_sql(*state, "SELECT count(*) FROM attempt"), 2);
	assert_int_equal(number_of_sql(*state, "SELECT http_status FROM attempt "
					       "ORDER BY id LIMIT 1"),
			 0);
}

static void delivery__is_not_found__with_a_remedy(void **state)
{
	struct delivery delivery = { .id = 99 };
	struct err why = { 0 };
	assert_false(store_delivery_get(*state, 99, &delivery, &why));
	assert_int_equal(why.code, ERR_NOT_FOUND);
	assert_non_null(strstr(why.text, "hublink list deliveries"));
	why.code = ERR_NONE;
	assert_false(store_delivery_put(*state, &delivery, &why));
	assert_int_equal(why.code, ERR_NOT_FOUND);
}

/* ---- R12 against a flat model ---- */

enum { MODEL_MAX = 400 };

struct model {
	struct {
		int64_t id, service_id, place;
		bool held, finished;
	} items[MODEL_MAX];
	size_t count;
	int64_t place;
};

static int64_t model_head(const struct model *m, int64_t service_id)
{
	int64_t head = 0, place = INT64_MAX;
	for (size_t i = 0; i < m->count; i++) {
		if (m->items[i].service_id != service_id || m->items[i].held ||
		    m->items[i].finished || m->items[i].place >= place)
			continue;
		head = m->items[i].id;
		place = m->items[i].place;
	}
	return head;
}

static void step_add(struct store *store, struct model *m, bool held, int64_t service_id)
{
	struct delivery d =
		held ? a_held_one(store, service_id) : a_delivery(store, service_id, 1);
	m->items[m->count].id = d.id;
	m->items[m->count].service_id = service_id;
	m->items[m->count].held = held;
	m->items[m->count].place = held ? 0 : ++m->place;
	m->count++;
}

/* Any of them ends, in any order; a held one may be released instead. */
static void step_move(struct store *store, struct model *m, size_t i, bool release)
{
	if (m->items[i].finished)
		return;
	if (m->items[i].held && release) {
		must(store_delivery_release(store, m->items[i].id, "x", T0, err));
		m->items[i].held = false;
		m->items[i].place = ++m->place;
		return;
	}
	move(store, m->items[i].id, DELIVERY_SUPERSEDED);
	m->items[i].finished = true;
}

static void lanes__have_the_first_as_their_head__whatever_happens_r12(void **state)
{
	static struct model model;
	uint64_t seed = 20261123;
	DEFER(store_abort) struct transaction tx = { 0 };
	must(store_begin(*state, &tx, err));
	model = (struct model){ 0 };
	for (int step = 0; step < 1000; step++) {
		uint64_t random = random_step(&seed);
		int64_t service_id = random % 2 == 0 ? WEBSITE : EMAIL;
		bool other = (random >> 8) % 3 == 0;
		bool adds = model.count == 0 || (random >> 16) % 5 < 2;
		if (adds && model.count < MODEL_MAX)
			step_add(*state, &model, other, service_id);
		else
			step_move(*state, &model, (random >> 24) % model.count, !other);
		assert_int_equal(head_of(*state, WEBSITE), model_head(&model, WEBSITE));
		assert_int_equal(head_of(*state, EMAIL), model_head(&model, EMAIL));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		JOURNAL_TEST(delivery_add__keeps_every_column_and_the_bytes__i4),
		JOURNAL_TEST(delivery_put__passes_the_head_on__when_it_is_finished_r12),
		JOURNAL_TEST(delivery_put__blocks_the_lane__when_it_is_refused_r12),
		JOURNAL_TEST(
			delivery_release__goes_to_the_end_of_the_lane__with_new_bytes_r16),
		JOURNAL_TEST(delivery_release__makes_it_the_head__of_an_empty_lane_r16),
		JOURNAL_TEST(lane__is_in_order_of_place__held_ones_last_r12),
		JOURNAL_TEST(attempts__are_kept__oldest_first_r13),
		JOURNAL_TEST(delivery__is_not_found__with_a_remedy),
		JOURNAL_TEST(lanes__have_the_first_as_their_head__whatever_happens_r12),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
