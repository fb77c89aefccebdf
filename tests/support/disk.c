#include "tests/support/disk.h"

#include <signal.h>
#include <sqlite3.h>
#include <unistd.h>

#include "db/db.h"
#include "tests/support/check.h"
#include "tests/support/disk_power.h"

enum operation {
	OPENING,
	READING,
	WRITING,
	TRUNCATING,
	SYNCING,
	DELETING,
	RENAMING,
	OPERATIONS
};

/* The real file follows in memory. */
struct disk_file {
	sqlite3_file base;
	struct track *track; /* NULL: a temporary one, which no power brings back */
};

static struct {
	sqlite3_vfs vfs, *real;
	struct disk_plan plan;
	long counted;
	bool is_dead; /* whoever uses it, and was spared */
} disk;

/* Is it kept in mind what was synced? */
static bool is_tracking(void)
{
	return disk.plan.fault == DISK_LOSES_POWER || disk.plan.spares;
}

static sqlite3_file *real_of(sqlite3_file *file)
{
	return (sqlite3_file *)((struct disk_file *)file + 1);
}

/* ---- when ---- */

/* SQLITE_OK, or what the operation has to answer. */
static int strike(enum operation operation)
{
	static const bool is_counted[DISK_FAULTS][OPERATIONS] = {
		[DISK_KILLS] = { 1, 0, 1, 1, 1, 1, 1 },
		[DISK_FAILS] = { 1, 1, 1, 1, 1, 1, 1 },
		[DISK_IS_FULL] = { [WRITING] = 1 },
		[DISK_LOSES_POWER] = { 1, 0, 1, 1, 1, 1, 1 },
	};
	static const int failures[OPERATIONS] = {
		[OPENING] = SQLITE_CANTOPEN,    [READING] = SQLITE_IOERR_READ,
		[WRITING] = SQLITE_IOERR_WRITE, [TRUNCATING] = SQLITE_IOERR_TRUNCATE,
		[SYNCING] = SQLITE_IOERR_FSYNC, [DELETING] = SQLITE_IOERR_DELETE,
		[RENAMING] = SQLITE_IOERR,
	};
	if (disk.is_dead)
		return failures[operation];
	if (!is_counted[disk.plan.fault][operation])
		return SQLITE_OK;
	long number = ++disk.counted;
	if (number < disk.plan.at || (number > disk.plan.at && !disk.plan.for_good))
		return SQLITE_OK;
	if (disk.plan.fault == DISK_FAILS)
		return failures[operation];
	if (disk.plan.fault == DISK_IS_FULL)
		return SQLITE_FULL;
	if (disk.plan.fault == DISK_LOSES_POWER)
		power_lose(&disk.plan.seed);
	disk.is_dead = disk.plan.spares;
	if (!disk.plan.spares)
		kill(getpid(), SIGKILL);
	return failures[operation];
}

/* ---- files ---- */

static int disk_close(sqlite3_file *file)
{
	return real_of(file)->pMethods->xClose(real_of(file));
}

static int disk_read(sqlite3_file *file, void *bytes, int count, sqlite3_int64 at)
{
	int code = strike(READING);
	return code != SQLITE_OK
		       ? code
		       : real_of(file)->pMethods->xRead(real_of(file), bytes, count, at);
}

static int disk_write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 at)
{
	int code = strike(WRITING);
	struct track *track = ((struct disk_file *)file)->track;
	if (code == SQLITE_OK && track != NULL)
		track_note_written(track, at, at + count);
	return code != SQLITE_OK
		       ? code
		       : real_of(file)->pMethods->xWrite(real_of(file), bytes, count, at);
}

static int disk_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	int code = strike(TRUNCATING);
	return code != SQLITE_OK
		       ? code
		       : real_of(file)->pMethods->xTruncate(real_of(file), size);
}

/* Nothing is really synced: only a loss of power could tell, and that is modelled. */
static int disk_sync(sqlite3_file *file, int flags)
{
	(void)flags;
	int code = strike(SYNCING);
	struct track *track = ((struct disk_file *)file)->track;
	if (code == SQLITE_OK && track != NULL && is_tracking())
		track_keep_synced(track, real_of(file));
	return code;
}

static int disk_size(sqlite3_file *file, sqlite3_int64 *ret)
{
	return real_of(file)->pMethods->xFileSize(real_of(file), ret);
}

static int disk_lock(sqlite3_file *file, int level)
{
	return real_of(file)->pMethods->xLock(real_of(file), level);
}

static int disk_unlock(sqlite3_file *file, int level)
{
	return real_of(file)->pMethods->xUnlock(real_of(file), level);
}

static int disk_is_reserved(sqlite3_file *file, int *ret)
{
	return real_of(file)->pMethods->xCheckReservedLock(real_of(file), ret);
}

static int disk_control(sqlite3_file *file, int verb, void *arg)
{
	return real_of(file)->pMethods->xFileControl(real_of(file), verb, arg);
}

static int disk_sector(sqlite3_file *file)
{
	return real_of(file)->pMethods->xSectorSize(real_of(file));
}

static int disk_character(sqlite3_file *file)
{
	return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

static int disk_shm_map(sqlite3_file *file, int page, int size, int extend,
			void volatile **ret)
{
	return real_of(file)->pMethods->xShmMap(real_of(file), page, size, extend, ret);
}

static int disk_shm_lock(sqlite3_file *file, int offset, int count, int flags)
{
	return real_of(file)->pMethods->xShmLock(real_of(file), offset, count, flags);
}

static void disk_shm_barrier(sqlite3_file *file)
{
	real_of(file)->pMethods->xShmBarrier(real_of(file));
}

static int disk_shm_unmap(sqlite3_file *file, int is_deleted)
{
	return real_of(file)->pMethods->xShmUnmap(real_of(file), is_deleted);
}

static const sqlite3_io_methods methods = {
	.iVersion = 2, /* no memory maps: all reading goes through xRead */
	.xClose = disk_close,
	.xRead = disk_read,
	.xWrite = disk_write,
	.xTruncate = disk_truncate,
	.xSync = disk_sync,
	.xFileSize = disk_size,
	.xLock = disk_lock,
	.xUnlock = disk_unlock,
	.xCheckReservedLock = disk_is_reserved,
	.xFileControl = disk_control,
	.xSectorSize = disk_sector,
	.xDeviceCharacteristics = disk_character,
	.xShmMap = disk_shm_map,
	.xShmLock = disk_shm_lock,
	.xShmBarrier = disk_shm_barrier,
	.xShmUnmap = disk_shm_unmap,
};

static int disk_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags,
		     int *ret_flags)
{
	(void)vfs;
	file->pMethods = NULL;
	int code = strike(OPENING);
	if (code != SQLITE_OK)
		return code;
	struct track *track = is_tracking() ? track_of(path) : NULL;
	((struct disk_file *)file)->track = track;
	code = disk.real->xOpen(disk.real, path, real_of(file), flags, ret_flags);
	if (real_of(file)->pMethods != NULL)
		file->pMethods = &methods;
	if (track != NULL)
		track_opened(track);
	return code;
}

static int disk_delete(sqlite3_vfs *vfs, const char *path, int sync_folder)
{
	(void)vfs;
	int code = strike(DELETING);
	if (code == SQLITE_OK)
		code = disk.real->xDelete(disk.real, path, sync_folder);
	if (code == SQLITE_OK && is_tracking())
		track_deleted(path, sync_folder != 0);
	return code;
}

void disk_use(const struct disk_plan *plan)
{
	disk.plan = *plan;
	disk.counted = 0;
	disk.is_dead = false;
	if (disk.real != NULL)
		return;
	db_use_one_thread();
	disk.real = sqlite3_vfs_find(NULL);
	disk.vfs = *disk.real;
	disk.vfs.zName = "failing disk";
	disk.vfs.pNext = NULL;
	disk.vfs.szOsFile = disk.real->szOsFile + (int)sizeof(struct disk_file);
	disk.vfs.xOpen = disk_open;
	disk.vfs.xDelete = disk_delete;
	assert_int_equal(sqlite3_vfs_register(&disk.vfs, 1), SQLITE_OK);
}

long disk_operations(void)
{
	return disk.counted;
}

bool disk_is_dead(void)
{
	return disk.is_dead;
}

void disk_forget(void)
{
	power_forget();
}

bool disk_renames(void)
{
	return strike(RENAMING) == SQLITE_OK;
}

void disk_folder_synced(void)
{
	power_folder_synced();
}
