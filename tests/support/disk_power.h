/* What a loss of power leaves of files: disk.c's memory of what was synced. */
#ifndef TESTS_SUPPORT_DISK_POWER_H
#define TESTS_SUPPORT_DISK_POWER_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

/* A file, with its bytes as they were synced last. It keeps them when it is renamed. */
struct track;

/* Of a file that is about to be opened; NULL for one without a name, which no power brings
 * back. */
struct track *track_of(const char *path);
void track_opened(struct track *track);
void track_note_written(struct track *track, sqlite3_int64 from, sqlite3_int64 to);
void track_keep_synced(struct track *track, sqlite3_file *file);
/* is_synced: its folder, too. */
void track_deleted(const char *path, bool is_synced);

void power_folder_synced(void);
void power_lose(uint64_t *seed);
void power_forget(void);

#endif
