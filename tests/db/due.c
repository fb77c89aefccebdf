/* When deliveries may go (R12), and what moves the times of all of them (R15, R22). */
#include <string.h>

#include "tests/support/journal.h"

static struct delivery due_at(struct store *store, int64_t service_id, int64_t at_ms)
{
	struct delivery delivery = a_delivery(store, service_id, 1);
	delivery.next_attempt_ms = at_ms;
	must(store_delivery_put(store, &delivery, err));
	return delivery;
}

struct seen {
	int64_t ids[8];
	size_t count;
	char url[URL_SIZE];
	int64_t last_ms, last_id;
};

static bool see(void *arg, const struct due_delivery *due)
{
	struct seen *seen = arg;
	seen->ids[seen->count++] = due->id;
	seen->last_ms = due->next_attempt_ms;
	seen->last_id = due->id;
	memcpy(seen->url, due->url, sizeof(seen->url));
	assert_int_equal(due->integration_id, HUB);
	assert_int_equal(due->max_per_second, 5);
	return true;
}

static void deliveries_due__are_the_heads_alone__by_time_r12(void **state)
{
	struct seen seen = { .count = 0 };
	struct delivery later = due_at(*state, WEBSITE, T0 + 5);
	(void)due_at(*state, WEBSITE, T0);
	struct delivery first = due_at(*state, EMAIL, T0);
	must(store_deliveries_due(*state, T0 + 4, 0, 0, 10, see, &seen, err));
	assert_int_equal(seen.count, 1);
	assert_int_equal(seen.ids[0], first.id);
	assert_string_equal(seen.url, "http://127.0.0.1:2/b");
	must(store_deliveries_due(*state, T0 + 5, seen.last_ms, seen.last_id, 10, see,
				  &seen, err));
	assert_int_equal(seen.count, 2);
	assert_int_equal(seen.ids[1], later.id);
}

static void next_due__is_the_first_head__after_that_time(void **state)
{
	int64_t next_ms = -1;
	must(store_next_due(*state, T0, &next_ms, err));
	assert_int_equal(next_ms, 0);
	(void)due_at(*state, WEBSITE, T0);
	(void)due_at(*state, EMAIL, T0 + 7);
	must(store_next_due(*state, T0, &next_ms, err));
	assert_int_equal(next_ms, T0 + 7);
}

static void clamp_due__brings_back__what_is_further_ahead(void **state)
{
	struct delivery far = due_at(*state, WEBSITE, T0 + 10 * HOUR_MS);
	struct delivery near = due_at(*state, EMAIL, T0 + 5);
	must(store_clamp_due(*state, T0 + HOUR_MS, err));
	must(store_delivery_get(*state, far.id, &far, err));
	must(store_delivery_get(*state, near.id, &near, err));
	assert_int_equal(far.next_attempt_ms, T0 + HOUR_MS);
	assert_int_equal(near.next_attempt_ms, T0 + 5);
}

static void host_recovered__makes_its_waiting_ones_due__but_not_retry_after(void **state)
{
	struct delivery same = due_at(*state, WEBSITE, T0 + 500);
	struct delivery other = due_at(*state, EMAIL, T0 + 500);
	must(store_host_recovered(*state, "127.0.0.1:1", T0, err));
	must(store_delivery_get(*state, same.id, &same, err));
	must(store_delivery_get(*state, other.id, &other, err));
	assert_int_equal(same.next_attempt_ms, T0);
	assert_int_equal(other.next_attempt_ms, T0 + 500);
	other.retry_after = true;
	must(store_delivery_put(*state, &other, err));
	must(store_host_recovered(*state, "127.0.0.1:2", T0, err));
	must(store_delivery_get(*state, other.id, &other, err));
	assert_int_equal(other.next_attempt_ms, T0 + 500);
}

static void mark_ambiguous__takes_due_heads_as_in_flight__r22(void **state)
{
	struct incident waiting = an_incident(*state, WEBSITE);
	struct incident later = an_incident(*state, EMAIL);
	struct delivery due = a_delivery(*state, WEBSITE, waiting.id);
	struct delivery behind = a_delivery(*state, WEBSITE, waiting.id);
	struct delivery not_due = a_delivery(*state, EMAIL, later.id);
	not_due.next_attempt_ms = T0 + 1;
	must(store_delivery_put(*state, &not_due, err));
	int64_t marked = 0;
	must(store_mark_ambiguous(*state, T0, &marked, err));
	assert_int_equal(marked, 1);
	must(store_delivery_get(*state, due.id, &due, err));
	must(store_delivery_get(*state, behind.id, &behind, err));
	must(store_delivery_get(*state, not_due.id, &not_due, err));
	assert_true(due.ambiguous);
	assert_false(behind.ambiguous);
	assert_false(not_due.ambiguous);
	must(store_incident_get(*state, waiting.id, &waiting, err));
	must(store_incident_get(*state, later.id, &later, err));
	assert_int_equal(waiting.reach, REACH_MAYBE);
	assert_int_equal(later.reach, REACH_WAITING);
}

static void shift_clock__moves_what_is_yet_to_come__r15(void **state)
{
	struct monitor_state shop = { .monitor_id = SHOP,
				      .in_error = true,
				      .started_ms = T0,
				      .timer_base_ms = T0,
				      .timer_ms = T0 + 600 };
	struct monitor_state mail = { .monitor_id = MAIL, .timer_base_ms = T0 };
	struct incident incident = an_incident(*state, WEBSITE);
	struct delivery queued = a_delivery(*state, WEBSITE, incident.id);
	struct delivery forever = { .service_id = EMAIL, .state = DELIVERY_HELD };
	struct delivery done = a_delivery(*state, EMAIL, 0);
	incident.remind_at_ms = T0 + 50;
	done.state = DELIVERY_DELIVERED;
	must(store_put_monitor_state(*state, &shop, err));
	must(store_put_monitor_state(*state, &mail, err));
	must(store_incident_put(*state, &incident, err));
	must(store_delivery_add(*state, &forever, "", err));
	must(store_delivery_put(*state, &done, err));

	must(store_shift_clock(*state, 1000, err));

	must(store_monitor_state(*state, SHOP, &shop, err));
	must(store_monitor_state(*state, MAIL, &mail, err));
	must(store_incident_get(*state, incident.id, &incident, err));
	must(store_delivery_get(*state, queued.id, &queued, err));
	must(store_delivery_get(*state, forever.id, &forever, err));
	must(store_delivery_get(*state, done.id, &done, err));
	assert_int_equal(shop.started_ms, T0);
	assert_int_equal(shop.timer_base_ms, T0 + 1000);
	assert_int_equal(shop.timer_ms, T0 + 1600);
	assert_int_equal(mail.timer_base_ms, T0);
	assert_int_equal(incident.remind_at_ms, T0 + 1050);
	assert_int_equal(queued.next_attempt_ms, T0 + 1000);
	assert_int_equal(queued.age_from_ms, T0 + 1000);
	assert_int_equal(forever.next_attempt_ms, 0);
	assert_int_equal(done.age_from_ms, T0);
}

static void add_paused_time__stops_the_age__while_it_was_paused(void **state)
{
	struct delivery before = a_delivery(*state, WEBSITE, 1);
	struct delivery during = a_delivery(*state, EMAIL, 1);
	during.age_from_ms = T0 + 300;
	must(store_delivery_put(*state, &during, err));
	must(store_add_paused_time(*state, T0 + 100, T0 + 1000, err));
	must(store_delivery_get(*state, before.id, &before, err));
	must(store_delivery_get(*state, during.id, &during, err));
	assert_int_equal(before.age_from_ms, T0 + 900);
	assert_int_equal(during.age_from_ms, T0 + 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		JOURNAL_TEST(deliveries_due__are_the_heads_alone__by_time_r12),
		JOURNAL_TEST(next_due__is_the_first_head__after_that_time),
		JOURNAL_TEST(clamp_due__brings_back__what_is_further_ahead),
		JOURNAL_TEST(
			host_recovered__makes_its_waiting_ones_due__but_not_retry_after),
		JOURNAL_TEST(mark_ambiguous__takes_due_heads_as_in_flight__r22),
		JOURNAL_TEST(shift_clock__moves_what_is_yet_to_come__r15),
		JOURNAL_TEST(add_paused_time__stops_the_age__while_it_was_paused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
