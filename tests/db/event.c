/* The journal of events (R14) and the states of monitors. */
#include <string.h>

#include "core/base/text.h"
#include "tests/support/journal.h"

static struct event an_event(enum event_state state)
{
	return (struct event){ .monitor_id = SHOP, .state = state, .confirmed = true };
}

static struct event an_event_at(enum event_state state, int64_t at_ms)
{
	struct event event = an_event(state);
	event.explicit_at = true;
	event.at_ms = at_ms;
	return event;
}

static void set_id(struct event *event, const char *id)
{
	assert_true(text_copy(event->id, sizeof(event->id), id));
}

static enum event_verdict add(struct store *store, struct event *event, int64_t now_ms)
{
	enum event_verdict verdict = VERDICT_ACCEPTED;
	bool conflict = true;
	must(store_event_add(store, event, now_ms, &verdict, &conflict, err));
	assert_false(conflict);
	return verdict;
}

static bool refuses(struct store *store, struct event event, int64_t now_ms,
		    bool *ret_conflict)
{
	enum event_verdict verdict = VERDICT_ACCEPTED;
	struct err why = { 0 };
	bool added = store_event_add(store, &event, now_ms, &verdict, ret_conflict, &why);
	return !added && why.code == ERR_INVALID;
}

static int64_t newest(struct store *store)
{
	struct monitor_state state;
	must(store_monitor_state(store, SHOP, &state, err));
	return state.newest_ms;
}

static void event_add__takes_the_time_of_arrival__without_at_r14(void **state)
{
	struct event event = an_event(EVENT_ERROR);
	assert_int_equal(add(*state, &event, T0), VERDICT_ACCEPTED);
	assert_int_equal(event.at_ms, T0);
	assert_int_equal(event.received_ms, T0);
	assert_int_equal(event.effect, EFFECT_PENDING);
	assert_int_equal(newest(*state), T0);
}

static void event_add__never_goes_before_the_newest__without_at_r14(void **state)
{
	struct event ahead = an_event_at(EVENT_ERROR, T0 + 200000);
	struct event event = an_event(EVENT_OK);
	add(*state, &ahead, T0);
	assert_int_equal(add(*state, &event, T0 + 1), VERDICT_ACCEPTED);
	assert_int_equal(event.at_ms, T0 + 200000);
	assert_int_equal(event.received_ms, T0 + 1);
}

/* Each is added after an error at T0. */
static const struct {
	const char *what;
	enum event_state state;
	bool confirmed;
	int64_t at_ms;
	enum event_verdict verdict;
	enum event_effect effect;
	int64_t newest_ms;
} times[] = {
	{ "later", EVENT_OK, true, T0 + 5, VERDICT_ACCEPTED, EFFECT_PENDING, T0 + 5 },
	{ "the same instant", EVENT_OK, true, T0, VERDICT_ACCEPTED, EFFECT_PENDING, T0 },
	{ "too old", EVENT_OK, true, T0 - 1, VERDICT_TOO_OLD, EFFECT_TOO_OLD, T0 },
	{ "exactly 5 min ahead", EVENT_ERROR, true, T0 + 300000, VERDICT_ACCEPTED,
	  EFFECT_PENDING, T0 + 300000 },
	{ "unconfirmed", EVENT_ERROR, false, T0 + 5, VERDICT_ACCEPTED, EFFECT_UNCONFIRMED,
	  T0 },
	{ "an unconfirmed OK is an OK", EVENT_OK, false, T0 + 5, VERDICT_ACCEPTED,
	  EFFECT_PENDING, T0 + 5 },
};

static void event_add__judges_explicit_times__by_the_newest_r14(void **state)
{
	for (size_t i = 0; i < COUNT_OF(times); i++) {
		run_sql(*state, "DELETE FROM event; DELETE FROM monitor_state");
		struct event first = an_event_at(EVENT_ERROR, T0);
		add(*state, &first, T0);
		struct event event = an_event_at(times[i].state, times[i].at_ms);
		event.confirmed = times[i].confirmed;
		enum event_verdict verdict = add(*state, &event, T0);
		if (verdict != times[i].verdict || event.effect != times[i].effect ||
		    newest(*state) != times[i].newest_ms)
			fail_msg("%s: verdict %d, effect %d", times[i].what, (int)verdict,
				 (int)event.effect);
	}
}

static void event_add__refuses__more_than_5_min_ahead_r14(void **state)
{
	bool conflict = true;
	assert_true(refuses(*state, an_event_at(EVENT_OK, T0 + 300001), T0, &conflict));
	assert_false(conflict);
	assert_int_equal(number_of_sql(*state, "SELECT count(*) FROM event"), 0);
}

static void event_add__answers_as_the_first_time__for_the_same_id_r14(void **state)
{
	struct event first = an_event_at(EVENT_ERROR, T0);
	set_id(&first, "a1");
	add(*state, &first, T0);
	struct event again = first;
	again.seq = 0;
	assert_int_equal(add(*state, &again, T0 + 9000), VERDICT_DUPLICATE);
	assert_int_equal(again.seq, first.seq);
	assert_int_equal(again.received_ms, T0);
	struct event without_at = an_event(EVENT_ERROR);
	set_id(&without_at, "a1");
	assert_int_equal(add(*state, &without_at, T0 + 9000), VERDICT_DUPLICATE);
	assert_int_equal(number_of_sql(*state, "SELECT count(*) FROM event"), 1);
}

static void event_add__conflicts__when_an_id_comes_with_something_else_r14(void **state)
{
	struct event first = an_event_at(EVENT_ERROR, T0);
	set_id(&first, "a1");
	add(*state, &first, T0);
	struct event other_state = first;
	other_state.state = EVENT_OK;
	struct event other_time = first;
	other_time.at_ms = T0 + 1;
	bool conflict = false;
	assert_true(refuses(*state, other_state, T0, &conflict));
	assert_true(conflict);
	conflict = false;
	assert_true(refuses(*state, other_time, T0, &conflict));
	assert_true(conflict);
}

static void event_add__takes_the_same_id__from_another_monitor_r14(void **state)
{
	struct event first = an_event(EVENT_ERROR);
	struct event other = an_event(EVENT_OK);
	set_id(&first, "a1");
	set_id(&other, "a1");
	other.monitor_id = MAIL;
	add(*state, &first, T0);
	assert_int_equal(add(*state, &other, T0), VERDICT_ACCEPTED);
}

static void event_add__cuts_a_message__above_1000_characters_r14(void **state)
{
	struct event event = an_event(EVENT_ERROR);
	memset(event.message, 'x', 1500);
	assert_int_equal(add(*state, &event, T0), VERDICT_ACCEPTED);
	assert_int_equal(strlen(event.message), 1000);
	assert_int_equal(number_of_sql(*state, "SELECT length(message) FROM event"),
			 1000);
}

static void event_add__names_the_remedy__for_an_unknown_monitor(void **state)
{
	struct event event = an_event(EVENT_ERROR);
	enum event_verdict verdict = VERDICT_ACCEPTED;
	bool conflict = true;
	struct err why = { 0 };
	event.monitor_id = 99;
	assert_false(store_event_add(*state, &event, T0, &verdict, &conflict, &why));
	assert_int_equal(why.code, ERR_NOT_FOUND);
	assert_non_null(strstr(why.text, "hublink list monitors"));
}

static void events_pending__go_by_time_then_arrival__until_judged_r2(void **state)
{
	struct event late = an_event_at(EVENT_ERROR, T0 + 10);
	struct event early = an_event_at(EVENT_ERROR, T0);
	struct event same = an_event_at(EVENT_OK, T0 + 10);
	early.monitor_id = MAIL;
	add(*state, &late, T0 + 10);
	add(*state, &early, T0 + 10);
	add(*state, &same, T0 + 10);
	const struct event_place first = { 0 };
	struct event pending[4];
	struct err why = { 0 };
	assert_int_equal(store_events_pending(*state, first, pending, 4, &why), 3);
	assert_int_equal(pending[0].seq, early.seq);
	assert_int_equal(pending[1].seq, late.seq);
	assert_int_equal(pending[2].seq, same.seq);
	const struct event_place second = { late.at_ms, late.seq };
	assert_int_equal(store_events_pending(*state, second, pending, 4, &why), 1);
	assert_int_equal(pending[0].seq, same.seq);
	must(store_events_judged(*state, second, err));
	assert_int_equal(store_events_pending(*state, first, pending, 4, &why), 1);
	assert_int_equal(pending[0].seq, same.seq);
}

static void monitor_state__is_zeroed__until_it_is_put(void **state)
{
	struct monitor_state got;
	must(store_monitor_state(*state, SHOP, &got, err));
	assert_int_equal(got.monitor_id, SHOP);
	assert_int_equal(got.episode, 0);
	struct monitor_state put = { .monitor_id = SHOP,
				     .newest_ms = 77,
				     .judged_ms = T0,
				     .in_error = true,
				     .episode = 3,
				     .started_ms = T0 - 1,
				     .timer_base_ms = T0 - 2,
				     .errors = 4,
				     .timer_ms = T0 + 5,
				     .message = "refused" };
	must(store_put_monitor_state(*state, &put, err));
	must(store_monitor_state(*state, SHOP, &got, err));
	assert_int_equal(got.newest_ms, 0); /* store_event_add's alone */
	put.newest_ms = 0;
	assert_memory_equal(&got, &put, offsetof(struct monitor_state, message));
	assert_string_equal(got.message, "refused");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		JOURNAL_TEST(event_add__takes_the_time_of_arrival__without_at_r14),
		JOURNAL_TEST(event_add__never_goes_before_the_newest__without_at_r14),
		JOURNAL_TEST(event_add__judges_explicit_times__by_the_newest_r14),
		JOURNAL_TEST(event_add__refuses__more_than_5_min_ahead_r14),
		JOURNAL_TEST(event_add__answers_as_the_first_time__for_the_same_id_r14),
		JOURNAL_TEST(
			event_add__conflicts__when_an_id_comes_with_something_else_r14),
		JOURNAL_TEST(event_add__takes_the_same_id__from_another_monitor_r14),
		JOURNAL_TEST(event_add__cuts_a_message__above_1000_characters_r14),
		JOURNAL_TEST(event_add__names_the_remedy__for_an_unknown_monitor),
		JOURNAL_TEST(events_pending__go_by_time_then_arrival__until_judged_r2),
		JOURNAL_TEST(monitor_state__is_zeroed__until_it_is_put),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
