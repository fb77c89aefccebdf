#include "tests/support/statements/trial.h"

#include <sqlite3.h>
#include <string.h>

#include "core/base/text.h"
#include "db/db.h"
#include "tests/support/check.h"
#include "tests/support/statements/statements.h"

/* What an act does for each of many things fails once in so many. */
enum { EACH_UP_TO = 200, THEN_EVERY = 13, FAULTS_MAX = 5000 };

/* One after the other: each leads to another sentence. */
static const int codes[] = { SQLITE_IOERR_READ, SQLITE_FULL, SQLITE_CORRUPT, SQLITE_BUSY,
			     SQLITE_READONLY };

/* All that is in the database: to compare with, and to put back. */
struct image {
	unsigned char *bytes;
	sqlite3_int64 size;
	sqlite3 *copy;
};

static void copy_all(sqlite3 *from, sqlite3 *to)
{
	sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
	assert_non_null(backup);
	assert_int_equal(sqlite3_backup_step(backup, -1), SQLITE_DONE);
	assert_int_equal(sqlite3_backup_finish(backup), SQLITE_OK);
}

static struct image image_take(struct store *store)
{
	struct image image = { 0 };
	statements_use(&(struct statements_plan){ 0 });
	image.bytes = sqlite3_serialize(store->sql, "main", &image.size, 0);
	assert_non_null(image.bytes);
	return image;
}

static void image_done(struct image *image)
{
	sqlite3_free(image->bytes);
	sqlite3_close(image->copy);
}

/* One that can be put back. */
static struct image image_keep(struct store *store)
{
	struct image image = image_take(store);
	assert_int_equal(sqlite3_open(":memory:", &image.copy), SQLITE_OK);
	copy_all(store->sql, image.copy);
	return image;
}

/* What SQLite counts in its header is another than it was. */
static void image_put_back(struct store *store, struct image *image)
{
	statements_use(&(struct statements_plan){ 0 });
	stmt_forget_all(store);
	known_forget(store);
	copy_all(image->copy, store->sql);
	sqlite3_free(image->bytes);
	image->bytes = sqlite3_serialize(store->sql, "main", &image->size, 0);
	assert_non_null(image->bytes);
}

static void must_be_the_same(struct store *store, const struct image *before,
			     const char *name, long at)
{
	DEFER(image_done) struct image after = image_take(store);
	if (store->depth != 0 || sqlite3_get_autocommit(store->sql) == 0)
		fail_msg("%s: statement %ld failed, and a transaction is left open", name,
			 at);
	if (after.size != before->size ||
	    memcmp(after.bytes, before->bytes, (size_t)after.size) != 0)
		fail_msg("%s: statement %ld failed, and something was changed", name, at);
}

static void must_tell(const struct err *err, const char *name, long at)
{
	if (err->code == ERR_NONE || err->text[0] == '\0' ||
	    !utf8_valid(err->text, strlen(err->text)))
		fail_msg("%s: statement %ld failed, and no sentence says so", name, at);
}

/* False: the act has no statement of this number. */
static bool try_once(struct store *store, const struct trial *trial, long at,
		     struct image *before)
{
	struct err err = { 0 };
	struct hand hand = { .store = store, .path = store_path(store) };
	const struct statements_plan plan = {
		.at = at, .code = codes[(size_t)at % COUNT_OF(codes)]
	};
	stmt_forget_all(
		store); /* each is prepared, then stepped: the same calls every time */
	statements_use(&plan);
	bool done = trial->act(&hand, &err);
	if (statements_asked() < at) {
		if (!done)
			fail_msg("%s: %s", trial->name, err.text);
		return false;
	}
	if (!done) {
		must_tell(&err, trial->name, at);
		must_be_the_same(store, before, trial->name, at);
	} else if (!trial->shrugs) {
		fail_msg("%s: statement %ld failed, and nobody heard of it", trial->name,
			 at);
	} else {
		image_put_back(store, before);
	}
	return true;
}

void trial_all(struct store *store, const struct trial *trials, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		long at = 1;
		DEFER(image_done) struct image before = image_keep(store);
		while (try_once(store, &trials[i], at, &before) && at < FAULTS_MAX)
			at += at < EACH_UP_TO ? 1 : THEN_EVERY;
		statements_use(&(struct statements_plan){ 0 });
		assert_true(at > 1 && at < FAULTS_MAX);
		print_message("%s: about %ld statements\n", trials[i].name, at - 1);
	}
}
