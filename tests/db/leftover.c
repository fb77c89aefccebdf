/* F12: a write-ahead log that was left: the database's own is taken, another's is refused with
 * both files as they were, and without one the database is as it was last written back. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/clock.h"
#include "core/judge/judge.h"
#include "db/db.h"
#include "tests/support/check.h"
#include "tests/support/fleet.h"

enum { MONITORS = 8, FILE_MAX_BYTES = 64 << 20 };

/* ---- databases at one moment or another ---- */

struct files {
	struct buf base, log;
};

static struct files early, late, other;
static struct place place; /* where they are put together */

static void history(const struct fleet *fleet, int rounds)
{
	struct err err = { 0 };
	struct judge_report report = { 0 };
	for (int i = 0; i < rounds * MONITORS; i++)
		fleet_event(fleet, fleet->place.store, i % MONITORS,
			    i / MONITORS % 2 == 0 ? EVENT_ERROR : EVENT_OK);
	place_must(judge_run(fleet->place.store, clock_now_ms(&(struct clock){ 0 }), 1000,
			     &report, &err),
		   &err);
}

static void keep(const struct fleet *fleet, struct files *ret)
{
	char log[PLACE_PATH_SIZE + 64];
	*ret = (struct files){ BUF_INIT(FILE_MAX_BYTES), BUF_INIT(FILE_MAX_BYTES) };
	(void)snprintf(log, sizeof(log), "%s-wal", fleet->place.path);
	place_read(fleet->place.path, &ret->base);
	place_read(log, &ret->log);
}

static int make_files(void **state)
{
	struct fleet fleet;
	struct err err = { 0 };
	(void)state;
	fleet_open(&fleet, "http://127.0.0.1:1", MONITORS);
	history(&fleet, 2);
	(void)store_rest(fleet.place.store, true);
	history(&fleet, 1);
	keep(&fleet, &early);
	history(&fleet, 20);
	(void)store_rest(fleet.place.store, true);
	history(&fleet, 2);
	place_must(store_set_fact(fleet.place.store, "late", 1, &err), &err);
	keep(&fleet, &late);
	fleet_close(&fleet);
	fleet_open(&fleet, "http://127.0.0.1:1", 3 * MONITORS);
	(void)store_rest(fleet.place.store, true);
	history(&fleet, 3);
	keep(&fleet, &other);
	fleet_close(&fleet);
	return 0;
}

static int drop_files(void **state)
{
	struct files *const all[] = { &early, &late, &other };
	(void)state;
	for (size_t i = 0; i < COUNT_OF(all); i++) {
		buf_done(&all[i]->base);
		buf_done(&all[i]->log);
	}
	return 0;
}

static int make_place(void **state)
{
	(void)state;
	place_init(&place);
	return 0;
}

static int remove_place(void **state)
{
	(void)state;
	place_done(&place);
	return 0;
}

static void log_path(char ret[PLACE_PATH_SIZE + 64])
{
	(void)snprintf(ret, PLACE_PATH_SIZE + 64, "%s-wal", place.path);
}

static void write_file(const char *path, const struct buf *bytes)
{
	FILE *file = fopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes->data, 1, bytes->len, file), bytes->len);
	fclose(file);
}

/* log NULL: none. */
static void put(const struct buf *base, const struct buf *log)
{
	char path[PLACE_PATH_SIZE + 64];
	log_path(path);
	write_file(place.path, base);
	if (log != NULL)
		write_file(path, log);
}

static bool is_file(const char *path, const struct buf *bytes)
{
	DEFER(buf_done) struct buf now = BUF_INIT(FILE_MAX_BYTES);
	place_read(path, &now);
	return now.len == bytes->len && memcmp(now.data, bytes->data, now.len) == 0;
}

static void expect_untouched(const struct buf *base, const struct buf *log)
{
	char path[PLACE_PATH_SIZE + 64];
	log_path(path);
	assert_true(is_file(place.path, base));
	assert_true(is_file(path, log));
}

static void expect_sound(void)
{
	struct err err = { 0 };
	struct store_health health;
	place_close(&place);
	place_must(store_health(place.path, &health, &err), &err);
	assert_string_equal(health.integrity, "ok");
}

/* ---- tests ---- */

static void store_open__takes_the_log__that_a_kill_left_f12(void **state)
{
	(void)state;
	put(&late.base, &late.log);
	place_open(&place, STORE_WRITE);
	assert_int_equal(place_fact(place.store, "late"), 1);
	expect_sound();
}

static void store_open__goes_on_from_what_was_written_back__without_a_log_f12(
	void **state)
{
	(void)state;
	put(&late.base, NULL);
	place_open(&place, STORE_CREATE);
	assert_int_equal(place_fact(place.store, "late"), -1);
	expect_sound();
}

static void store_open__goes_on_from_what_was_written_back__when_the_log_is_none_f12(
	void **state)
{
	(void)state;
	DEFER(buf_done) struct buf letter = BUF_INIT(1 << 16);
	while (letter.len < 50000)
		buf_adds(&letter, "This is a letter and no log. ");
	put(&late.base, &letter);
	place_open(&place, STORE_CREATE);
	assert_int_equal(place_fact(place.store, "late"), -1);
	expect_sound();
}

/* Of the database that an older copy was put over; and of one that has nothing to do with it. */
static void store_open__refuses_the_log__of_another_database_f12(void **state)
{
	static const enum store_access wanted[] = { STORE_WRITE, STORE_CREATE };
	const struct files pairs[] = { { early.base, late.log },
				       { late.base, other.log },
				       { other.base, late.log } };
	(void)state;
	for (size_t i = 0; i < COUNT_OF(pairs); i++) {
		put(&pairs[i].base, &pairs[i].log);
		for (size_t j = 0; j < COUNT_OF(wanted); j++) {
			struct err err = { 0 };
			if (store_open(place.path, wanted[j], &place.store, &err))
				fail_msg("pair %zu was opened", i);
			assert_int_equal(err.code, ERR_REFUSED);
			assert_non_null(strstr(err.text, "do not fit together"));
			assert_non_null(strstr(err.text, "-wal"));
			assert_non_null(strstr(err.text, "hublink restore"));
		}
		expect_untouched(&pairs[i].base, &pairs[i].log);
	}
}

/* Who only looks does not look long, and leaves both as they are. */
static void store_open__leaves_a_log_alone__to_read_f12(void **state)
{
	(void)state;
	struct store *reader = NULL;
	put(&early.base, &late.log);
	(void)!store_open(place.path, STORE_READ, &reader, NULL);
	store_close(reader);
	expect_untouched(&early.base, &late.log);
}

static void store_open__does_not_look__at_a_log_in_use(void **state)
{
	(void)state;
	struct err err = { 0 };
	struct store *second;
	put(&late.base, &late.log);
	place_open(&place, STORE_WRITE);
	place_must(store_open(place.path, STORE_WRITE, &second, &err), &err);
	store_close(second);
	assert_int_equal(place_fact(place.store, "late"), 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_place, remove_place)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(store_open__takes_the_log__that_a_kill_left_f12),
		TEST(store_open__goes_on_from_what_was_written_back__without_a_log_f12),
		TEST(store_open__goes_on_from_what_was_written_back__when_the_log_is_none_f12),
		TEST(store_open__refuses_the_log__of_another_database_f12),
		TEST(store_open__leaves_a_log_alone__to_read_f12),
		TEST(store_open__does_not_look__at_a_log_in_use),
	};
	return cmocka_run_group_tests(tests, make_files, drop_files);
}
