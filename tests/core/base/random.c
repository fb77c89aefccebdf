#include "core/base/random.h"

#include <string.h>

#include "core/base/compiler.h"
#include "tests/support/check.h"

/* FIPS 180-4's examples and the empty text. */
static void sha256_hex__agrees_with_the_standard(void **state)
{
	(void)state;
	static const struct {
		const char *text, *digest;
	} known[] = {
		{ "",
		  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
		{ "abc",
		  "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
		{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
		  "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
	};

	char hex[SHA256_HEX_SIZE];
	for (size_t i = 0; i < COUNT_OF(known); i++)
		assert_string_equal(sha256_hex(hex, known[i].text, strlen(known[i].text)),
				    known[i].digest);
}

static void fingerprint__is_the_digests_first_eight_digits(void **state)
{
	(void)state;
	char print[FINGERPRINT_SIZE];

	assert_string_equal(fingerprint(print, "abc"), "ba7816bf");
}

static void uuid_new__is_a_version_4_uuid(void **state)
{
	(void)state;
	static const char hyphens[] = "........-....-....-....-............";

	for (int round = 0; round < 200; round++) {
		char uuid[UUID_SIZE];
		assert_ptr_equal(uuid_new(uuid), uuid);
		assert_int_equal(strlen(uuid), UUID_SIZE - 1);
		for (size_t i = 0; i < sizeof(hyphens) - 1; i++) {
			const char *allowed =
				hyphens[i] == '-' ? "-" : "0123456789abcdef";
			assert_non_null(strchr(allowed, uuid[i]));
		}
		assert_int_equal(uuid[14], '4');
		assert_non_null(strchr("89ab", uuid[19]));
	}
}

static void uuid_take__never_gives_one_twice__from_a_pool(void **state)
{
	(void)state;
	struct random_pool pool = { 0 };
	char uuids[100][UUID_SIZE];
	for (size_t i = 0; i < 100; i++) {
		assert_ptr_equal(uuid_take(&pool, uuids[i]), uuids[i]);
		assert_int_equal(uuids[i][14], '4');
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(uuids[i], uuids[j]);
	}
}

static void uuid_new__differs_each_time(void **state)
{
	(void)state;
	char one[UUID_SIZE];
	char other[UUID_SIZE];

	assert_string_not_equal(uuid_new(one), uuid_new(other));
	assert_true(random_u64() != random_u64());
}

/* The reference's first numbers from seed 1234567. */
static void random_step__is_splitmix64(void **state)
{
	(void)state;
	uint64_t seed = 1234567;

	assert_true(random_step(&seed) == UINT64_C(6457827717110365317));
	assert_true(random_step(&seed) == UINT64_C(3203168211198807973));
	assert_true(random_step(&seed) == UINT64_C(9817491932198370423));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sha256_hex__agrees_with_the_standard),
		cmocka_unit_test(fingerprint__is_the_digests_first_eight_digits),
		cmocka_unit_test(uuid_new__is_a_version_4_uuid),
		cmocka_unit_test(uuid_new__differs_each_time),
		cmocka_unit_test(uuid_take__never_gives_one_twice__from_a_pool),
		cmocka_unit_test(random_step__is_splitmix64),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
