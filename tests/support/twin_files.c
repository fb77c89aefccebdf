/* The files of a twin's database, made anew or put back under connections that stay open. */
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "db/db.h"
#include "tests/support/check.h"
#include "tests/support/disk.h"
#include "tests/support/twin_parts.h"

static void must(int code)
{
	assert_int_equal(code, SQLITE_OK);
}

static void make_files_anew(struct twin *t)
{
	twin_close_all(t);
	static const char *const ends[] = { "-wal", "-shm" };
	for (size_t i = 0; i < COUNT_OF(ends); i++) {
		char side[PLACE_PATH_SIZE + 64];
		(void)snprintf(side, sizeof(side), "%s%s", t->fleet.place.path, ends[i]);
		(void)unlink(side);
	}
	FILE *file = fopen(t->fleet.place.path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(t->template.data, 1, t->template.len, file),
			 t->template.len);
	fclose(file);
	disk_forget();
}

static sqlite3_file *file_of(const struct store *store, int which)
{
	sqlite3_file *file = NULL;
	must(sqlite3_file_control(store->sql, "main", which, &file));
	return file;
}

static void overwrite(sqlite3_file *file, const struct buf *bytes)
{
	enum { AT_ONCE = 1 << 16 };
	for (size_t at = 0; at < bytes->len; at += AT_ONCE) {
		const size_t left = bytes->len - at;
		must(file->pMethods->xWrite(file, bytes->data + at,
					    (int)(left < AT_ONCE ? left : AT_ONCE),
					    (sqlite3_int64)at));
	}
	must(file->pMethods->xTruncate(file, (sqlite3_int64)bytes->len));
	must(file->pMethods->xSync(file, SQLITE_SYNC_NORMAL));
}

/* What connections know of the log is nothing: they look at it anew. */
static void forget_index(sqlite3_file *file)
{
	enum { HEADER_BYTES = 136, REGION_BYTES = 32768 };
	volatile void *index = NULL;
	must(file->pMethods->xShmMap(file, 0, REGION_BYTES, 0, &index));
	for (size_t i = 0; index && i < HEADER_BYTES; i++)
		((volatile char *)index)[i] = 0;
}

/* The files become what they were when the connections were opened: to open them, and to
 * prepare what they ask, takes most of the time of a history. */
static void put_files_back(struct twin *t)
{
	struct store *const stores[] = { t->fleet.place.store, t->store };
	sqlite3_file *file = file_of(t->fleet.place.store, SQLITE_FCNTL_FILE_POINTER);
	overwrite(file_of(t->fleet.place.store, SQLITE_FCNTL_JOURNAL_POINTER),
		  &(struct buf)BUF_INIT(0));
	overwrite(file, &t->template);
	forget_index(file);
	for (size_t i = 0; i < COUNT_OF(stores); i++) {
		sqlite3_db_release_memory(stores[i]->sql);
		(void)store_changed(stores[i]);
	}
}

void twin_fresh_files(struct twin *t)
{
	if (t->store && t->fleet.place.store)
		put_files_back(t);
	else
		make_files_anew(t);
}
