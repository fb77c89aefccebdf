/* T4: a secret that was replaced is taken out of the write-ahead log, too: at once, or when
 * whoever read it meanwhile has gone. */
#include <stdio.h>
#include <string.h>

#include "db/db.h"
#include "tests/support/check.h"
#include "tests/support/place.h"

#define SECRET "Kx9QwT7zLm2PvR4yTk"

static struct place place;
static struct store *reader; /* another process' */
static struct transaction reading;

static int open_secret(void **state)
{
	(void)state;
	struct err err = { 0 };
	place_init(&place);
	place_open(&place, STORE_CREATE);
	place_import(&place, place_example, false);
	place_must(store_open(place.path, STORE_READ, &reader, &err), &err);
	return 0;
}

static int close_all(void **state)
{
	(void)state;
	store_abort(&reading);
	store_done(&reader);
	place_done(&place);
	return 0;
}

static void set_url(const char *url)
{
	struct err err = { 0 };
	struct service service;
	place_must(store_get(place.store, RECORD_SERVICE, 1, &service, &err), &err);
	(void)snprintf(service.url, sizeof(service.url), "%s", url);
	place_must(store_put(place.store, RECORD_SERVICE, &service, &err), &err);
}

static bool is_kept(void)
{
	static const char *const ends[] = { "", "-wal" };
	bool kept = false;
	for (size_t i = 0; i < 2; i++) {
		char path[sizeof(place.path) + 8];
		DEFER(buf_done) struct buf bytes = BUF_INIT(1 << 24);
		(void)snprintf(path, sizeof(path), "%s%s", place.path, ends[i]);
		place_read(path, &bytes);
		kept |= memmem(bytes.data, bytes.len, SECRET, strlen(SECRET)) != NULL;
	}
	return kept;
}

/* Replaces the secret while somebody reads. */
static void replace_while_read(void)
{
	struct err err = { 0 };
	enum mode mode;
	set_url("https://h.example/?token=" SECRET);
	place_must(store_begin_reading(reader, &reading, &err), &err);
	place_must(store_mode(reader, &mode, &err), &err);
	set_url("https://h.example/?token=another");
	assert_true(is_kept());
}

static void secret__is_gone_at_once__when_nobody_reads(void **state)
{
	(void)state;
	set_url("https://h.example/?token=" SECRET);
	assert_true(is_kept());
	set_url("https://h.example/?token=another");
	assert_false(is_kept());
}

static void secret__is_gone_with_the_next_rest__of_any_process(void **state)
{
	(void)state;
	replace_while_read();
	struct store *engine = NULL;
	struct err err = { 0 };
	place_must(store_open(place.path, STORE_WRITE, &engine, &err), &err);
	assert_false(store_rest(engine, false)); /* come again: it is still there */
	assert_true(is_kept());
	store_abort(&reading);
	assert_true(store_rest(engine, false));
	assert_false(is_kept());
	store_close(engine);
}

static void secret__is_gone_with_the_next_opening__to_write(void **state)
{
	(void)state;
	replace_while_read();
	place_close(&place);
	assert_true(is_kept());
	store_abort(&reading);
	place_open(&place, STORE_WRITE);
	assert_false(is_kept());
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_secret, close_all)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(secret__is_gone_at_once__when_nobody_reads),
		TEST(secret__is_gone_with_the_next_rest__of_any_process),
		TEST(secret__is_gone_with_the_next_opening__to_write),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
