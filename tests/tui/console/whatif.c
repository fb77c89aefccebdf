/* tui/console/whatif: a simulation as rows of cells (R2, R4). */
#include "tui/console/whatif.h"

#include "core/base/clock.h"
#include "core/base/text.h"
#include "tests/support/check.h"

/* Ten minutes of errors, checked every minute, 16 cells: a minute each. */
static struct whatif_scale ten_minutes(void)
{
	return whatif_scale_of(10 * MINUTE_MS, MINUTE_MS, 0, 16);
}

static struct simulated_update an_update(int minute, const char *service,
					 enum alert_type alert,
					 enum service_status status)
{
	struct simulated_update update = { .after_ms = minute * MINUTE_MS,
					   .alert = alert,
					   .service_status = status };

	assert_true(text_copy(update.service, sizeof(update.service), service));
	assert_true(text_copy(update.integration, sizeof(update.integration), "Hub"));
	return update;
}

#define expect(call, expected)                                     \
	do {                                                       \
		DEFER(buf_done) struct buf cells = BUF_INIT(1000); \
		call;                                              \
		assert_string_equal(buf_text(&cells), expected);   \
	} while (0)

static void scale__fits_all_of_it__with_room_on_both_sides(void **state)
{
	struct whatif_scale scale = ten_minutes();

	(void)state;
	assert_int_equal(scale.step_ms, MINUTE_MS);
	assert_int_equal(scale.ok_ms, 10 * MINUTE_MS);
	/* The OK comes with the first check at or after the end. */
	scale = whatif_scale_of(90 * SECOND_MS, MINUTE_MS, 0, 80);
	assert_int_equal(scale.ok_ms, 2 * MINUTE_MS);
	/* A recovery that is held long makes it wider. */
	scale = whatif_scale_of(10 * MINUTE_MS, MINUTE_MS, 3 * HOUR_MS, 40);
	assert_true(3 * HOUR_MS / scale.step_ms < 40 - 2 * WHATIF_LEAD);
	scale = whatif_scale_of(DAY_MS, MINUTE_MS, 0, 1);
	assert_true(scale.columns > 2 * WHATIF_LEAD);
}

static void rows__show_monitor_and_axis__cell_by_cell(void **state)
{
	const struct whatif_scale scale = ten_minutes();

	(void)state;
	expect(whatif_add_monitor(&scale, &cells), "..##########....");
	expect(whatif_add_axis(&scale, &cells), "  0         10m");
	expect(whatif_add_mark(&scale, 3 * MINUTE_MS, &cells), "     v");
}

static void level__triggers_by_errors_or_minutes__and_never_at_the_ok_r2(void **state)
{
	const struct whatif_scale scale = ten_minutes();

	(void)state;
	assert_int_equal(whatif_trigger_ms(&scale, 1, 0), 0);
	assert_int_equal(whatif_trigger_ms(&scale, 3, 0), 2 * MINUTE_MS);
	assert_int_equal(whatif_trigger_ms(&scale, 0, 9), 9 * MINUTE_MS);
	assert_int_equal(whatif_trigger_ms(&scale, 0, 10), -1);
	assert_int_equal(whatif_trigger_ms(&scale, 11, 0), -1);
	expect(whatif_add_level(&scale, 2 * MINUTE_MS, &cells), "    ^-------o   ");
	expect(whatif_add_level(&scale, -1, &cells), "                ");
}

static void service__is_down_from_its_disruption__to_its_recovery(void **state)
{
	const struct whatif_scale scale = ten_minutes();
	const struct simulated_update updates[] = {
		an_update(1, "Web", ALERT_ERROR, SERVICE_DISRUPTION),
		an_update(2, "Mail", ALERT_ERROR, SERVICE_DISRUPTION),
		an_update(5, "Web", ALERT_REMINDER, SERVICE_DISRUPTION),
		an_update(10, "Web", ALERT_OK, SERVICE_OPERATIONAL),
	};

	(void)state;
	expect(whatif_add_service(&scale, updates, 4, &updates[0], &cells),
	       "...DDDDRDDDDMMMM");
	expect(whatif_add_service(&scale, updates, 4, &updates[1], &cells),
	       "....DDDDDDDDDDDD");
}

static void service__is_not_down__while_its_update_is_held(void **state)
{
	const struct whatif_scale scale = ten_minutes();
	struct simulated_update update =
		an_update(1, "Web", ALERT_ERROR, SERVICE_DISRUPTION);

	(void)state;
	update.held = true;
	expect(whatif_add_service(&scale, &update, 1, &update, &cells),
	       "...h............");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scale__fits_all_of_it__with_room_on_both_sides),
		cmocka_unit_test(rows__show_monitor_and_axis__cell_by_cell),
		cmocka_unit_test(
			level__triggers_by_errors_or_minutes__and_never_at_the_ok_r2),
		cmocka_unit_test(service__is_down_from_its_disruption__to_its_recovery),
		cmocka_unit_test(service__is_not_down__while_its_update_is_held),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
