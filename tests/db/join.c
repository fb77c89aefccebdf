/* The monitors that incidents stand for. */
#include <string.h>

#include "tests/support/journal.h"

static void join(struct store *store, int64_t incident_id, int64_t monitor_id,
		 bool in_error)
{
	struct join put = { .incident_id = incident_id,
			    .monitor_id = monitor_id,
			    .episode = 1,
			    .in_error = in_error,
			    .joined_ms = T0 + monitor_id };
	must(store_join_put(store, &put, err));
}

struct ids {
	int64_t items[8];
	size_t count;
};

static bool gather(void *arg, int64_t id)
{
	struct ids *ids = arg;
	ids->items[ids->count++] = id;
	return true;
}

/* How many incidents still concern the monitor, and the last of them. */
static size_t concerning(struct store *store, int64_t monitor_id, int64_t *ret_last)
{
	struct ids ids = { .count = 0 };
	must(store_incidents_of_monitor(store, monitor_id, gather, &ids, err));
	*ret_last = ids.count > 0 ? ids.items[ids.count - 1] : 0;
	return ids.count;
}

static void move(struct store *store, struct incident *incident,
		 enum incident_status status, int64_t over_ms)
{
	incident->status = status;
	incident->over_ms = over_ms;
	must(store_incident_put(store, incident, err));
}

static void join_put__adds_once__and_then_changes(void **state)
{
	struct incident incident = an_incident(*state, WEBSITE);
	struct join got;
	bool found = true;
	must(store_join_get(*state, incident.id, SHOP, &got, &found, err));
	assert_false(found);
	join(*state, incident.id, SHOP, true);
	struct join put = { .incident_id = incident.id,
			    .monitor_id = SHOP,
			    .episode = 2,
			    .joined_ms = 3,
			    .ok_ms = 4 };
	must(store_join_put(*state, &put, err));
	must(store_join_get(*state, incident.id, SHOP, &got, &found, err));
	assert_true(found);
	assert_memory_equal(&got, &put, sizeof(got));
	assert_int_equal(number_of_sql(*state, "SELECT count(*) FROM joining"), 1);
}

static void joined_in_error__counts_those__that_are_not_ok_r9(void **state)
{
	struct incident incident = an_incident(*state, WEBSITE);
	int64_t count = -1;
	join(*state, incident.id, SHOP, true);
	join(*state, incident.id, MAIL, false);
	join(*state, incident.id, BATCH, true);
	must(store_joined_in_error(*state, incident.id, &count, err));
	assert_int_equal(count, 2);
}

static bool join_more(void *arg, const struct join *seen, const char *monitor)
{
	struct store *store = arg;
	assert_true(monitor[0] != '\0');
	join(store, seen->incident_id, BATCH, true);
	return true;
}

static void joins__may_be_changed__while_they_are_handed_out(void **state)
{
	struct incident incident = an_incident(*state, WEBSITE);
	join(*state, incident.id, SHOP, true);
	join(*state, incident.id, MAIL, true);
	must(store_joins(*state, incident.id, join_more, *state, err));
	assert_int_equal(number_of_sql(*state, "SELECT count(*) FROM joining"), 3);
}

static void incidents_of_monitor__leave_out__what_is_finished(void **state)
{
	static const struct {
		enum incident_status status;
		int64_t over_ms;
		size_t count;
	} cases[] = {
		{ INCIDENT_HELD, 0, 1 },         { INCIDENT_IDENTIFIED, 0, 1 },
		{ INCIDENT_MONITORING, 0, 1 },   { INCIDENT_RESOLVED, 0, 0 },
		{ INCIDENT_DETACHED, 0, 1 },     { INCIDENT_DETACHED, T0, 0 },
		{ INCIDENT_NEVER_PUBLIC, 0, 0 }, { INCIDENT_INVESTIGATING, 0, 1 },
	};
	struct incident incident = an_incident(*state, WEBSITE);
	int64_t last;
	join(*state, incident.id, SHOP, true);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		move(*state, &incident, cases[i].status, cases[i].over_ms);
		if (concerning(*state, SHOP, &last) != cases[i].count)
			fail_msg("case %zu", i);
	}
}

static void incidents_of_monitor__keep_the_latest__of_those_nobody_resolved(void **state)
{
	struct incident old = an_incident(*state, WEBSITE);
	join(*state, old.id, SHOP, false);
	join(*state, old.id, MAIL, false);
	move(*state, &old, INCIDENT_MONITORING, 0);
	struct incident elsewhere = an_incident(*state, EMAIL);
	struct incident latest = an_incident(*state, WEBSITE);
	int64_t last;
	join(*state, elsewhere.id, SHOP, true);
	assert_int_equal(concerning(*state, SHOP, &last), 2);
	join(*state, latest.id, SHOP, true);
	assert_int_equal(concerning(*state, SHOP, &last), 2);
	assert_int_equal(last, latest.id);
	assert_int_equal(concerning(*state, MAIL, &last), 1);
	assert_int_equal(last, old.id);
}

static bool is_shop(void *arg, const char *name)
{
	*(bool *)arg = strcmp(name, "Shop") == 0;
	return true;
}

static void incident_monitors__keep_their_names__when_deleted_i22(void **state)
{
	struct incident incident = an_incident(*state, WEBSITE);
	bool named = false;
	join(*state, incident.id, SHOP, false);
	run_sql(*state, "DELETE FROM monitor WHERE id = 1");
	must(store_incident_monitors(*state, incident.id, is_shop, &named, err));
	assert_true(named);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		JOURNAL_TEST(join_put__adds_once__and_then_changes),
		JOURNAL_TEST(joined_in_error__counts_those__that_are_not_ok_r9),
		JOURNAL_TEST(joins__may_be_changed__while_they_are_handed_out),
		JOURNAL_TEST(incidents_of_monitor__leave_out__what_is_finished),
		JOURNAL_TEST(
			incidents_of_monitor__keep_the_latest__of_those_nobody_resolved),
		JOURNAL_TEST(incident_monitors__keep_their_names__when_deleted_i22),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
