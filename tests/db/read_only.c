/* F8: a database on a file system that can only be read. It is shown; what would change it is
 * refused in words; and once it can be written again, who shows it sees what is written. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "db/db.h"
#include "tests/support/check.h"
#include "tests/support/place.h"

/* ---- such a file system: stands in front of the C library's own functions ---- */

static bool can_only_be_read;

int statvfs(const char *path, struct statvfs *ret)
{
	static int (*real)(const char *, struct statvfs *);
	if (!real)
		*(void **)&real = dlsym(RTLD_NEXT, "statvfs");
	int code = real(path, ret);
	if (can_only_be_read)
		ret->f_flag |= ST_RDONLY;
	return code;
}

static int open_by(const char *name, const char *path, int flags, unsigned mode)
{
	int (*real)(const char *, int, ...);
	*(void **)&real = dlsym(RTLD_NEXT, name);
	if (can_only_be_read && ((flags & O_ACCMODE) != O_RDONLY ||
				 ((flags & O_CREAT) && access(path, F_OK) != 0))) {
		errno = EROFS;
		return -1;
	}
	return real(path, flags, mode);
}

/* SQLite calls the one or the other. */
int open(const char *path, int flags, ...)
{
	va_list more;
	va_start(more, flags);
	unsigned mode = flags & O_CREAT ? va_arg(more, unsigned) : 0;
	va_end(more);
	return open_by("open", path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
	va_list more;
	va_start(more, flags);
	unsigned mode = flags & O_CREAT ? va_arg(more, unsigned) : 0;
	va_end(more);
	return open_by("open64", path, flags, mode);
}

/* ---- a database there ---- */

static struct place place;

static int make_database(void **state)
{
	(void)state;
	place_init(&place);
	(void)snprintf(place.path, sizeof(place.path), "%s/a?b#c%%41 d.db", place.folder);
	place_open(&place, STORE_CREATE);
	place_import(&place, place_example, false);
	place_close(&place);
	return 0;
}

static int remove_database(void **state)
{
	(void)state;
	can_only_be_read = false;
	place_done(&place);
	return 0;
}

static bool is_beside(const char *suffix)
{
	char path[sizeof(place.path) + 8];
	(void)snprintf(path, sizeof(path), "%s%s", place.path, suffix);
	return access(path, F_OK) == 0;
}

/* ---- tests ---- */

static void store_open__shows__what_nobody_can_write_f8(void **state)
{
	(void)state;
	struct err err = { 0 };
	can_only_be_read = true;
	place_open(&place, STORE_READ);
	DEFER(buf_done) struct buf document = BUF_INIT(1 << 16);
	place_export(&place, &document);
	assert_non_null(strstr(buf_text(&document), "Nightly batch"));
	assert_false(store_changed(place.store));
	assert_false(store_set_fact(place.store, "x", 1, &err));
	assert_int_equal(err.code, ERR_REFUSED);
	place_close(&place);
	assert_false(is_beside("-wal"));
	assert_false(is_beside("-shm"));
}

/* What an engine that was killed left in its log. */
static void store_open__shows_the_log_too__where_nobody_can_write_f8(void **state)
{
	(void)state;
	struct err err = { 0 };
	struct store *killed;
	place_must(store_open(place.path, STORE_WRITE, &killed, &err), &err);
	place_must(store_set_fact(killed, "in the log", 7, &err), &err);
	can_only_be_read = true;
	place_open(&place, STORE_READ);
	assert_int_equal(place_fact(place.store, "in the log"), 7);
	place_close(&place);
	can_only_be_read = false;
	store_close(killed);
}

static void store_open__refuses_to_write__where_nobody_can_f8(void **state)
{
	static const enum store_access wanted[] = { STORE_WRITE, STORE_CREATE,
						    STORE_MIGRATE };
	(void)state;
	DEFER(buf_done) struct buf before = BUF_INIT(8 << 20);
	DEFER(buf_done) struct buf after = BUF_INIT(8 << 20);
	place_read(place.path, &before);
	can_only_be_read = true;
	for (size_t i = 0; i < COUNT_OF(wanted); i++) {
		struct err err = { 0 };
		assert_false(store_open(place.path, wanted[i], &place.store, &err));
		assert_int_equal(err.code, ERR_REFUSED);
		assert_non_null(strstr(err.text, place.path));
		assert_non_null(strstr(err.text, "can only be read"));
		assert_non_null(strstr(err.text, "--read-only"));
	}
	place_read(place.path, &after);
	assert_int_equal(after.len, before.len);
	assert_memory_equal(after.data, before.data, before.len);
}

static void store_changed__looks_anew__when_it_can_be_written_again_f8(void **state)
{
	(void)state;
	struct err err = { 0 };
	can_only_be_read = true;
	place_open(&place, STORE_READ);
	assert_int_equal(place_fact(place.store, "x"), -1);
	can_only_be_read = false;
	struct store *writer;
	place_must(store_open(place.path, STORE_WRITE, &writer, &err), &err);
	place_must(store_set_fact(writer, "x", 1, &err), &err);
	assert_true(store_changed(place.store));
	assert_int_equal(place_fact(place.store, "x"), 1);
	place_must(store_set_fact(writer, "x", 2, &err), &err);
	assert_true(store_changed(place.store));
	assert_int_equal(place_fact(place.store, "x"), 2);
	assert_false(store_set_fact(place.store, "x", 3, &err));
	store_close(writer);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_database, remove_database)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(store_open__shows__what_nobody_can_write_f8),
		TEST(store_open__shows_the_log_too__where_nobody_can_write_f8),
		TEST(store_open__refuses_to_write__where_nobody_can_f8),
		TEST(store_changed__looks_anew__when_it_can_be_written_again_f8),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
