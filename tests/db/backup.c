/* Copies, restoring, and what doctor sees. */

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/file.h"
#include "tests/support/check.h"
#include "tests/support/place.h"

static struct place place;
static char copy[PLACE_PATH_SIZE + 32];

static int open_example(void **state)
{
	(void)place_set_up_example(state);
	(void)snprintf(copy, sizeof(copy), "%s/copy.db", place.folder);
	return 0;
}

static void must_be(enum mode wanted)
{
	struct err err = { 0 };
	enum mode mode = MODE_LIVE;
	place_must(store_mode(place.store, &mode, &err), &err);
	assert_int_equal((int)mode, (int)wanted);
}

static void back_up(void)
{
	struct err err = { 0 };
	place_must(store_backup(place.store, copy, &err), &err);
}

static void store_backup__makes_a_private_file__under_any_umask(void **state)
{
	(void)state;
	mode_t before = umask(0);
	back_up();
	umask(before);
	assert_int_equal(place_mode(copy), 0600);
	char side[sizeof(copy) + 8];
	(void)snprintf(side, sizeof(side), "%s-wal", copy);
	assert_int_not_equal(access(side, F_OK), 0);
}

static void store_backup__refuses__an_existing_file(void **state)
{
	(void)state;
	struct err err = { 0 };
	back_up();
	DEFER(buf_done) struct buf before = BUF_INIT(1 << 24);
	DEFER(buf_done) struct buf after = BUF_INIT(1 << 24);
	place_read(copy, &before);
	assert_false(store_backup(place.store, copy, &err));
	assert_int_equal((int)err.code, ERR_REFUSED);
	place_read(copy, &after);
	assert_int_equal(before.len, after.len);
	assert_memory_equal(before.data, after.data, before.len);
}

/* F53: what a link leads to is somebody else's, whether it is there or not. */
static void store_backup__refuses__a_symbolic_link_f53(void **state)
{
	(void)state;
	char elsewhere[sizeof(copy) + 8];
	(void)snprintf(elsewhere, sizeof(elsewhere), "%s.other", copy);
	for (int exists = 0; exists < 2; exists++) {
		struct err err = { 0 };
		if (exists)
			assert_int_equal(close(creat(elsewhere, 0600)), 0);
		assert_int_equal(symlink(elsewhere, copy), 0);
		assert_false(store_backup(place.store, copy, &err));
		assert_int_equal((int)err.code, ERR_REFUSED);
		assert_non_null(strstr(err.text, copy));
		struct stat st = { 0 };
		assert_int_equal(stat(elsewhere, &st), exists ? 0 : -1);
		assert_int_equal(st.st_size, 0);
		assert_int_equal(unlink(copy), 0);
	}
}

static void store_backup__works__from_a_store_opened_to_read(void **state)
{
	(void)state;
	place_open(&place, STORE_READ);
	back_up();
	assert_int_equal(place_mode(copy), 0600);
}

/* R19 */
static void store_restore__brings_everything_back_and_is_paused__whatever_the_mode(
	void **state)
{
	(void)state;
	struct err err = { 0 };
	DEFER(buf_done) struct buf before = BUF_INIT(1 << 20);
	DEFER(buf_done) struct buf after = BUF_INIT(1 << 20);
	place_must(store_set_mode(place.store, MODE_LIVE, 1, &err), &err);
	place_export(&place, &before);
	back_up();
	must_be(MODE_LIVE);
	place_must(store_delete(place.store, RECORD_MONITOR, 1, &err), &err);
	place_close(&place);
	place_must(store_restore(place.path, copy, &err), &err);
	assert_int_equal(place_mode(place.path), 0600);
	place_open(&place, STORE_READ);
	must_be(MODE_PAUSED);
	place_open(&place, STORE_WRITE);
	must_be(MODE_PAUSED);
	DEFER(buf_done) struct buf notice = BUF_INIT(1000);
	place_must(store_notice(place.store, &notice, &err), &err);
	assert_non_null(strstr(buf_text(&notice), "restored"));
	place_export(&place, &after);
	assert_string_equal(buf_text(&before), buf_text(&after));
	place_must(store_set_mode(place.store, MODE_LIVE, 1, &err), &err);
	place_open(&place, STORE_WRITE);
	must_be(MODE_LIVE);
}

static void store_restore__keeps_what_it_replaces__beside(void **state)
{
	(void)state;
	struct err err = { 0 };
	back_up();
	place_close(&place);
	place_must(store_restore(place.path, copy, &err), &err);
	char aside[sizeof(place.path) + 32];
	(void)snprintf(aside, sizeof(aside), "%s.before-restore", place.path);
	assert_int_equal(place_mode(aside), 0600);
}

static void store_restore__works__where_no_database_is(void **state)
{
	(void)state;
	struct err err = { 0 };
	back_up();
	place_close(&place);
	(void)snprintf(place.path, sizeof(place.path), "%s/new/hublink.db", place.folder);
	place_must(store_restore(place.path, copy, &err), &err);
	place_open(&place, STORE_WRITE);
	must_be(MODE_PAUSED);
}

static void store_restore__is_refused__while_the_database_is_open(void **state)
{
	(void)state;
	struct err err = { 0 };
	back_up();
	assert_false(store_restore(place.path, copy, &err));
	assert_int_equal((int)err.code, ERR_REFUSED);
	assert_non_null(strstr(err.text, "end it"));
	place_must(store_set_fact(place.store, "still", 1, &err), &err);
}

static void write_text(const char *path, const char *text)
{
	FILE *file = fopen(path, "wb");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	fclose(file);
}

static void store_restore__leaves_the_database_alone__when_the_copy_is_none(void **state)
{
	(void)state;
	struct err err = { 0 };
	place_close(&place);
	assert_false(store_restore(place.path, copy, &err));
	assert_int_equal((int)err.code, ERR_NOT_FOUND);
	write_text(copy,
		   "no database, but long enough to have a header of one hundred bytes: "
		   "0123456789012345678901234567890123456789");
	assert_false(store_restore(place.path, copy, &err));
	place_open(&place, STORE_WRITE);
	must_be(MODE_DRY_RUN);
}

static void store_restore__refuses__the_database_itself_and_what_is_no_file(void **state)
{
	(void)state;
	struct err err = { 0 };
	char other[sizeof(place.path) + 8];
	(void)snprintf(other, sizeof(other), "%s/./hublink.db", place.folder);
	place_close(&place);
	assert_false(store_restore(place.path, place.path, &err));
	assert_int_equal((int)err.code, ERR_INVALID);
	assert_non_null(strstr(err.text, "is the database itself; name a backup of it"));
	assert_false(store_restore(place.path, other, &err));
	assert_non_null(strstr(err.text, "is the database itself"));
	assert_false(store_restore(place.path, place.folder, &err));
	assert_int_equal((int)err.code, ERR_INVALID);
	assert_non_null(strstr(err.text, ": it is not a file; name a backup"));
	place_open(&place, STORE_WRITE);
	must_be(MODE_DRY_RUN);
}

static void store_restore__replaces__a_damaged_database(void **state)
{
	(void)state;
	struct err err = { 0 };
	back_up();
	place_close(&place);
	write_text(place.path,
		   "damaged: 0123456789012345678901234567890123456789012345678901234"
		   "01234567890123456789012345678901234567890");
	place_must(store_restore(place.path, copy, &err), &err);
	place_open(&place, STORE_WRITE);
	must_be(MODE_PAUSED);
}

static void store_health__tells__what_doctor_asks(void **state)
{
	(void)state;
	struct err err = { 0 };
	struct store_health health;
	place_must(store_health(place.path, &health, &err), &err);
	assert_true(health.integrity_ok);
	assert_true(health.owner_ok);
	assert_int_equal(health.schema_version, health.schema_expected);
	assert_int_equal(health.file_mode, 0600);
	assert_int_equal(health.folder_mode, 0700);
	assert_true(health.bytes > 0);
	assert_true(health.room_bytes > 0);
	assert_int_equal(chmod(place.path, 0644), 0);
	place_close(&place);
	write_text(place.path,
		   "damaged: 0123456789012345678901234567890123456789012345678901234"
		   "01234567890123456789012345678901234567890");
	place_must(store_health(place.path, &health, &err), &err);
	assert_false(health.integrity_ok);
	assert_int_equal(health.file_mode, 0644);
	assert_true(health.integrity[0] != '\0');
	assert_int_equal(unlink(place.path), 0);
	assert_false(store_health(place.path, &health, &err));
	assert_int_equal((int)err.code, ERR_NOT_FOUND);
}

#define ON_THE_EXAMPLE(test) PLACE_TEST(test, open_example, &place)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_THE_EXAMPLE(store_backup__makes_a_private_file__under_any_umask),
		ON_THE_EXAMPLE(store_backup__refuses__an_existing_file),
		ON_THE_EXAMPLE(store_backup__refuses__a_symbolic_link_f53),
		ON_THE_EXAMPLE(store_backup__works__from_a_store_opened_to_read),
		ON_THE_EXAMPLE(
			store_restore__brings_everything_back_and_is_paused__whatever_the_mode),
		ON_THE_EXAMPLE(store_restore__keeps_what_it_replaces__beside),
		ON_THE_EXAMPLE(store_restore__works__where_no_database_is),
		ON_THE_EXAMPLE(store_restore__is_refused__while_the_database_is_open),
		ON_THE_EXAMPLE(
			store_restore__leaves_the_database_alone__when_the_copy_is_none),
		ON_THE_EXAMPLE(
			store_restore__refuses__the_database_itself_and_what_is_no_file),
		ON_THE_EXAMPLE(store_restore__replaces__a_damaged_database),
		ON_THE_EXAMPLE(store_health__tells__what_doctor_asks),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
