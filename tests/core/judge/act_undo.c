/* Undo and redo of configuration from the audit. */
#include "core/judge/act_undo.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/store_schedule.h"
#include "tests/support/check.h"
#include "tests/support/place.h"

static struct place place;
static struct buf before, now;

static int open_example(void **state)
{
	static const struct actor anna = { .name = "anna", .source = "local" };

	(void)state;
	before = now = BUF_INIT(1 << 20);
	place_init(&place);
	place_open(&place, STORE_CREATE);
	place_import(&place, place_example, false);
	store_set_actor(place.store, &anna);
	place_export(&place, &before);
	return 0;
}

static int close_example(void **state)
{
	(void)state;
	buf_done(&before);
	buf_done(&now);
	place_done(&place);
	return 0;
}

#define must(call)                         \
	do {                               \
		struct err err_ = { 0 };   \
		struct err *err = &err_;   \
		place_must((call), &err_); \
	} while (0)

static void assert_as_before(void)
{
	buf_reset(&now);
	place_export(&place, &now);
	assert_string_equal(buf_text(&now), buf_text(&before));
}

static bool is_as_before(void)
{
	buf_reset(&now);
	place_export(&place, &now);
	return text_equal(buf_text(&now), buf_text(&before));
}

/* Undoes or redoes what is next; false and the sentence if it is refused. */
static bool step(bool redo, struct err *err)
{
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;
	int64_t act = 0;

	if (!store_undo_next(place.store, "anna", redo, &act, err))
		return false;
	if (act == 0)
		return fail(err, ERR_NOT_FOUND, "nothing to do");
	return act_undo(place.store, act, redo, false, 1, &result, err);
}

static void step_well(bool redo)
{
	struct err err = { 0 };

	place_must(step(redo, &err), &err);
}

static void assert_refused(bool redo, const char *words)
{
	struct err err = { 0 };

	assert_false(step(redo, &err));
	if (strstr(err.text, words) == NULL)
		fail_msg("%s", err.text);
}

static void set(enum record_kind kind, int64_t id, const char *column, const char *text)
{
	void *rec = mem_new(1, record_types[kind].size);

	must(store_get(place.store, kind, id, rec, err));
	must(field_parse(field_by_column(kind, column), text, rec, err));
	must(store_put(place.store, kind, rec, err));
	free(rec);
}

static void undo__takes_changes_back_one_by_one__and_redo_makes_them_again(void **state)
{
	(void)state;
	set(RECORD_MONITOR, 1, "name", "Shop EU");
	set(RECORD_MONITOR, 1, "active", "no");
	step_well(false);
	step_well(false);
	assert_as_before();
	assert_refused(false, "nothing");
	step_well(true);
	assert_false(is_as_before());
	step_well(true);
	assert_refused(true, "nothing");
	step_well(false);
	step_well(false);
	assert_as_before();
}

static void undo__brings_back_what_was_deleted__with_all_that_hung_on_it(void **state)
{
	static const struct {
		enum record_kind kind;
		int64_t id;
	} deleted[] = { { RECORD_MONITOR, 1 },
			{ RECORD_DEFINITION, 1 },
			{ RECORD_LEVEL, 1 },
			{ RECORD_PLACEMENT, 1 },
			{ RECORD_LINK, 1 } };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(deleted); i++) {
		must(store_delete(place.store, deleted[i].kind, deleted[i].id, err));
		assert_false(is_as_before());
		step_well(false);
		assert_as_before();
	}
	step_well(true);
	assert_false(is_as_before());
	step_well(false);
	assert_as_before();
}

/* Its rule, what it covers, and that it covers a monitor that was deleted. */
static void undo__takes_back_what_was_done_to_recurring_maintenance__wholly(void **state)
{
	static const char document[] =
		"{\"hublink\": 1, \"maintenance\": [{\"name\": \"Sunday\", \"every\": "
		"\"day\", \"from\": \"02:00\", \"until\": \"04:00\", \"zone\": \"UTC\", "
		"\"covers\": [\"Shop\", \"group:web\", \"service:Statushub/Website\"]}]}";
	const struct maintenance_target web = { .kind = TARGET_GROUP, .group = "web" };

	(void)state;
	place_import(&place, document, false);
	buf_reset(&before);
	place_export(&place, &before);
	set(RECORD_SCHEDULE, 1, "from_time", "03:00");
	set(RECORD_SCHEDULE, 1, "active", "no");
	must(store_schedule_set_target(place.store, 1, &web, false, err));
	must(store_delete(place.store, RECORD_SCHEDULE, 1, err));
	for (int i = 0; i < 4; i++)
		step_well(false);
	assert_as_before();
	for (int i = 0; i < 4; i++)
		step_well(true);
	for (int i = 0; i < 4; i++)
		step_well(false);
	assert_as_before();
	must(store_delete(place.store, RECORD_MONITOR, 1, err));
	step_well(false);
	assert_as_before();
}

static bool change_two(void *arg, struct store *store, struct err *err)
{
	struct monitor monitor;

	(void)arg;
	record_defaults(RECORD_MONITOR, &monitor);
	return text_copy(monitor.name, sizeof(monitor.name), "Mail") &&
	       store_put(store, RECORD_MONITOR, &monitor, err) &&
	       store_group_set(store, "new group", monitor.head.id, true, err) &&
	       store_definition_set_monitor(store, 1, monitor.head.id, true, err);
}

static void undo__takes_an_act_back_whole__with_its_memberships(void **state)
{
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;

	(void)state;
	must(act_configure(place.store, change_two, NULL, false, 1, &result, err));
	assert_false(is_as_before());
	step_well(false);
	assert_as_before();
	step_well(true);
	step_well(false);
	assert_as_before();
	assert_refused(false, "nothing");
}

static void undo__is_refused__when_it_was_changed_since(void **state)
{
	static const struct actor bert = { .name = "bert", .source = "local" };

	(void)state;
	set(RECORD_SERVICE, 1, "publish_after_ms", "5m");
	store_set_actor(place.store, &bert);
	set(RECORD_SERVICE, 1, "publish_after_ms", "7m");
	assert_refused(false, "Publish after of service 'Website' was changed since");
}

static void undo__is_refused__when_something_was_added_to_it_since(void **state)
{
	static const struct actor bert = { .name = "bert", .source = "local" };
	struct definition definition;
	struct level level;

	(void)state;
	record_defaults(RECORD_DEFINITION, &definition);
	assert_true(text_copy(definition.name, sizeof(definition.name), "Night"));
	must(store_put(place.store, RECORD_DEFINITION, &definition, err));
	record_defaults(RECORD_LEVEL, &level);
	level.definition_id = definition.head.id;
	store_set_actor(place.store, &bert);
	must(store_put(place.store, RECORD_LEVEL, &level, err));
	assert_refused(false, "a level hangs on it");
}

static void undo__cannot_bring_back_a_secret__and_says_so(void **state)
{
	(void)state;
	set(RECORD_SERVICE, 1, "url", "https://hooks.example/x?token=0123456789abcdef");
	assert_refused(false, "a replaced one is not kept");
}

static void undo__cannot_bring_back_a_service__and_says_so(void **state)
{
	(void)state;
	must(store_delete(place.store, RECORD_SERVICE, 1, err));
	assert_refused(false, "its URL is a secret and was not kept");
}

static void undo_next__finds_only_ones_own_changes(void **state)
{
	int64_t act = -1;

	(void)state;
	set(RECORD_MONITOR, 1, "active", "no");
	must(store_undo_next(place.store, "bert", false, &act, err));
	assert_int_equal(act, 0);
}

static void describe__tells_what_would_change(void **state)
{
	DEFER(buf_done) struct buf text = BUF_INIT(10000);
	int64_t act = 0;

	(void)state;
	set(RECORD_MONITOR, 1, "active", "no");
	must(store_undo_next(place.store, "anna", false, &act, err));
	must(act_undo_describe(place.store, act, false, &text, err));
	assert_non_null(strstr(buf_text(&text), "monitor 'Shop': Active: no -> yes"));
}

#define ON_EXAMPLE(test) \
	cmocka_unit_test_setup_teardown(test, open_example, close_example)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_EXAMPLE(
			undo__takes_changes_back_one_by_one__and_redo_makes_them_again),
		ON_EXAMPLE(undo__brings_back_what_was_deleted__with_all_that_hung_on_it),
		ON_EXAMPLE(
			undo__takes_back_what_was_done_to_recurring_maintenance__wholly),
		ON_EXAMPLE(undo__takes_an_act_back_whole__with_its_memberships),
		ON_EXAMPLE(undo__is_refused__when_it_was_changed_since),
		ON_EXAMPLE(undo__is_refused__when_something_was_added_to_it_since),
		ON_EXAMPLE(undo__cannot_bring_back_a_secret__and_says_so),
		ON_EXAMPLE(undo__cannot_bring_back_a_service__and_says_so),
		ON_EXAMPLE(undo_next__finds_only_ones_own_changes),
		ON_EXAMPLE(describe__tells_what_would_change),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
