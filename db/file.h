/* The database file as the file system sees it: made with the right mode before SQLite
 * opens it, refused where it would not be safe. It is never opened here once it exists:
 * closing it would drop SQLite's locks. */
#ifndef DB_FILE_H
#define DB_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/buf.h"
#include "core/base/err.h"

enum { FILE_PATH_MAX = 4096 };

/* Refuse what is not a plain file with one name that belongs to this account, on a local
 * file system. ERR_NOT_FOUND if nothing is there: the sentence names `hublink init`. */
bool file_check(const char *path, struct err *err) CHECKED;

/* Is it on a file system that nobody can write to? */
bool file_is_read_only(const char *path);

/* Refuse, naming the cause, where this account may not write to the file or beside it. */
bool file_check_writable(const char *path, struct err *err) CHECKED;

/* Of the file "path" with suffix behind it; 0 if there is none. */
int64_t file_bytes(const char *path, const char *suffix);

/* Make an empty file 0600, whatever the umask; its folders 0700 where they are missing.
 * *ret_created is false if somebody else made it meanwhile. */
bool file_create(const char *path, bool *ret_created, struct err *err) CHECKED;

/* Make an empty file 0600 that nobody has. ERR_REFUSED if it exists. */
bool file_create_new(const char *path, struct err *err) CHECKED;

/* The folder that path is in: "." where it names none. */
void file_folder(const char *path, struct buf *ret);

/* Flush the folder's entries to disk. */
bool file_sync_folder(const char *path, struct err *err) CHECKED;

/* The first of "path", "path.2", "path.3" … that does not exist. */
void file_free_name(const char *path, struct buf *ret);

#endif
