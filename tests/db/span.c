/* The last day of services, from what was told and what waits (R9), and from the windows
 * that mute all of a service's monitors (R11). */

#include "core/base/clock.h"
#include "tests/support/journal.h"

#define MIN(n) (T0 + (n)*MINUTE_MS)

/* Spans are compared as "1 known 0-5, 1 down 5-", by service: minutes after T0; "<" is
 * before it. */
static void add_minute(struct buf *text, int64_t time_ms)
{
	if (time_ms < T0)
		buf_addc(text, '<');
	else
		buf_addf(text, "%lld", (long long)((time_ms - T0) / MINUTE_MS));
}

struct noting {
	struct buf text;
	int64_t service_id;
};

static bool note_span(void *arg, const struct service_span *span)
{
	static const char *const kinds[] = { "known", "muted", "degraded", "down" };
	struct noting *noting = arg;
	struct buf *text = &noting->text;

	buf_addf(text, "%s%lld %s ", text->len > 0 ? ", " : "",
		 (long long)noting->service_id, kinds[span->kind]);
	add_minute(text, span->from_ms);
	buf_addc(text, '-');
	if (span->until_ms != 0)
		add_minute(text, span->until_ms);
	return true;
}

static void noting_done(struct noting *noting)
{
	buf_done(&noting->text);
}

static void expect_spans(struct store *store, int64_t since_ms, const char *expected)
{
	DEFER(noting_done) struct noting noting = { .text = BUF_INIT(4096) };

	for (noting.service_id = WEBSITE; noting.service_id <= EMAIL; noting.service_id++)
		must(store_service_spans(store, noting.service_id, since_ms, MIN(1000),
					 note_span, &noting, err));
	assert_string_equal(buf_text(&noting.text), expected);
}

/* Decided and delivered a minute later. */
static struct delivery tell(struct store *store, int64_t incident_id, int64_t minute,
			    enum service_status says)
{
	struct delivery d = { .service_id = WEBSITE,
			      .incident_id = incident_id,
			      .state = DELIVERY_QUEUED,
			      .service_status = says,
			      .created_ms = MIN(minute) };

	must(store_delivery_add(store, &d, "", err));
	d.state = DELIVERY_DELIVERED;
	d.delivered_ms = MIN(minute + 1);
	must(store_delivery_put(store, &d, err));
	return d;
}

static void spans__know_nothing__before_the_first_event_and_without_a_link(void **state)
{
	run_sql(*state, "DELETE FROM event; DELETE FROM link");
	expect_spans(*state, T0, "");
	struct event event = { .monitor_id = SHOP, .state = EVENT_OK };
	enum event_verdict verdict;
	bool conflict;
	must(store_event_add(*state, &event, MIN(3), &verdict, &conflict, err));
	run_sql(*state, "INSERT INTO link VALUES (77, 1, 1, 1, 1, 0)");
	expect_spans(*state, T0, "1 known 3-");
}

static void spans__change__with_each_update_that_was_told(void **state)
{
	run_sql(*state, "DELETE FROM link");
	struct incident incident = an_incident(*state, WEBSITE);
	(void)tell(*state, incident.id, 10, SERVICE_DISRUPTION);
	(void)tell(*state, incident.id, 20, SERVICE_DEGRADED);
	(void)tell(*state, incident.id, 30, SERVICE_OPERATIONAL);
	expect_spans(*state, T0, "1 known 30-, 1 degraded 20-30, 1 down 10-20");
	expect_spans(*state, MIN(25), "1 known 30-, 1 degraded 20-30");
}

static void spans__begin_when_decided__of_what_waits(void **state)
{
	run_sql(*state, "DELETE FROM link");
	struct incident incident = an_incident(*state, WEBSITE);
	struct delivery waiting = a_delivery(*state, WEBSITE, incident.id);
	waiting.service_status = SERVICE_DISRUPTION;
	must(store_delivery_put(*state, &waiting, err));
	expect_spans(*state, T0, "1 down 0-");
	waiting.state = DELIVERY_HELD;
	must(store_delivery_put(*state, &waiting, err));
	expect_spans(*state, T0, "");
}

static void spans__end__with_an_incident_that_a_person_ended_r7(void **state)
{
	run_sql(*state, "DELETE FROM link");
	struct incident incident = an_incident(*state, WEBSITE);
	(void)tell(*state, incident.id, 10, SERVICE_DISRUPTION);
	incident.status = INCIDENT_RESOLVED;
	incident.resolved_at_ms = MIN(15);
	must(store_incident_put(*state, &incident, err));
	expect_spans(*state, T0, "1 down 10-15");
}

static void spans__are_muted__where_a_window_covers_every_monitor_r11(void **state)
{
	struct maintenance window = { .from_ms = MIN(5), .until_ms = MIN(9) };
	struct maintenance_target shop = { .kind = TARGET_MONITOR, .id = SHOP };

	run_sql(*state, "DELETE FROM event; DELETE FROM link;"
			"INSERT INTO link VALUES (70, 1, 1, 1, 1, 0)");
	must(store_maintenance_add(*state, &window, &shop, 1, err));
	expect_spans(*state, T0, "1 muted 5-9");
	expect_spans(*state, MIN(10), "");
	run_sql(*state, "INSERT INTO link VALUES (71, 1, 1, 2, 1, 0)");
	expect_spans(*state, T0, "");
}

static void spans__are_muted__by_windows_over_groups_and_services_r11(void **state)
{
	struct maintenance early = { .from_ms = MIN(5), .until_ms = MIN(9) };
	struct maintenance late = { .from_ms = MIN(20), .until_ms = MIN(30) };
	struct maintenance_target web = { .kind = TARGET_GROUP, .group = "web" };
	struct maintenance_target email = { .kind = TARGET_SERVICE, .id = EMAIL };

	run_sql(*state,
		"DELETE FROM event; DELETE FROM link;"
		"INSERT INTO link VALUES (70, 1, 1, 1, 1, 0), (71, 1, 1, 2, 2, 0)");
	must(store_maintenance_add(*state, &early, &web, 1, err));
	must(store_maintenance_add(*state, &late, &email, 1, err));
	expect_spans(*state, T0, "1 muted 5-9, 2 muted 20-30");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		JOURNAL_TEST(
			spans__know_nothing__before_the_first_event_and_without_a_link),
		JOURNAL_TEST(spans__change__with_each_update_that_was_told),
		JOURNAL_TEST(spans__begin_when_decided__of_what_waits),
		JOURNAL_TEST(spans__end__with_an_incident_that_a_person_ended_r7),
		JOURNAL_TEST(spans__are_muted__where_a_window_covers_every_monitor_r11),
		JOURNAL_TEST(spans__are_muted__by_windows_over_groups_and_services_r11),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
