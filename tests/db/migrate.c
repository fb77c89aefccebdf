/* The ladder: from nothing, from every older rung, never from a newer one. */
#include "db/migrate.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db/schema.h"
#include "tests/support/check.h"
#include "tests/support/disk.h"
#include "tests/support/place.h"

static struct place place;

/* A database as an older hublink left it: the first rungs alone. */
static void make_rung(size_t rungs)
{
	FILE *file = fopen(place.path, "wb");
	assert_non_null(file);
	fclose(file);
	DEFER(buf_done) struct buf mark = BUF_INIT(200);
	for (size_t i = 0; i < rungs; i++)
		assert_true(place_sql(&place, schema_migrations[i].sql, NULL));
	buf_addf(&mark, "PRAGMA application_id = %d; PRAGMA user_version = %d",
		 DB_APPLICATION_ID, schema_migrations[rungs - 1].version);
	assert_true(place_sql(&place, buf_text(&mark), NULL));
	assert_true(place_sql(&place, "INSERT INTO definition VALUES (1, 1, 'Kept', 1)",
			      NULL));
}

static void rungs__are_numbered_in_order__from_one(void **state)
{
	(void)state;
	for (size_t i = 0; i < schema_migration_count; i++)
		assert_int_equal(schema_migrations[i].version, i + 1);
	assert_int_equal(schema_latest(), schema_migration_count);
}

static void schema(struct buf *ret)
{
	assert_true(place_sql(
		&place, "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name",
		ret));
}

static void store_open__climbs_from_every_rung__after_a_backup(void **state)
{
	(void)state;
	DEFER(buf_done) struct buf fresh = BUF_INIT(1 << 20);
	place_open(&place, STORE_CREATE);
	schema(&fresh);
	for (size_t rungs = 1; rungs < schema_migration_count; rungs++) {
		place_done(&place);
		place_init(&place);
		make_rung(rungs);
		place_open(&place, rungs % 2 == 1 ? STORE_CREATE : STORE_MIGRATE);
		DEFER(buf_done) struct buf climbed = BUF_INIT(1 << 20);
		DEFER(buf_done) struct buf kept = BUF_INIT(100);
		schema(&climbed);
		assert_string_equal(buf_text(&climbed), buf_text(&fresh));
		/* The file can give pages back, as a new one can (2: a few at a time). */
		assert_true(place_sql(&place,
				      "SELECT name FROM definition; PRAGMA auto_vacuum",
				      &kept));
		assert_string_equal(buf_text(&kept), "Kept\n2\n");
		char backup[sizeof(place.path) + 32];
		(void)snprintf(backup, sizeof(backup), "%s.before-schema-%d", place.path,
			       schema_latest());
		assert_int_equal(place_mode(backup), 0600);
	}
}

/* An event that waits to be judged waits on; one that was judged is not judged again. */
static void store_open__keeps_what_waits_to_be_judged__when_it_climbs(void **state)
{
	(void)state;
	static const char insert[] =
		"INSERT INTO event (seq, monitor_id, state, confirmed, explicit_at, "
		"at_ms, received_ms, effect) VALUES (1, 1, 0, 1, 0, 10, 10, 1), "
		"(2, 1, 1, 1, 0, 30, 30, 0), (3, 2, 0, 1, 1, 20, 30, 0), "
		"(4, 2, 0, 0, 0, 40, 40, 2)";
	struct event waiting[4];
	struct err err = { 0 };
	make_rung(9);
	assert_true(place_sql(&place, insert, NULL));
	place_open(&place, STORE_MIGRATE);
	assert_int_equal(store_events_pending(place.store, (struct event_place){ 0 },
					      waiting, 4, &err),
			 2);
	assert_int_equal(waiting[0].seq, 3);
	assert_int_equal(waiting[1].seq, 2);
}

/* What recurs came to be a record in 0011. */
static void store_open__keeps_recurring_maintenance__of_an_older_schema(void **state)
{
	DEFER(buf_done) struct buf kept = BUF_INIT(1000);
	(void)state;
	make_rung(8);
	assert_true(place_sql(
		&place,
		"INSERT INTO schedule VALUES (7, 3, 'Sunday', 1, 'sun', '02:00', "
		"'04:00', "
		"'UTC', '', '', '', 3, 123000);"
		"INSERT INTO schedule_target (schedule_id, group_name) VALUES (7, 'web')",
		NULL));
	place_open(&place, STORE_CREATE);
	assert_true(place_sql(&place,
			      "SELECT s.id, s.revision, name, active, every, days, "
			      "last_date IS NULL, until_ms, t.group_name FROM schedule s "
			      "JOIN schedule_made d ON d.schedule_id = s.id "
			      "JOIN schedule_target t ON t.schedule_id = s.id",
			      &kept));
	assert_string_equal(buf_text(&kept), "7|3|Sunday|1|week|sun|1|123000|web\n");
}

static void store_open__refuses_an_older_schema__to_read_or_write(void **state)
{
	(void)state;
	static const enum store_access accesses[] = { STORE_READ, STORE_WRITE };
	make_rung(1);
	for (size_t i = 0; i < COUNT_OF(accesses); i++) {
		struct store *store = NULL;
		struct err err = { 0 };
		assert_false(store_open(place.path, accesses[i], &store, &err));
		assert_int_equal((int)err.code, ERR_REFUSED);
		assert_non_null(strstr(err.text, "hublink migrate"));
	}
}

/* Climbs in a child, which the disk kills. False if it was through before. */
static bool is_killed_climbing(const struct disk_plan *plan)
{
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		struct store *store = NULL;
		disk_use(plan);
		bool climbed = store_open(place.path, STORE_MIGRATE, &store, NULL);
		store_close(store);
		_exit(climbed ? 0 : 1);
	}
	int status = 0;
	assert_int_equal(waitpid(child, &status, 0), child);
	bool was_killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
	assert_true(was_killed || status == 0);
	return was_killed;
}

static void expect_climbed(const char *fresh, long at)
{
	DEFER(buf_done) struct buf climbed = BUF_INIT(1 << 20);
	DEFER(buf_done) struct buf kept = BUF_INIT(100);
	place_open(&place, STORE_MIGRATE);
	schema(&climbed);
	assert_true(place_sql(
		&place, "SELECT name FROM definition; PRAGMA integrity_check", &kept));
	if (strcmp(buf_text(&climbed), fresh) != 0 ||
	    strcmp(buf_text(&kept), "Kept\nok\n") != 0)
		fail_msg("hit at operation %ld: %s", at, buf_text(&kept));
}

static void store_open__climbs_on__after_a_kill_or_a_loss_of_power_f4(void **state)
{
	(void)state;
	static const enum disk_fault faults[] = { DISK_KILLS, DISK_LOSES_POWER };
	enum { STEP = 29 };
	DEFER(buf_done) struct buf fresh = BUF_INIT(1 << 20);
	place_open(&place, STORE_CREATE);
	schema(&fresh);
	for (size_t i = 0; i < COUNT_OF(faults); i++) {
		struct disk_plan plan = { .fault = faults[i], .at = 1, .seed = 3 };
		bool was_killed = true;
		for (; was_killed; plan.at += STEP) {
			place_done(&place);
			place_init(&place);
			make_rung(1);
			was_killed = is_killed_climbing(&plan);
			expect_climbed(buf_text(&fresh), plan.at);
		}
		print_message("hit up to operation %ld\n", plan.at);
		assert_true(plan.at > 100);
	}
}

/* I25 */
static void store_open__refuses_a_newer_schema__and_touches_nothing(void **state)
{
	(void)state;
	static const enum store_access accesses[] = { STORE_READ, STORE_WRITE,
						      STORE_CREATE, STORE_MIGRATE };
	place_open(&place, STORE_CREATE);
	place_close(&place);
	assert_true(place_sql(&place, "PRAGMA user_version = 4711", NULL));
	DEFER(buf_done) struct buf before = BUF_INIT(1 << 24);
	place_read(place.path, &before);
	for (size_t i = 0; i < COUNT_OF(accesses); i++) {
		struct store *store = NULL;
		struct err err = { 0 };
		assert_false(store_open(place.path, accesses[i], &store, &err));
		assert_int_equal((int)err.code, ERR_REFUSED);
		assert_non_null(strstr(err.text, "newer hublink"));
		DEFER(buf_done) struct buf after = BUF_INIT(1 << 24);
		place_read(place.path, &after);
		assert_int_equal(before.len, after.len);
		assert_memory_equal(before.data, after.data, before.len);
	}
}

static void store_migration_plan__lists_backup_and_steps__and_does_nothing(void **state)
{
	(void)state;
	struct err err = { 0 };
	make_rung(1);
	DEFER(buf_done) struct buf plan = BUF_INIT(1 << 16);
	DEFER(buf_done) struct buf version = BUF_INIT(100);
	place_must(store_migration_plan(place.path, &plan, &err), &err);
	assert_non_null(strstr(buf_text(&plan), "backup to "));
	assert_non_null(strstr(buf_text(&plan), "schema 2: "));
	assert_null(strstr(buf_text(&plan), "schema 1: "));
	assert_true(place_sql(&place, "PRAGMA user_version", &version));
	assert_string_equal(buf_text(&version), "1\n");
	place_open(&place, STORE_MIGRATE);
	buf_reset(&plan);
	place_must(store_migration_plan(place.path, &plan, &err), &err);
	assert_string_equal(buf_text(&plan), "");
}

#define ON_A_PLACE(test) PLACE_TEST(test, place_set_up, &place)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rungs__are_numbered_in_order__from_one),
		ON_A_PLACE(store_open__climbs_from_every_rung__after_a_backup),
		ON_A_PLACE(store_open__keeps_what_waits_to_be_judged__when_it_climbs),
		ON_A_PLACE(store_open__keeps_recurring_maintenance__of_an_older_schema),
		ON_A_PLACE(store_open__refuses_an_older_schema__to_read_or_write),
		ON_A_PLACE(store_open__climbs_on__after_a_kill_or_a_loss_of_power_f4),
		ON_A_PLACE(store_open__refuses_a_newer_schema__and_touches_nothing),
		ON_A_PLACE(
			store_migration_plan__lists_backup_and_steps__and_does_nothing),
	};
	disk_use(&(struct disk_plan){ .fault = DISK_IS_WELL });
	return cmocka_run_group_tests(tests, NULL, NULL);
}
