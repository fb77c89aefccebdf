/* SQLite's memory, through SQLite's own functions. */
#include "db/heap.h"

#include <sqlite3.h>
#include <string.h>

#include "tests/support/check.h"

static void heap__gives_the_same_piece_again__when_it_was_given_back(void **state)
{
	(void)state;
	void *first = sqlite3_malloc(100);
	assert_non_null(first);
	memset(first, 'x', 100);
	sqlite3_free(first);
	void *other_size = sqlite3_malloc(500);
	void *again = sqlite3_malloc(90);
	void *one_more = sqlite3_malloc(90);
	assert_ptr_equal(again, first);
	assert_ptr_not_equal(one_more, first);
	assert_ptr_not_equal(other_size, first);
	sqlite3_free(other_size);
	sqlite3_free(again);
	sqlite3_free(one_more);
}

static void heap__keeps_what_is_in_a_piece__when_it_is_resized(void **state)
{
	(void)state;
	static const int sizes[] = { 8, 200, 3000, 1000000, 60 };
	char *piece = sqlite3_malloc(8);
	memcpy(piece, "kept it", 8);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		piece = sqlite3_realloc(piece, sizes[i]);
		assert_non_null(piece);
		assert_string_equal(piece, "kept it");
		assert_true(sqlite3_msize(piece) >= (sqlite3_uint64)sizes[i]);
		piece[sizes[i] - 1] = '\0';
	}
	sqlite3_free(piece);
}

static void heap__aligns_its_pieces__whatever_their_size(void **state)
{
	(void)state;
	for (int bytes = 1; bytes < 5000; bytes += 37) {
		void *piece = sqlite3_malloc(bytes);
		assert_int_equal((uintptr_t)piece % 8, 0);
		memset(piece, 'x', (size_t)bytes);
		sqlite3_free(piece);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			heap__gives_the_same_piece_again__when_it_was_given_back),
		cmocka_unit_test(heap__keeps_what_is_in_a_piece__when_it_is_resized),
		cmocka_unit_test(heap__aligns_its_pieces__whatever_their_size),
	};
	heap_use();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
