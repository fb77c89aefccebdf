/* Tokens of the listener: names, hashes, last use; each act one audit row. */
#include <string.h>

#include "core/store_sources.h"
#include "tests/support/journal.h"

static const char hash_a[] =
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
static const char hash_b[] =
	"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

static bool keep(void *arg, const struct token *token)
{
	*(struct token *)arg = *token;
	return false;
}

static struct token first(struct store *store)
{
	struct token token = { 0 };
	must(store_list_tokens(store, keep, &token, err));
	return token;
}

static void token__is_kept_as_a_hash__with_its_times(void **state)
{
	struct clock clock = { .fixed = true, .fixed_ms = T0 };
	store_set_clock(*state, &clock);
	must(store_token_add(*state, "prober", hash_a, err));
	must(store_token_used(*state, first(*state).id, T0 + 5, err));
	struct token token = first(*state);
	assert_string_equal(token.name, "prober");
	assert_string_equal(token.hash, hash_a);
	assert_int_equal(token.created_ms, T0);
	assert_int_equal(token.used_ms, T0 + 5);
	must(store_token_used(*state, token.id, T0 + 1, err));
	assert_int_equal(first(*state).used_ms, T0 + 5);
}

static void token_add__refuses__bad_and_taken_names(void **state)
{
	static const char *const names[] = { "", "a\nb", "\xff", "prober" };
	char long_name[130];
	struct err why = { 0 };
	must(store_token_add(*state, "prober", hash_a, err));
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		assert_false(store_token_add(*state, names[i], hash_b, &why));
		assert_int_equal(why.code, ERR_INVALID);
	}
	assert_non_null(strstr(why.text, "token revoke"));
	memset(long_name, 'x', 121);
	long_name[121] = '\0';
	assert_false(store_token_add(*state, long_name, hash_b, &why));
	long_name[120] = '\0';
	must(store_token_add(*state, long_name, hash_b, err));
	assert_int_equal(number_of_sql(*state, "SELECT count(*) FROM token"), 2);
}

static void token_revoke__takes_it_away__and_names_the_nearest_else(void **state)
{
	struct err why = { 0 };
	must(store_token_add(*state, "prober", hash_a, err));
	assert_false(store_token_revoke(*state, "prover", &why));
	assert_int_equal(why.code, ERR_NOT_FOUND);
	assert_non_null(strstr(why.text, "'prober' is the nearest"));
	must(store_token_revoke(*state, "prober", err));
	assert_int_equal(number_of_sql(*state, "SELECT count(*) FROM token"), 0);
}

/* I26; and no audit row knows a hash. */
static void tokens__leave_one_audit_row__for_each_act(void **state)
{
	struct err why = { 0 };
	must(store_token_add(*state, "prober", hash_a, err));
	assert_false(store_token_add(*state, "prober", hash_b, &why));
	must(store_token_revoke(*state, "prober", err));
	assert_int_equal(number_of_sql(*state, "SELECT count(*) FROM audit WHERE "
					       "object_kind = 'token'"),
			 2);
	assert_int_equal(number_of_sql(*state,
				       "SELECT count(*) FROM audit WHERE action = "
				       "'delete' AND object = 'prober'"),
			 1);
	assert_int_equal(number_of_sql(*state,
				       "SELECT count(*) FROM audit WHERE "
				       "coalesce(before, '') || coalesce(after, '')"
				       " LIKE '%aaaa%'"),
			 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		JOURNAL_TEST(token__is_kept_as_a_hash__with_its_times),
		JOURNAL_TEST(token_add__refuses__bad_and_taken_names),
		JOURNAL_TEST(token_revoke__takes_it_away__and_names_the_nearest_else),
		JOURNAL_TEST(tokens__leave_one_audit_row__for_each_act),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
