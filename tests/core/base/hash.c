/* The numbers are those of the authors' own test vectors
 * (http://www.isthe.com/chongo/tech/comp/fnv/). */
#include "core/base/hash.h"

#include "tests/support/check.h"

static void hash__gives__the_authors_numbers(void **state)
{
	(void)state;
	assert_true(hash_text(HASH_BEGIN, "") == UINT64_C(0xcbf29ce484222325));
	assert_true(hash_text(HASH_BEGIN, "a") == UINT64_C(0xaf63dc4c8601ec8c));
	assert_true(hash_text(HASH_BEGIN, "foobar") == UINT64_C(0x85944171f73967e8));
}

static void hash__goes_on__where_it_ended(void **state)
{
	(void)state;
	assert_true(hash_bytes(hash_text(HASH_BEGIN, "foo"), "bar", 3) ==
		    hash_text(HASH_BEGIN, "foobar"));
	assert_true(hash_bytes(HASH_BEGIN, "a\0b", 3) != hash_text(HASH_BEGIN, "a"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hash__gives__the_authors_numbers),
		cmocka_unit_test(hash__goes_on__where_it_ended),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
