/* Maintenance windows: what they name, and what that covers (R11). */
#include <stdio.h>
#include <string.h>

#include "tests/support/journal.h"

static int64_t add(struct store *store, const struct maintenance_target *targets,
		   size_t count, int64_t from_ms, int64_t until_ms)
{
	struct maintenance window = { .from_ms = from_ms,
				      .until_ms = until_ms,
				      .note = "Upgrade",
				      .created_by = "anna" };
	must(store_maintenance_add(store, &window, targets, count, err));
	assert_int_equal(window.head.revision, 1);
	return window.head.id;
}

struct seen {
	char text[256];
	struct maintenance last;
};

static void note(struct seen *seen, const char *name)
{
	size_t used = strlen(seen->text);
	(void)snprintf(seen->text + used, sizeof(seen->text) - used, "%s ", name);
}

static bool see_monitor(void *arg, const void *rec)
{
	note(arg, ((const struct monitor *)rec)->name);
	return true;
}

static bool see_service(void *arg, const void *rec)
{
	note(arg, ((const struct service *)rec)->name);
	return true;
}

static bool see_window(void *arg, const struct maintenance *window)
{
	struct seen *seen = arg;
	char id[8];
	(void)snprintf(id, sizeof(id), "%d", (int)window->head.id);
	note(seen, id);
	seen->last = *window;
	return true;
}

static struct seen list(struct store *store, struct filter filter)
{
	struct seen seen = { .text = "" };
	must(store_list_maintenance(store, &filter, see_window, &seen, err));
	return seen;
}

static void maintenance_covers__names__monitors_and_what_they_reach_r11(void **state)
{
	static const struct {
		struct maintenance_target target;
		const char *covered;
	} cases[] = {
		{ { .kind = TARGET_MONITOR, .id = MAIL }, "Mail Email Website " },
		{ { .kind = TARGET_MONITOR, .id = BATCH }, "Batch " },
		{ { .kind = TARGET_GROUP, .group = "web" }, "Shop Website " },
		{ { .kind = TARGET_SERVICE, .id = WEBSITE }, "Mail Shop Email Website " },
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		int64_t id = add(*state, &cases[i].target, 1, T0, T0 + 1);
		struct seen seen = { .text = "" };
		must(store_maintenance_covers(*state, id, see_monitor, see_service, &seen,
					      err));
		assert_string_equal(seen.text, cases[i].covered);
	}
}

static void list_maintenance__tells_its_targets__by_todays_names(void **state)
{
	static const struct maintenance_target targets[] = {
		{ .kind = TARGET_MONITOR, .id = SHOP },
		{ .kind = TARGET_GROUP, .group = "web" },
		{ .kind = TARGET_SERVICE, .id = EMAIL },
	};
	(void)add(*state, targets, COUNT_OF(targets), T0, T0 + 10);
	run_sql(*state, "UPDATE monitor SET name = 'Shop EU' WHERE id = 1;"
			"DELETE FROM service WHERE id = 2");
	struct seen seen = list(*state, FILTER_ALL);
	assert_string_equal(seen.last.targets, "Shop EU, group:web, service:Email");
	assert_string_equal(seen.last.note, "Upgrade");
	assert_string_equal(seen.last.created_by, "anna");
	assert_int_equal(seen.last.until_ms, T0 + 10);
}

static void list_maintenance__filters__by_time_and_whom_it_mutes(void **state)
{
	struct clock clock = { .fixed = true, .fixed_ms = T0 + 10 };
	struct maintenance_target shop = { .kind = TARGET_MONITOR, .id = SHOP };
	struct maintenance_target email = { .kind = TARGET_SERVICE, .id = EMAIL };
	(void)add(*state, &shop, 1, T0, T0 + 10);
	(void)add(*state, &email, 1, T0, T0 + 20);
	(void)add(*state, &shop, 1, T0 + 30, T0 + 40);
	store_set_clock(*state, &clock);
	assert_string_equal(list(*state, FILTER_ALL).text, "3 2 1 ");
	struct filter filter = FILTER_ALL;
	filter.open = true;
	assert_string_equal(list(*state, filter).text, "3 2 ");
	filter = FILTER_ALL;
	filter.monitor_id = MAIL;
	assert_string_equal(list(*state, filter).text, "2 ");
	filter = FILTER_ALL;
	filter.service_id = EMAIL;
	assert_string_equal(list(*state, filter).text, "2 ");
	filter = FILTER_ALL;
	filter.since_ms = T0 + 25;
	assert_string_equal(list(*state, filter).text, "3 ");
	filter = FILTER_ALL;
	filter.limit = 1;
	filter.before_id = 3;
	assert_string_equal(list(*state, filter).text, "2 ");
}

static void maintenance_add__takes_nothing__when_a_target_is_broken(void **state)
{
	struct maintenance window = { .from_ms = T0, .until_ms = T0 + 1 };
	struct maintenance_target nobody = { .kind = TARGET_MONITOR, .id = 0 };
	struct err why = { 0 };
	assert_false(store_maintenance_add(*state, &window, &nobody, 1, &why));
	assert_int_equal(why.code, ERR_INVALID);
	assert_int_equal(number_of_sql(*state, "SELECT count(*) FROM maintenance"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		JOURNAL_TEST(maintenance_covers__names__monitors_and_what_they_reach_r11),
		JOURNAL_TEST(list_maintenance__tells_its_targets__by_todays_names),
		JOURNAL_TEST(list_maintenance__filters__by_time_and_whom_it_mutes),
		JOURNAL_TEST(maintenance_add__takes_nothing__when_a_target_is_broken),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
