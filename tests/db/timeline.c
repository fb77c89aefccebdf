/* An incident's timeline, told by what it left in the journal and the outbox. */
#include <stdio.h>
#include <string.h>

#include "tests/support/journal.h"

static void reach(struct store *store, const struct alert *alert, int64_t incident_id)
{
	bool is_new;
	must(store_alert_reach_add(store, alert->id, WEBSITE, incident_id, &is_new, err));
}

static bool tell(void *arg, const struct timeline_entry *entry)
{
	char *text = arg;
	size_t used = strlen(text);
	(void)snprintf(text + used, 2048 - used, "%d %s: %s%s%s\n",
		       (int)(entry->at_ms - T0), entry->kind, entry->text,
		       entry->actor[0] != '\0' ? " by " : "", entry->actor);
	return true;
}

static const char *told(struct store *store, int64_t incident_id, bool newest_first)
{
	static char text[2048];
	text[0] = '\0';
	must(store_timeline(store, incident_id, newest_first, tell, text, err));
	return text;
}

/* Shop opens it at T0, Mail joins at 10, both are OK at 20 and 30; two levels of Shop
 * say OK. */
static struct incident a_story(struct store *store)
{
	struct alert shop = an_alert(store, ALERT_ERROR, SHOP, 1, T0);
	struct alert mail = an_alert(store, ALERT_ERROR, MAIL, 1, T0 + 10);
	struct incident incident = { .service_id = WEBSITE,
				     .status = INCIDENT_INVESTIGATING,
				     .opened_at_ms = T0,
				     .opening_alert_id = shop.id };
	must(store_incident_put(store, &incident, err));
	reach(store, &shop, incident.id);
	reach(store, &mail, incident.id);
	(void)an_alert(store, ALERT_OK, SHOP, 1, T0 + 20);
	(void)an_alert(store, ALERT_OK, SHOP, 1, T0 + 20);
	(void)an_alert(store, ALERT_OK, MAIL, 1, T0 + 30);
	return incident;
}

static void timeline__tells_alerts_joins_and_oks__in_order(void **state)
{
	struct incident incident = a_story(*state);
	assert_string_equal(
		told(*state, incident.id, false),
		"0 alert: Error alert of monitor 'Shop' (level 1 of 'Default')\n"
		"10 joined: Error alert of monitor 'Mail' (level 1 of 'Default')\n"
		"20 ok: Monitor 'Shop' is OK\n"
		"30 ok: Monitor 'Mail' is OK\n");
}

static void timeline__tells_updates__with_every_attempt_and_their_end(void **state)
{
	struct incident incident = an_incident(*state, WEBSITE);
	struct delivery first = a_delivery(*state, WEBSITE, incident.id);
	struct delivery second = { .incident_id = incident.id,
				   .service_id = WEBSITE,
				   .kind = KIND_RECOVERY,
				   .state = DELIVERY_DRY_RUN,
				   .dry = true,
				   .incident_status = INCIDENT_MONITORING,
				   .created_ms = T0 + 40 };
	static const struct attempt tries[] = {
		{ .at_ms = T0 + 1, .error = "connection refused" },
		{ .at_ms = T0 + 2, .no_answer = true },
		{ .at_ms = T0 + 3, .http_status = 503, .duration_ms = 88 },
	};
	for (size_t i = 0; i < COUNT_OF(tries); i++) {
		struct attempt attempt = tries[i];
		attempt.delivery_id = first.id;
		must(store_attempt_add(*state, &attempt, err));
	}
	first.state = DELIVERY_CANCELLED;
	first.finished_ms = T0 + 30;
	(void)snprintf(first.error, sizeof(first.error), "not worth a word");
	must(store_delivery_put(*state, &first, err));
	must(store_delivery_add(*state, &second, "{}", err));
	assert_string_equal(
		told(*state, incident.id, false),
		"0 decided: Disruption decided: incident investigating, service "
		"disruption\n"
		"1 attempt: Disruption could not be sent: connection refused\n"
		"2 attempt: Disruption sent, but not answered\n"
		"3 attempt: Disruption answered with 503 after 88 ms\n"
		"30 cancelled: Disruption cancelled: not worth a word\n"
		"40 decided: Recovery decided: incident monitoring, service operational "
		"(dry-run: recorded only)\n");
}

static void timeline__tells_acts_of_people__newest_first_as_asked(void **state)
{
	struct incident incident = an_incident(*state, WEBSITE);
	must(store_timeline_add(*state, incident.id, T0 + 5, "note", "Disk is full",
				err));
	must(store_timeline_add(*state, incident.id, T0 + 5, "identified", "A disk",
				err));
	must(store_timeline_add(*state, incident.id + 1, T0 + 5, "note", "Elsewhere",
				err));
	assert_string_equal(told(*state, incident.id, true),
			    "5 identified: A disk by anna\n"
			    "5 note: Disk is full by anna\n");
}

static void incident_message__is_what_it_was_opened_with__by_hand_r18(void **state)
{
	struct incident incident = an_incident(*state, WEBSITE);
	DEFER(buf_done) struct buf text = BUF_INIT(PUBLIC_TEXT_SIZE);
	must(store_incident_message(*state, incident.id, &text, err));
	assert_string_equal(buf_text(&text), "");
	must(store_timeline_add(*state, incident.id, T0, "open", "We look into it", err));
	must(store_timeline_add(*state, incident.id, T0, "note", "A disk", err));
	must(store_incident_message(*state, incident.id, &text, err));
	assert_string_equal(buf_text(&text), "We look into it");
}

static void timeline__keeps_names__when_monitors_are_deleted_i22(void **state)
{
	struct incident incident = a_story(*state);
	run_sql(*state, "DELETE FROM monitor; DELETE FROM definition");
	assert_non_null(strstr(told(*state, incident.id, false),
			       "Error alert of monitor 'Mail' (level 1 of 'Default')"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		JOURNAL_TEST(timeline__tells_alerts_joins_and_oks__in_order),
		JOURNAL_TEST(timeline__tells_updates__with_every_attempt_and_their_end),
		JOURNAL_TEST(timeline__tells_acts_of_people__newest_first_as_asked),
		JOURNAL_TEST(incident_message__is_what_it_was_opened_with__by_hand_r18),
		JOURNAL_TEST(timeline__keeps_names__when_monitors_are_deleted_i22),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
