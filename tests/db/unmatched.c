/* Whom an event is about, what is kept of those nobody knows, and how they are adopted. */
#include <stdio.h>
#include <string.h>

#include "core/base/text.h"
#include "core/store_sources.h"
#include "tests/support/journal.h"

static struct subject a_subject(const char *guid, const char *name)
{
	struct subject subject = { 0 };
	assert_true(text_copy(subject.guid, sizeof(subject.guid), guid));
	assert_true(text_copy(subject.name, sizeof(subject.name), name));
	return subject;
}

static int64_t monitor_of(struct store *store, const char *guid, const char *name)
{
	struct subject subject = a_subject(guid, name);
	int64_t id = -1;
	must(store_subject_monitor(store, &subject, &id, err));
	return id;
}

static struct event an_event(enum event_state state, const char *id)
{
	struct event event = { .state = state, .confirmed = true };
	assert_true(text_copy(event.id, sizeof(event.id), id));
	return event;
}

static int64_t keep(struct store *store, const char *name, struct event event,
		    int64_t now_ms)
{
	struct subject subject = a_subject("", name);
	int64_t id = 0;
	bool conflict = true;
	must(store_unmatched_add(store, &subject, &event, now_ms, &id, &conflict, err));
	assert_false(conflict);
	return id;
}

static struct unmatched get(struct store *store, int64_t id)
{
	struct unmatched row = { 0 };
	must(store_unmatched_get(store, id, &row, err));
	return row;
}

/* ---- subjects ---- */

static void subject__is_found__by_guid_then_by_name(void **state)
{
	run_sql(*state, "UPDATE monitor SET guid = 'AB-12' WHERE id = 2");
	assert_int_equal(monitor_of(*state, "ab-12", "Shop"), MAIL);
	assert_int_equal(monitor_of(*state, "cd-34", "Shop"), SHOP);
	assert_int_equal(monitor_of(*state, "", "ab-12"), MAIL);
	assert_int_equal(monitor_of(*state, "", "shop"), 0);
	struct subject guess = a_subject("", "Shop");
	int64_t id = -1;
	guess.is_guess = true;
	must(store_subject_monitor(*state, &guess, &id, err));
	assert_int_equal(id, 0);
}

/* ---- keeping ---- */

static void unmatched__is_one_row__with_the_last_event(void **state)
{
	int64_t id = keep(*state, "Shap", an_event(EVENT_ERROR, "a"), T0);
	assert_int_equal(keep(*state, "Shap", an_event(EVENT_OK, "b"), T0 + 7), id);
	assert_int_not_equal(keep(*state, "Shup", an_event(EVENT_OK, ""), T0 + 8), id);
	struct unmatched row = get(*state, id);
	assert_string_equal(row.name, "Shap");
	assert_int_equal(row.events, 2);
	assert_int_equal(row.first_ms, T0);
	assert_int_equal(row.event.at_ms, T0 + 7);
	assert_int_equal(row.event.state, EVENT_OK);
	assert_string_equal(row.event.id, "b");
	assert_int_equal(row.monitor_id, 0);
}

static void unmatched__is_idempotent__by_the_last_id_r14(void **state)
{
	int64_t id = keep(*state, "Shap", an_event(EVENT_ERROR, "a"), T0);
	assert_int_equal(keep(*state, "Shap", an_event(EVENT_ERROR, "a"), T0 + 5), id);
	assert_int_equal(get(*state, id).events, 1);
	struct subject subject = a_subject("", "Shap");
	struct event other = an_event(EVENT_OK, "a");
	struct err err = { 0 };
	bool conflict = false;
	assert_false(
		store_unmatched_add(*state, &subject, &other, T0, &id, &conflict, &err));
	assert_true(conflict);
	assert_int_equal(err.code, ERR_INVALID);
}

static void unmatched__keeps_the_newest__whatever_comes_late(void **state)
{
	int64_t id = keep(*state, "Shap", an_event(EVENT_ERROR, ""), T0);
	struct event late = an_event(EVENT_OK, "");
	late.explicit_at = true;
	late.at_ms = T0 - 1;
	keep(*state, "Shap", late, T0 + 1);
	struct event unconfirmed = an_event(EVENT_ERROR, "u");
	unconfirmed.confirmed = false;
	keep(*state, "Shap", unconfirmed, T0 + 2);
	struct unmatched row = get(*state, id);
	assert_int_equal(row.events, 3);
	assert_int_equal(row.event.state, EVENT_ERROR);
	assert_int_equal(row.event.at_ms, T0);
}

static void unmatched__refuses__a_time_too_far_ahead_r14(void **state)
{
	struct subject subject = a_subject("", "Shap");
	struct event event = an_event(EVENT_ERROR, "");
	struct err err = { 0 };
	int64_t id;
	bool conflict;
	event.explicit_at = true;
	event.at_ms = T0 + 300001;
	assert_false(
		store_unmatched_add(*state, &subject, &event, T0, &id, &conflict, &err));
	assert_int_equal(err.code, ERR_INVALID);
	assert_false(conflict);
}

static void unmatched__forgets_the_longest_silent__beyond_its_limit(void **state)
{
	run_sql(*state,
		"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE "
		"i < 10000) INSERT INTO unmatched SELECT NULL, '', 'N' || i, 1, i, 0, 0, "
		"1, "
		"0, i, i, 0, 0, 0, NULL, NULL FROM n");
	run_sql(*state, "UPDATE unmatched SET monitor_id = 1 WHERE name = 'N1'");
	for (int i = 0; i < 100; i++) {
		char name[16];
		(void)snprintf(name, sizeof(name), "Last %d", i);
		keep(*state, name, an_event(EVENT_ERROR, ""), T0 + i);
	}
	int64_t count = 0;
	must(store_count_unmatched(*state, &count, err));
	assert_int_equal(count, UNMATCHED_MAX);
	assert_int_equal(number_of_sql(*state, "SELECT count(*) FROM unmatched WHERE "
					       "name IN ('N1', 'Last 0', 'Last 99')"),
			 3);
	assert_int_equal(number_of_sql(*state, "SELECT count(*) FROM unmatched WHERE "
					       "name = 'N100'"),
			 0);
}

/* ---- the list ---- */

static bool add_name(void *arg, const struct unmatched *row)
{
	buf_addf(arg, "%s ", row->name);
	return true;
}

static const char *names(struct store *store, const struct filter *filter,
			 struct buf *ret)
{
	buf_reset(ret);
	must(store_list_unmatched(store, filter, add_name, ret, err));
	return buf_text(ret);
}

static void list_unmatched__is_newest_first__and_filtered(void **state)
{
	DEFER(buf_done) struct buf text = BUF_INIT(1000);
	struct filter filter = FILTER_ALL;
	keep(*state, "A", an_event(EVENT_ERROR, ""), T0);
	keep(*state, "B", an_event(EVENT_ERROR, ""), T0 + 1);
	keep(*state, "C", an_event(EVENT_ERROR, ""), T0 + 2);
	keep(*state, "A", an_event(EVENT_OK, ""), T0 + 3);
	assert_string_equal(names(*state, &filter, &text), "A C B ");
	filter.limit = 1;
	assert_string_equal(names(*state, &filter, &text), "A ");
	filter = FILTER_ALL;
	filter.since_ms = T0 + 2;
	filter.until_ms = T0 + 3;
	assert_string_equal(names(*state, &filter, &text), "C ");
	filter = FILTER_ALL;
	filter.search = "b";
	assert_string_equal(names(*state, &filter, &text), "B ");
	must(store_unmatched_adopt(*state, 1, SHOP, T0 + 5, err));
	assert_string_equal(names(*state, &FILTER_ALL, &text), "C B ");
}

/* ---- adopting ---- */

static void adopt__lets_the_last_event_count__with_its_own_time(void **state)
{
	int64_t id = keep(*state, "Shap", an_event(EVENT_ERROR, "a"), T0);
	must(store_unmatched_adopt(*state, id, SHOP, T0 + 60000, err));
	assert_int_equal(monitor_of(*state, "", "Shap"), SHOP);
	assert_int_equal(
		number_of_sql(*state,
			      "SELECT count(*) FROM event NATURAL JOIN pending "
			      "WHERE monitor_id = 1 AND state = 0 AND id = 'a' AND "
			      "at_ms = 1790000000000"),
		1);
	/* The sender sends it again: it is known. */
	struct event again = an_event(EVENT_ERROR, "a");
	enum event_verdict verdict = VERDICT_ACCEPTED;
	bool conflict;
	again.monitor_id = SHOP;
	must(store_event_add(*state, &again, T0 + 60001, &verdict, &conflict, err));
	assert_int_equal(verdict, VERDICT_DUPLICATE);
}

static void adopt__changes_nothing_old__on_a_monitor_with_newer_events_r14(void **state)
{
	int64_t id = keep(*state, "Shap", an_event(EVENT_ERROR, ""), T0);
	struct event newer = an_event(EVENT_OK, "");
	enum event_verdict verdict;
	bool conflict;
	newer.monitor_id = SHOP;
	must(store_event_add(*state, &newer, T0 + 1, &verdict, &conflict, err));
	must(store_unmatched_adopt(*state, id, SHOP, T0 + 2, err));
	assert_int_equal(
		number_of_sql(*state, "SELECT effect FROM event WHERE state = 0"),
		EFFECT_TOO_OLD);
}

static void adopt__as_another_monitor__moves_the_name_alone(void **state)
{
	int64_t id = keep(*state, "Shap", an_event(EVENT_ERROR, ""), T0);
	must(store_unmatched_adopt(*state, id, SHOP, T0, err));
	must(store_unmatched_adopt(*state, id, MAIL, T0, err));
	assert_int_equal(monitor_of(*state, "", "Shap"), MAIL);
	assert_int_equal(number_of_sql(*state, "SELECT count(*) FROM event"), 1);
}

static void adopt__ends__with_its_monitor(void **state)
{
	int64_t id = keep(*state, "Shap", an_event(EVENT_ERROR, ""), T0);
	const struct firing_owner owner = { .monitor_id = BATCH };
	must(store_unmatched_adopt(*state, id, BATCH, T0, err));
	must(store_firing_set(*state, &owner, "ffff", T0, err));
	must(store_delete(*state, RECORD_MONITOR, BATCH, err));
	assert_int_equal(monitor_of(*state, "", "Shap"), 0);
	assert_int_equal(number_of_sql(*state, "SELECT count(*) FROM firing"), 0);
	assert_int_equal(get(*state, id).monitor_id, 0);
}

static void adopt__says_not_found__for_an_id_that_is_none(void **state)
{
	struct err err = { 0 };
	assert_false(store_unmatched_adopt(*state, 9, SHOP, T0, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	assert_non_null(strstr(err.text, "list unmatched"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		JOURNAL_TEST(subject__is_found__by_guid_then_by_name),
		JOURNAL_TEST(unmatched__is_one_row__with_the_last_event),
		JOURNAL_TEST(unmatched__is_idempotent__by_the_last_id_r14),
		JOURNAL_TEST(unmatched__keeps_the_newest__whatever_comes_late),
		JOURNAL_TEST(unmatched__refuses__a_time_too_far_ahead_r14),
		JOURNAL_TEST(unmatched__forgets_the_longest_silent__beyond_its_limit),
		JOURNAL_TEST(list_unmatched__is_newest_first__and_filtered),
		JOURNAL_TEST(adopt__lets_the_last_event_count__with_its_own_time),
		JOURNAL_TEST(
			adopt__changes_nothing_old__on_a_monitor_with_newer_events_r14),
		JOURNAL_TEST(adopt__as_another_monitor__moves_the_name_alone),
		JOURNAL_TEST(adopt__ends__with_its_monitor),
		JOURNAL_TEST(adopt__says_not_found__for_an_id_that_is_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
