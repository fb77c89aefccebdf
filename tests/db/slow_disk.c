/* F10, F16: a disk that takes its time, and somebody who reads for ever. Nobody else waits, and
 * what grows meanwhile is told. */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db/db.h"
#include "tests/support/check.h"
#include "tests/support/place.h"

/* ---- a disk that syncs when it is told to: in front of the C library's own ---- */

static int reached[2], released[2]; /* pipes: it waits, it may go on */
static bool is_slow;

static void wait_for_the_disk(void)
{
	char byte = 'x';
	if (!is_slow)
		return;
	is_slow = false;
	if (write(reached[1], &byte, 1) != 1 || read(released[0], &byte, 1) != 1)
		_exit(1);
}

static int sync_by(const char *name, int fd)
{
	int (*real)(int);
	*(void **)&real = dlsym(RTLD_NEXT, name);
	wait_for_the_disk();
	return real(fd);
}

/* SQLite calls the one or the other. */
int fsync(int fd)
{
	return sync_by("fsync", fd);
}

int fdatasync(int fd)
{
	return sync_by("fdatasync", fd);
}

/* ---- a database ---- */

static struct place place;

/* ---- F10 ---- */

/* Commits something, which the disk keeps waiting. */
static pid_t begin_slow_commit(void)
{
	pid_t child = fork();
	assert_true(child >= 0);
	if (child != 0)
		return child;
	struct store *store = NULL;
	struct err err = { 0 };
	bool ok = store_open(place.path, STORE_WRITE, &store, &err);
	is_slow = true;
	ok = ok && store_set_fact(store, "slow", 1, &err);
	store_close(store);
	_exit(ok && !is_slow ? 0 : 1);
}

static void store__answers_readers__while_a_commit_waits_for_the_disk_f10(void **state)
{
	(void)state;
	int status;
	char byte;
	place_close(&place);
	assert_int_equal(pipe(reached), 0);
	assert_int_equal(pipe(released), 0);
	pid_t writer = begin_slow_commit();
	assert_int_equal(read(reached[0], &byte, 1), 1);
	place_open(&place, STORE_READ);
	assert_int_equal(place_fact(place.store, "slow"),
			 -1); /* not answered yet, not shown */
	assert_false(store_changed(place.store));
	assert_true(store_is_being_written(place.store));
	assert_int_equal(write(released[1], "x", 1), 1);
	assert_int_equal(waitpid(writer, &status, 0), writer);
	assert_int_equal(status, 0);
	assert_true(store_changed(place.store));
	assert_int_equal(place_fact(place.store, "slow"), 1);
}

/* ---- F16 ---- */

enum { MIB = 1 << 20, PIECE_MIB = 8, LOG_AFTER_A_PIECE_MIB = 32 };

static int64_t log_mib(void)
{
	char path[sizeof(place.path) + 8];
	struct stat st;
	(void)snprintf(path, sizeof(path), "%s-wal", place.path);
	assert_int_equal(stat(path, &st), 0);
	return st.st_size / MIB;
}

static void write_piece(void)
{
	struct err err = { 0 };
	place_must(db_exec(place.store, "INSERT INTO filler VALUES (zeroblob(8 << 20))",
			   &err),
		   &err);
}

static void write_pieces(int mib)
{
	struct err err = { 0 };
	place_must(
		db_exec(place.store, "CREATE TABLE IF NOT EXISTS filler (x BLOB)", &err),
		&err);
	for (; mib > 0; mib -= PIECE_MIB)
		write_piece();
}

static void log__stays_small__when_nobody_reads_for_ever(void **state)
{
	(void)state;
	write_pieces(STORE_LOG_MAX_BYTES / MIB + 2 * PIECE_MIB);
	assert_in_range(log_mib(), 0, LOG_AFTER_A_PIECE_MIB);
	assert_int_equal(store_trouble(place.store, NULL), TROUBLE_NONE);
}

static void store_trouble__tells_of_a_log_that_a_reader_keeps__until_it_is_gone_f16(
	void **state)
{
	(void)state;
	struct err err = { 0 };
	struct store *reader;
	struct transaction reading = { 0 };
	DEFER(buf_done) struct buf why = BUF_INIT(1024);
	place_must(store_open(place.path, STORE_READ, &reader, &err), &err);
	place_must(store_begin_reading(reader, &reading, &err), &err);
	assert_int_equal(place_fact(reader, "x"), -1);

	write_pieces(STORE_LOG_MAX_BYTES / MIB + 2 * PIECE_MIB);
	(void)store_rest(place.store, true); /* as the engine does it */
	assert_int_equal(store_trouble(place.store, &why), TROUBLE_LOG);
	assert_non_null(strstr(buf_text(&why), place.path));
	assert_non_null(strstr(buf_text(&why), "fuser"));
	place_must(store_set_fact(place.store, "x", 1, &err), &err);
	assert_int_equal(place_fact(reader, "x"),
			 -1); /* it still sees what it began with */

	store_abort(&reading);
	(void)store_rest(place.store, true);
	assert_int_equal(store_trouble(place.store, NULL), TROUBLE_NONE);
	assert_int_equal(log_mib(), 0);
	assert_int_equal(place_fact(reader, "x"), 1);
	store_close(reader);
}

#define TEST(name) PLACE_TEST(name, place_set_up_store, &place)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(store__answers_readers__while_a_commit_waits_for_the_disk_f10),
		TEST(log__stays_small__when_nobody_reads_for_ever),
		TEST(store_trouble__tells_of_a_log_that_a_reader_keeps__until_it_is_gone_f16),
	};
	place_in_memory();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
