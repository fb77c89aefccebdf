/* A disk that fails: what SQLite does to files in this process goes through it, and at the
 * n-th operation the process is killed, the operation fails, there is no room, or the power
 * is lost. */
#ifndef TESTS_SUPPORT_DISK_H
#define TESTS_SUPPORT_DISK_H

#include <stdbool.h>
#include <stdint.h>

enum disk_fault {
	DISK_IS_WELL,
	DISK_KILLS, /* counted: opening, writing, truncating, syncing, deleting, renaming */
	DISK_FAILS,   /* counted: these, and reading */
	DISK_IS_FULL, /* counted: writing */
	/* As DISK_KILLS, and each 512 bytes that were not synced are the old or the new
	 * ones. */
	DISK_LOSES_POWER,
	DISK_FAULTS
};

struct disk_plan {
	enum disk_fault fault;
	long at;       /* the operation that is hit; the first is 1 */
	bool for_good; /* all that follow, too */
	uint64_t seed; /* which sectors a loss of power takes */
	/* Nobody is killed: the process goes on, and from the blow on nothing that it does
	 * reaches the disk, as if it were dead. It closes its database and opens it anew
	 * under another plan that spares, too. */
	bool spares;
};

/* From now on in this process, which has no database open. Nothing is really synced any more:
 * a test that also does it with DISK_IS_WELL for itself is much faster. */
void disk_use(const struct disk_plan *plan);

/* For a test's own rename(): a file is about to be renamed. False: it fails. */
bool disk_renames(void);

/* For a test's own fsync(), which hublink calls for folders alone: what was deleted does not
 * come back. */
void disk_folder_synced(void);

/* How many operations the plan has counted. */
long disk_operations(void);

/* Was the blow struck by which all who use the disk are dead, or spared? */
bool disk_is_dead(void);

/* Forget what was synced: for new files under old names. */
void disk_forget(void);

#endif
