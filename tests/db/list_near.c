/* Lists that cost what they show, counted in SQLite's instructions: pages of what waits, read
 * off the newest rows where they are there; the links of one monitor or service. */
#include <sqlite3.h>

#include "tests/support/journal.h"

struct seen {
	int64_t ids[2];
	size_t count;
};

static bool see_delivery(void *arg, const struct delivery *delivery)
{
	struct seen *seen = arg;
	assert_true(seen->count < COUNT_OF(seen->ids));
	seen->ids[seen->count++] = delivery->id;
	return true;
}

static void put_deliveries(struct store *store, enum delivery_state state, int count)
{
	struct transaction tx = { 0 };
	must(store_begin(store, &tx, err));
	for (int i = 0; i < count; i++) {
		struct delivery delivery = { .service_id = WEBSITE, .state = state };
		must(store_delivery_add(store, &delivery, "{}", err));
	}
	must(store_commit(&tx, err));
}

static int count_steps(void *steps)
{
	++*(int64_t *)steps;
	return 0;
}

/* Unfinished ones newest first, two of them: are they these? Returns what it cost, in tens of
 * SQLite's instructions. */
static int64_t newest_unfinished(struct store *store, int64_t service_id, int64_t first,
				 int64_t second)
{
	const struct filter filter = {
		.state = -1, .open = true, .limit = 2, .service_id = service_id
	};
	struct seen seen = { .count = 0 };
	int64_t steps = 0;
	sqlite3_progress_handler(store->sql, 10, count_steps, &steps);
	must(store_list_deliveries(store, &filter, see_delivery, &seen, err));
	sqlite3_progress_handler(store->sql, 0, NULL, NULL);
	assert_int_equal(seen.count, 2);
	assert_int_equal(seen.ids[0], first);
	assert_int_equal(seen.ids[1], second);
	return steps;
}

static void list_deliveries__finds_what_waits__near_the_end_and_far_from_it(void **state)
{
	enum { MANY = 600 };
	for (int64_t service_id = 0; service_id <= WEBSITE; service_id += WEBSITE) {
		const int64_t had = number_of_sql(
			*state, "SELECT coalesce(max(id), 0) FROM delivery");
		put_deliveries(*state, DELIVERY_QUEUED, 3);
		newest_unfinished(*state, service_id, had + 3, had + 2);
		put_deliveries(*state, DELIVERY_DELIVERED, MANY);
		newest_unfinished(*state, service_id, had + 3, had + 2);
		put_deliveries(*state, DELIVERY_HELD, 1);
		newest_unfinished(*state, service_id, had + MANY + 4, had + 3);
		put_deliveries(*state, DELIVERY_FAILED, 1);
		newest_unfinished(*state, service_id, had + MANY + 5, had + MANY + 4);
	}
}

/* A page costs what is on it, however many wait. */
static void list_deliveries__costs_no_more__when_thousands_wait(void **state)
{
	enum { FEW = 10, MANY = 3000 };
	int64_t few[2];
	put_deliveries(*state, DELIVERY_QUEUED, FEW);
	for (int64_t service_id = 0; service_id <= WEBSITE; service_id++)
		few[service_id] = newest_unfinished(*state, service_id, FEW, FEW - 1);
	put_deliveries(*state, DELIVERY_QUEUED, MANY);
	for (int64_t service_id = 0; service_id <= WEBSITE; service_id++)
		assert_true(newest_unfinished(*state, service_id, FEW + MANY,
					      FEW + MANY - 1) <= 2 * few[service_id]);
}

static bool count_link(void *count, const struct link_row *link)
{
	(void)link;
	++*(int *)count;
	return true;
}

/* Returns what it cost to list the links of a monitor, or of a service. */
static int64_t list_links(struct store *store, int64_t monitor_id, int64_t service_id,
			  int links)
{
	struct filter filter = FILTER_ALL;
	int64_t steps = 0;
	int count = 0;
	filter.monitor_id = monitor_id;
	filter.service_id = service_id;
	sqlite3_progress_handler(store->sql, 10, count_steps, &steps);
	must(store_list_links(store, &filter, count_link, &count, err));
	sqlite3_progress_handler(store->sql, 0, NULL, NULL);
	assert_int_equal(count, links);
	return steps;
}

/* However many links there are, those of one monitor, or of one service, are found by it. */
static void list_links__costs_what_one_has__among_thousands(void **state)
{
	const int64_t of_monitor = list_links(*state, MAIL, 0, 2);
	const int64_t of_service = list_links(*state, 0, EMAIL, 1);
	run_sql(*state, "WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n"
			" WHERE i < 3000) INSERT INTO monitor (id, revision, name, "
			"active, check_type)"
			" SELECT i, 1, 'm' || i, 1, 'none' FROM n");
	run_sql(*state,
		"INSERT INTO link (revision, placement_id, monitor_id, service_id)"
		" SELECT 1, 1, id, 1 FROM monitor WHERE id >= 100");
	assert_true(list_links(*state, MAIL, 0, 2) <= 2 * of_monitor);
	assert_true(list_links(*state, 0, EMAIL, 1) <= 2 * of_service);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		JOURNAL_TEST(
			list_deliveries__finds_what_waits__near_the_end_and_far_from_it),
		JOURNAL_TEST(list_deliveries__costs_no_more__when_thousands_wait),
		JOURNAL_TEST(list_links__costs_what_one_has__among_thousands),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
