/* What a database file must be before SQLite sees it, and what lies beside it. */
#include "db/file.h"

#include <dlfcn.h>
#include <errno.h>
#include <linux/magic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "tests/support/check.h"
#include "tests/support/place.h"

/* ---- a file system as one likes: stands in front of the C library's own function ---- */

static uint32_t pretended; /* 0: what it is */

int statfs(const char *path, struct statfs *ret)
{
	static int (*real)(const char *, struct statfs *);
	if (!real)
		*(void **)&real = dlsym(RTLD_NEXT, "statfs");
	int code = real(path, ret);
	if (pretended != 0)
		ret->f_type = pretended;
	return code;
}

/* ---- and accounts as one likes ---- */

static const char *foreign; /* belongs to another account; NULL: nothing does */
static const char *locked;  /* this account may not write it */

int lstat(const char *path, struct stat *ret)
{
	static int (*real)(const char *, struct stat *);
	if (!real)
		*(void **)&real = dlsym(RTLD_NEXT, "lstat");
	int code = real(path, ret);
	if (foreign != NULL && strcmp(path, foreign) == 0)
		ret->st_uid = 12345;
	return code;
}

int access(const char *path, int how)
{
	static int (*real)(const char *, int);
	if (!real)
		*(void **)&real = dlsym(RTLD_NEXT, "access");
	bool is_denied = locked != NULL && strcmp(path, locked) == 0 && (how & W_OK);
	errno = EACCES;
	return is_denied ? -1 : real(path, how);
}

static struct place place;

static int make_database(void **state)
{
	(void)state;
	place_init(&place);
	place_open(&place, STORE_CREATE);
	place_close(&place);
	return 0;
}

static int remove_database(void **state)
{
	(void)state;
	pretended = 0;
	foreign = locked = NULL;
	place_done(&place);
	return 0;
}

static void expect_refused(const char *part)
{
	struct err err = { 0 };
	assert_false(file_check(place.path, &err));
	assert_int_equal(err.code, ERR_REFUSED);
	assert_non_null(strstr(err.text, part));
}

static void side_file(const char *suffix, char *ret, size_t size)
{
	snprintf(ret, size, "%s%s", place.path, suffix);
}

static void file_check__refuses__network_file_systems_f18(void **state)
{
	(void)state;
	static const uint32_t types[] = { NFS_SUPER_MAGIC, SMB_SUPER_MAGIC, 0xff534d42,
					  0xfe534d42, 0x65735546 };
	for (size_t i = 0; i < COUNT_OF(types); i++) {
		pretended = types[i];
		expect_refused("network file system");
	}
	struct err err = { 0 };
	pretended = EXT4_SUPER_MAGIC;
	place_must(file_check(place.path, &err), &err);
}

static void file_check__refuses__a_side_file_that_leads_elsewhere_f9(void **state)
{
	(void)state;
	static const char *const suffixes[] = { "-wal", "-shm", "-journal" };
	for (size_t i = 0; i < COUNT_OF(suffixes); i++) {
		char path[PLACE_PATH_SIZE + 64];
		side_file(suffixes[i], path, sizeof(path));
		assert_int_equal(symlink("/etc/passwd", path), 0);
		expect_refused("not a plain file");
		expect_refused(suffixes[i]);
		assert_int_equal(unlink(path), 0);
	}
}

static void file_check__refuses__what_belongs_to_another_account_f9(void **state)
{
	(void)state;
	static const char *const suffixes[] = { "", "-wal", "-shm", "-journal" };
	for (size_t i = 0; i < COUNT_OF(suffixes); i++) {
		char path[PLACE_PATH_SIZE + 64];
		side_file(suffixes[i], path, sizeof(path));
		FILE *file = fopen(path, "ab");
		assert_non_null(file);
		fclose(file);
		foreign = path;
		expect_refused("another account");
		expect_refused(path);
	}
}

/* Where the file or its folder may not be written: nothing is begun. */
static void store_open__names_what_may_not_be_written__and_the_remedy_f9(void **state)
{
	(void)state;
	const struct {
		const char *path, *remedy;
	} all[] = { { place.path, "chmod 0600" }, { place.folder, "mode 0700" } };
	for (size_t i = 0; i < COUNT_OF(all); i++) {
		struct err err = { 0 };
		locked = all[i].path;
		assert_false(store_open(place.path, STORE_CREATE, &place.store, &err));
		assert_int_equal(err.code, ERR_REFUSED);
		assert_non_null(strstr(err.text, all[i].path));
		assert_non_null(strstr(err.text, all[i].remedy));
		struct store *reader;
		place_must(store_open(place.path, STORE_READ, &reader, &err), &err);
		store_close(reader);
	}
}

/* As doctor does, without opening it. */
static void store_health__tells__what_may_not_be_written_f9(void **state)
{
	(void)state;
	const char *const all[] = { place.path, place.folder, NULL };
	for (size_t i = 0; i < COUNT_OF(all); i++) {
		struct err err = { 0 };
		struct store_health health;
		locked = all[i];
		place_must(store_health(place.path, &health, &err), &err);
		assert_int_equal(health.may_write, locked == NULL);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_database, remove_database)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(file_check__refuses__network_file_systems_f18),
		TEST(file_check__refuses__a_side_file_that_leads_elsewhere_f9),
		TEST(file_check__refuses__what_belongs_to_another_account_f9),
		TEST(store_open__names_what_may_not_be_written__and_the_remedy_f9),
		TEST(store_health__tells__what_may_not_be_written_f9),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
