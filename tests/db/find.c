/* Finding records by parts of their names. */
#include <stdio.h>
#include <string.h>

#include "tests/support/journal.h"

struct found {
	char names[256];
	size_t count;
};

static bool keep(void *arg, int64_t id, const char *name)
{
	struct found *found = arg;

	assert_true(id > 0);
	size_t used = strlen(found->names);
	(void)snprintf(found->names + used, sizeof(found->names) - used, "%s;", name);
	found->count++;
	return true;
}

static const char *find(struct store *store, struct found *found, const char *words,
			int64_t limit)
{
	*found = (struct found){ 0 };
	must(store_find_names(store, RECORD_MONITOR, words, limit, keep, found, err));
	return found->names;
}

static void names__are_found__by_words_in_any_order(void **state)
{
	struct found found;

	run_sql(*state, "UPDATE monitor SET name = 'Shop page EU' WHERE name = 'Shop'");
	assert_string_equal(find(*state, &found, "eu sho", 10), "Shop page EU;");
	assert_string_equal(find(*state, &found, "eu mail", 10), "");
	assert_string_equal(find(*state, &found, "", 10), "Batch;Mail;Shop page EU;");
}

static void names__are_found__no_more_than_asked_for(void **state)
{
	struct found found;

	assert_string_equal(find(*state, &found, "", 2), "Batch;Mail;");
}

static void names__are_found__by_signs_that_mean_something_to_sql(void **state)
{
	struct found found;

	run_sql(*state, "UPDATE monitor SET name = '100% _a\\' WHERE name = 'Shop'");
	assert_string_equal(find(*state, &found, "%", 10), "100% _a\\;");
	assert_string_equal(find(*state, &found, "_a\\", 10), "100% _a\\;");
	assert_string_equal(find(*state, &found, "m_il", 10), "");
}

static void names__are_found__of_each_kind_that_has_one(void **state)
{
	struct found found = { 0 };

	must(store_find_names(*state, RECORD_SERVICE, "web", 10, keep, &found, err));
	must(store_find_names(*state, RECORD_INTEGRATION, "hub", 10, keep, &found, err));
	must(store_find_names(*state, RECORD_DEFINITION, "def", 10, keep, &found, err));
	assert_string_equal(found.names, "Website;Hub;Default;");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		JOURNAL_TEST(names__are_found__by_words_in_any_order),
		JOURNAL_TEST(names__are_found__no_more_than_asked_for),
		JOURNAL_TEST(names__are_found__by_signs_that_mean_something_to_sql),
		JOURNAL_TEST(names__are_found__of_each_kind_that_has_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
