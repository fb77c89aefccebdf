#include "core/judge/report.h"

#include <string.h>

#include "core/judge/history.h"
#include "tests/support/acting.h"

#define MIN(n) (T0 + (n)*MINUTE_MS)

struct heard {
	struct report_head head;
	struct buf monitors, updates, events;
};

static bool hear_head(void *arg, const struct report_head *head)
{
	((struct heard *)arg)->head = *head;
	return true;
}

static bool hear_monitor(void *arg, const struct join *join, const char *monitor)
{
	struct heard *heard = arg;

	buf_addf(&heard->monitors, "%s%s\n", monitor, join->in_error ? " in error" : "");
	return true;
}

static bool hear_update(void *arg, const struct reported_update *update)
{
	struct heard *heard = arg;

	buf_addf(&heard->updates, "%s '%s' '%s' %s",
		 delivery_kind_text(update->delivery->kind), update->words->title,
		 update->words->description,
		 delivery_state_text(update->delivery->state));
	if (update->last)
		buf_addf(&heard->updates, " %lld %s",
			 (long long)update->last->http_status, update->last->answer);
	buf_addc(&heard->updates, '\n');
	return true;
}

static bool hear_event(void *arg, const struct timeline_entry *entry)
{
	struct heard *heard = arg;

	buf_addf(&heard->events, "%s %s: %s\n", entry->kind, entry->actor, entry->text);
	return true;
}

static void heard_done(struct heard *heard)
{
	buf_done(&heard->monitors);
	buf_done(&heard->updates);
	buf_done(&heard->events);
}

static struct heard report(struct store *store, int64_t incident_id)
{
	struct heard heard = { .monitors = BUF_INIT(65536),
			       .updates = BUF_INIT(65536),
			       .events = BUF_INIT(65536) };
	const struct report_reader reader = { hear_head, hear_monitor, hear_update,
					      hear_event, &heard };

	must(report_incident(store, incident_id, &reader, err));
	return heard;
}

static void report__tells_times_updates_and_who_did_what(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	run_sql(store, "UPDATE level SET after_errors = 2 WHERE id = 1");
	error_at(store, SHOP, T0);
	error_at(store, SHOP, MIN(1));
	answer_all(store, 503, MIN(1));
	answer_all(store, 200, MIN(2));
	acts(act_note(store, 1, "a disk", MIN(3), &result, err));
	ok_at(store, SHOP, MIN(5));
	answer_all(store, 200, MIN(6));

	DEFER(heard_done)
	struct heard heard = report(store, 1);
	assert_int_equal(heard.head.began_ms, T0);
	assert_int_equal(heard.head.to_detect_ms, MINUTE_MS);
	assert_int_equal(heard.head.to_publish_ms, 2 * MINUTE_MS);
	assert_int_equal(heard.head.ended_ms, MIN(5));
	assert_int_equal(heard.head.to_recover_ms, 6 * MINUTE_MS);
	assert_string_equal(buf_text(&heard.monitors), "Shop\n");
	assert_string_equal(buf_text(&heard.updates),
			    "disruption 'title' 'down' delivered 200 thanks\n"
			    "recovery 'title' 'up' delivered 200 thanks\n");
	assert_non_null(strstr(buf_text(&heard.events), "note anna: a disk"));
}

static void report__has_no_times_of_what_has_not_happened(void **state)
{
	struct store *store = *state;
	error_at(store, SHOP, T0);

	DEFER(heard_done)
	struct heard heard = report(store, 1);
	assert_int_equal(heard.head.to_detect_ms, 0);
	assert_int_equal(heard.head.published_ms, 0);
	assert_int_equal(heard.head.to_publish_ms, -1);
	assert_int_equal(heard.head.ended_ms, 0);
	assert_int_equal(heard.head.to_recover_ms, -1);
	assert_string_equal(buf_text(&heard.monitors), "Shop in error\n");
	assert_string_equal(buf_text(&heard.updates),
			    "disruption 'title' 'down' queued\n");
}

static void report__gives_the_body__where_a_template_has_no_title(void **state)
{
	struct store *store = *state;
	run_sql(store, "UPDATE integration SET payload = 'custom', template = "
		       "'{\"status\":\"{{@service.name}}\"}'");
	error_at(store, SHOP, T0);

	DEFER(heard_done)
	struct heard heard = report(store, 1);
	assert_string_equal(buf_text(&heard.updates),
			    "disruption '' '{\"status\":\"Website\"}' queued\n");
}

static void report__is_not_found__without_such_an_incident(void **state)
{
	struct err err = { 0 };
	const struct report_reader reader = { 0 };

	assert_false(report_incident(*state, 77, &reader, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
}

/* ---- history ---- */

static bool hear_told(void *arg, const struct told *told)
{
	buf_addf(arg, "%lld %s '%s'%s\n", (long long)((told->at_ms - T0) / MINUTE_MS),
		 delivery_kind_text(told->delivery->kind), told->words->description,
		 told->certain ? "" : " perhaps");
	return true;
}

static void expect_history(struct store *store, int64_t since_ms, int64_t until_ms,
			   const char *history)
{
	DEFER(buf_done)
	struct buf got = BUF_INIT(65536);

	must(history_service(store, WEBSITE, since_ms, until_ms, hear_told, &got, err));
	assert_string_equal(buf_text(&got), history);
}

static void history__tells_what_the_page_took__newest_first(void **state)
{
	struct store *store = *state;
	error_at(store, SHOP, T0);
	answer_all(store, 200, MIN(1));
	ok_at(store, SHOP, MIN(2));
	expect_history(store, 0, 0, "1 disruption 'down'\n");
	answer_all(store, 200, MIN(3));
	expect_history(store, 0, 0, "3 recovery 'up'\n1 disruption 'down'\n");
	expect_history(store, MIN(2), 0, "3 recovery 'up'\n");
	expect_history(store, 0, MIN(2), "1 disruption 'down'\n");
}

static void history__marks_what_was_never_answered_R22(void **state)
{
	struct store *store = *state;
	error_at(store, SHOP, T0);
	answer_all(store, 0, MIN(1));

	expect_history(store, 0, 0, "1 disruption 'down' perhaps\n");
}

static void history__leaves_out_what_never_left_R19(void **state)
{
	struct store *store = *state;
	set_mode(store, MODE_DRY_RUN);
	error_at(store, SHOP, T0);
	ok_at(store, SHOP, MIN(1));
	set_mode(store, MODE_LIVE);
	error_at(store, SHOP, MIN(2));
	answer_all(store, 503, MIN(2));

	expect_history(store, 0, 0, "");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, acting_open, journal_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(report__tells_times_updates_and_who_did_what),
		TEST(report__has_no_times_of_what_has_not_happened),
		TEST(report__gives_the_body__where_a_template_has_no_title),
		TEST(report__is_not_found__without_such_an_incident),
		TEST(history__tells_what_the_page_took__newest_first),
		TEST(history__marks_what_was_never_answered_R22),
		TEST(history__leaves_out_what_never_left_R19),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
