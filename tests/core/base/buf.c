#include "core/base/buf.h"

#include <string.h>

#include "core/base/random.h"
#include "tests/support/check.h"

/* The three invariants of buf.h. */
static void assert_invariants(const struct buf *b)
{
	assert_true(b->len <= b->max);
	if (b->data == NULL) {
		assert_int_equal(b->len, 0);
		return;
	}
	assert_true(b->len < b->capacity);
	assert_int_equal(b->data[b->len], '\0');
}

static void buf__is_an_empty_text__when_nothing_was_added(void **state)
{
	(void)state;
	struct buf b = BUF_INIT(10);

	assert_string_equal(buf_text(&b), "");
	assert_false(buf_overflowed(&b));
	buf_add(&b, NULL, 0);
	assert_string_equal(buf_text(&b), "");
	buf_done(&b);
	buf_done(&b);
	buf_done(NULL);
}

static void buf__holds_exactly_its_maximum(void **state)
{
	(void)state;
	DEFER(buf_done) struct buf b = BUF_INIT(5);

	buf_adds(&b, "12345");

	assert_false(buf_overflowed(&b));
	assert_string_equal(buf_text(&b), "12345");
	buf_addc(&b, '6');
	assert_true(buf_overflowed(&b));
	assert_string_equal(buf_text(&b), "12345");
}

static void buf__adds_nothing_of_a_call_that_does_not_fit(void **state)
{
	(void)state;
	DEFER(buf_done) struct buf b = BUF_INIT(5);

	buf_adds(&b, "123");
	buf_addf(&b, "%d", 456);

	assert_true(buf_overflowed(&b));
	assert_string_equal(buf_text(&b), "123");
	buf_addc(&b, '4');
	assert_string_equal(buf_text(&b),
			    "123"); /* would fit, but something is missing before it */
}

static void buf__formats_longer_texts_than_it_had_room_for(void **state)
{
	(void)state;
	DEFER(buf_done) struct buf b = BUF_INIT(1000);

	buf_addf(&b, "%s=%0500d", "n", 1);

	assert_int_equal(b.len, 502);
	assert_int_equal(strlen(buf_text(&b)), 502);
}

static void buf_reset__keeps_memory_and_forgets_the_overflow(void **state)
{
	(void)state;
	DEFER(buf_done) struct buf b = BUF_INIT(3);
	buf_adds(&b, "abc");
	const char *memory = b.data;
	buf_addc(&b, 'd');

	buf_reset(&b);

	assert_false(buf_overflowed(&b));
	assert_string_equal(buf_text(&b), "");
	buf_adds(&b, "xyz");
	assert_ptr_equal(b.data, memory);
	assert_string_equal(buf_text(&b), "xyz");
}

static void buf_take__hands_over_the_bytes__and_is_never_null(void **state)
{
	(void)state;
	DEFER(buf_done) struct buf b = BUF_INIT(3);

	DEFER(mem_free) char *nothing = buf_take(&b);
	buf_adds(&b, "abc");
	DEFER(mem_free) char *text = buf_take(&b);

	assert_string_equal(nothing, "");
	assert_string_equal(text, "abc");
	assert_string_equal(buf_text(&b), "");
	assert_int_equal(b.max, 3);
}

static void buf__keeps_its_invariants__under_random_calls(void **state)
{
	(void)state;
	uint64_t seed = 7;
	char bytes[64];
	memset(bytes, 'x', sizeof(bytes));
	for (int round = 0; round < 500; round++) {
		DEFER(buf_done) struct buf b = BUF_INIT(random_step(&seed) % 300);
		for (int call = 0; call < 20; call++) {
			size_t before = b.len;
			bool was_full = buf_overflowed(&b);
			size_t count = random_step(&seed) % sizeof(bytes);
			buf_add(&b, bytes, count);
			assert_invariants(&b);
			assert_int_equal(b.len,
					 buf_overflowed(&b) ? before : before + count);
			assert_true(buf_overflowed(&b) || !was_full);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(buf__is_an_empty_text__when_nothing_was_added),
		cmocka_unit_test(buf__holds_exactly_its_maximum),
		cmocka_unit_test(buf__adds_nothing_of_a_call_that_does_not_fit),
		cmocka_unit_test(buf__formats_longer_texts_than_it_had_room_for),
		cmocka_unit_test(buf_reset__keeps_memory_and_forgets_the_overflow),
		cmocka_unit_test(buf_take__hands_over_the_bytes__and_is_never_null),
		cmocka_unit_test(buf__keeps_its_invariants__under_random_calls),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
