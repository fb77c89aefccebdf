/* tui/console/strip: half hours of the last day, the worst of each; what is not known is
 * blank. */

#include <string.h>

#include "tests/support/check.h"
#include "tui/console/strip.h"

/* Ten minutes into a half hour. */
#define NOW (INT64_C(1790000000000) / STRIP_CELL_MS * STRIP_CELL_MS + 10 * MINUTE_MS)
#define AGO(minutes) (NOW - (minutes)*MINUTE_MS)

static struct day_strip strip_of(const struct service_span *spans, size_t count)
{
	struct day_strip strip;

	day_strip_reset(&strip);
	for (size_t i = 0; i < count; i++)
		day_strip_add(&strip, &spans[i], NOW);
	return strip;
}

/* The last six cells: two and a half hours and ten minutes. */
#define assert_ends(strip, expected) \
	assert_string_equal((strip).cells + STRIP_CELLS - 6, expected)

static void strip__is_blank__where_nothing_is_known(void **state)
{
	struct day_strip strip = strip_of(NULL, 0);
	DEFER(buf_done) struct buf percent = BUF_INIT(16);

	(void)state;
	assert_int_equal(strlen(strip.cells), STRIP_CELLS);
	assert_int_equal(strspn(strip.cells, " "), STRIP_CELLS);
	day_strip_add_percent(&strip, &percent);
	assert_string_equal(buf_text(&percent), "--");
}

static void strip__begins_where_the_journal_does__of_a_new_service(void **state)
{
	struct day_strip strip = strip_of(
		(struct service_span[]){ { .kind = SPAN_KNOWN, .from_ms = AGO(60) } }, 1);

	(void)state;
	assert_ends(strip, "   ...");
}

static void strip__shows_the_worst_of_a_cell__whatever_came_first(void **state)
{
	struct day_strip strip = strip_of(
		(struct service_span[]){
			{ .kind = SPAN_KNOWN },
			{ .kind = SPAN_DOWN, .from_ms = AGO(60), .until_ms = AGO(55) },
			{ .kind = SPAN_DEGRADED,
			  .from_ms = AGO(68),
			  .until_ms = AGO(60) },
			{ .kind = SPAN_MUTED, .from_ms = AGO(120), .until_ms = AGO(35) },
		},
		4);

	(void)state;
	assert_ends(strip, ".mm#m.");
}

static void strip__shows_what_lasts__in_the_cell_of_now(void **state)
{
	struct day_strip strip =
		strip_of((struct service_span[]){ { .kind = SPAN_KNOWN },
						  { .kind = SPAN_DOWN, .from_ms = NOW } },
			 2);

	(void)state;
	assert_ends(strip, ".....#");
}

static void strip__says_how_much_was_right__of_what_is_known(void **state)
{
	struct day_strip strip = strip_of(
		(struct service_span[]){
			{ .kind = SPAN_KNOWN, .from_ms = AGO(100), .until_ms = AGO(30) },
			{ .kind = SPAN_DOWN, .from_ms = AGO(30), .until_ms = AGO(20) } },
		2);
	DEFER(buf_done) struct buf percent = BUF_INIT(16);

	(void)state;
	day_strip_add_percent(&strip, &percent);
	assert_string_equal(buf_text(&percent), "90.00");
}

static void strip__ignores__what_ended_before_it(void **state)
{
	struct day_strip strip =
		strip_of((struct service_span[]){ { .kind = SPAN_DOWN,
						    .from_ms = NOW - 3 * DAY_MS,
						    .until_ms = NOW - 2 * DAY_MS } },
			 1);

	(void)state;
	assert_int_equal(strspn(strip.cells, " "), STRIP_CELLS);
	assert_int_equal(strip.known_ms, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(strip__is_blank__where_nothing_is_known),
		cmocka_unit_test(strip__begins_where_the_journal_does__of_a_new_service),
		cmocka_unit_test(strip__shows_the_worst_of_a_cell__whatever_came_first),
		cmocka_unit_test(strip__shows_what_lasts__in_the_cell_of_now),
		cmocka_unit_test(strip__says_how_much_was_right__of_what_is_known),
		cmocka_unit_test(strip__ignores__what_ended_before_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
