/* F6: whatever statement of SQLite's fails in an act of the store, the act says so in a sentence,
 * leaves nothing of itself behind, and can be asked for again. */
#include <string.h>

#include "tests/support/check.h"
#include "tests/support/statements/trial.h"

/* ---- stories ---- */

static void introduce(struct store *store)
{
	store_set_actor(store, &(struct actor){ .name = "anna", .source = "local" });
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
	fleet_open(&fleet, "http://127.0.0.1:1", 2);
	struct hand hand = { .store = fleet.place.store };
	introduce(hand.store);
	for (int i = 0; story->before[i] != NULL; i++) {
		struct err err = { 0 };
		place_must(story->before[i](&hand, &err), &err);
	}
	for (int i = 0; story->acts[i] != NULL; i++) {
		const struct trial trial = { .name = story->name,
					     .act = story->acts[i],
					     .shrugs = shrugs(story->name) };
		trial_all(hand.store, &trial, 1);
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			stories__change_nothing_and_say_why__when_a_statement_fails_f6),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
