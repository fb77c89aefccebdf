/* The audit is append-only, and lists newest first. */
#include <inttypes.h>
#include <string.h>

#include "core/base/text.h"
#include "db/db.h"
#include "tests/support/check.h"
#include "tests/support/place.h"

static struct place place;

static void act_at(int64_t at_ms, const char *kind, int64_t id, const char *object)
{
	struct err err = { 0 };
	const struct clock clock = { .fixed = true, .fixed_ms = at_ms };
	store_set_clock(place.store, &clock);
	place_must(store_audit(place.store, "act", kind, id, object, NULL, NULL, &err),
		   &err);
}

static bool add_row(void *arg, const struct audit_row *row)
{
	buf_addf(arg, "%s@%" PRId64 ";", row->object, row->at_ms);
	return true;
}

static bool lists(struct filter filter, const char *wanted)
{
	struct err err = { 0 };
	DEFER(buf_done) struct buf rows = BUF_INIT(1000);
	place_must(store_list_audit(place.store, &filter, add_row, &rows, &err), &err);
	if (!text_equal(buf_text(&rows), wanted))
		print_message("listed: %s\n", buf_text(&rows));
	return text_equal(buf_text(&rows), wanted);
}

static void audit__cannot_be_changed_or_deleted__by_anybody(void **state)
{
	(void)state;
	act_at(1000, "monitor", 1, "Shop");
	DEFER(buf_done) struct buf why = BUF_INIT(1000);
	assert_false(place_sql(&place, "UPDATE audit SET actor = 'nobody'", &why));
	assert_string_equal(buf_text(&why), "an audit row is never changed");
	buf_reset(&why);
	assert_false(place_sql(&place, "DELETE FROM audit", &why));
	assert_string_equal(buf_text(&why), "an audit row is never deleted");
	assert_true(lists(FILTER_ALL, "Shop@1000;"));
}

static void store_audit__names_hublink_itself__when_nobody_acts(void **state)
{
	(void)state;
	act_at(1000, "database", 0, "");
	DEFER(buf_done) struct buf row = BUF_INIT(100);
	assert_true(place_sql(&place, "SELECT actor, source, because FROM audit", &row));
	assert_string_equal(buf_text(&row), "hublink|local|NULL\n");
}

static void store_list_audit__filters__by_time_object_and_page(void **state)
{
	(void)state;
	act_at(1000, "monitor", 1, "Shop");
	act_at(2000, "service", 1, "Website");
	act_at(3000, "incident", 7, "Outage");
	assert_true(lists(FILTER_ALL, "Outage@3000;Website@2000;Shop@1000;"));
	assert_true(lists((struct filter){ .limit = 1 }, "Outage@3000;"));
	assert_true(lists((struct filter){ .before_id = 3 }, "Website@2000;Shop@1000;"));
	assert_true(
		lists((struct filter){ .since_ms = 2000 }, "Outage@3000;Website@2000;"));
	assert_true(lists((struct filter){ .until_ms = 2000 }, "Shop@1000;"));
	assert_true(lists((struct filter){ .monitor_id = 1 }, "Shop@1000;"));
	assert_true(lists((struct filter){ .service_id = 1 }, "Website@2000;"));
	assert_true(lists((struct filter){ .incident_id = 7 }, "Outage@3000;"));
	assert_true(lists((struct filter){ .search = "web" }, "Website@2000;"));
}

#define ON_A_STORE(test) PLACE_TEST(test, place_set_up_store, &place)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_A_STORE(audit__cannot_be_changed_or_deleted__by_anybody),
		ON_A_STORE(store_audit__names_hublink_itself__when_nobody_acts),
		ON_A_STORE(store_list_audit__filters__by_time_object_and_page),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
