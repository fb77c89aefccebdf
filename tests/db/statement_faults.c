/* F6: whatever statement of SQLite's fails in an act of the store, the act says so in a sentence,
 * leaves nothing of itself behind, and can be asked for again. */
#include <string.h>

#include "tests/support/check.h"
#include "tests/support/statements/trial.h"

/* ---- stories ---- */

static void open_fleet(struct fleet *fleet)
{
	fleet_open(fleet, "http://127.0.0.1:1", 2);
	store_set_actor(fleet->place.store,
			&(struct actor){ .name = "anna", .source = "local" });
}

static void play(act_fn *const acts[], struct store *store)
{
	struct hand hand = { .store = store, .path = store_path(store) };
	for (int i = 0; acts[i] != NULL; i++) {
		struct err err = { 0 };
		place_must(acts[i](&hand, &err), &err);
	}
}

/* Of these what was done is in the database before the write-ahead log is emptied; when that
 * fails, whoever comes next empties it. */
static bool shrugs(const char *name)
{
	return strcmp(name, "an edit") == 0 || strcmp(name, "a checkpoint") == 0;
}

static void tell(const struct story *story)
{
	struct fleet fleet;
	open_fleet(&fleet);
	play(story->before, fleet.place.store);
	for (int i = 0; story->acts[i] != NULL; i++) {
		const struct trial trial = { .name = story->name,
					     .act = story->acts[i],
					     .shrugs = shrugs(story->name) };
		trial_all(fleet.place.store, &trial, 1);
	}
	fleet_close(&fleet);
}

static void stories__change_nothing_and_say_why__when_a_statement_fails_f6(void **state)
{
	(void)state;
	for (size_t i = 0; i < story_count; i++) {
		if (!stories[i].is_of_file)
			tell(&stories[i]);
	}
}

/* ---- what no story tells ---- */

/* A little of everything. Only the beginning: what they make is not taken away again. */
static void play_stories(struct store *store)
{
	static const struct {
		const char *name;
		int acts;
	} played[] = { { "undo", 0 },        { "an operator's word", 2 },
		       { "maintenance", 1 }, { "recurring maintenance", 1 },
		       { "an adoption", 0 }, { "a token", 1 } };
	for (size_t i = 0; i < COUNT_OF(played); i++) {
		for (size_t j = 0; j < story_count; j++) {
			act_fn *beginning[STORY_ACTS_MAX] = { 0 };
			if (strcmp(stories[j].name, played[i].name) != 0)
				continue;
			play(stories[j].before, store);
			memcpy(beginning, stories[j].acts,
			       (size_t)played[i].acts * sizeof(beginning[0]));
			play(beginning, store);
		}
	}
}

static void in_a_full_database(const struct trial *trials, size_t count)
{
	struct fleet fleet;
	open_fleet(&fleet);
	play_stories(fleet.place.store);
	trial_all(fleet.place.store, trials, count);
	fleet_close(&fleet);
}

static void questions__give_no_answer_and_say_why__when_a_statement_fails_f6(void **state)
{
	(void)state;
	in_a_full_database(store_questions, store_question_count);
}

static void edits__change_nothing_and_say_why__when_a_statement_fails_f6(void **state)
{
	(void)state;
	in_a_full_database(store_config_acts, store_config_act_count);
}

static void acts__change_nothing_and_say_why__when_a_statement_fails_f6(void **state)
{
	(void)state;
	in_a_full_database(store_acts, store_act_count);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			stories__change_nothing_and_say_why__when_a_statement_fails_f6),
		cmocka_unit_test(
			questions__give_no_answer_and_say_why__when_a_statement_fails_f6),
		cmocka_unit_test(
			edits__change_nothing_and_say_why__when_a_statement_fails_f6),
		cmocka_unit_test(
			acts__change_nothing_and_say_why__when_a_statement_fails_f6),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
