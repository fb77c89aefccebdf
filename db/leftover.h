/* A write-ahead log that somebody left beside the database who did not end well: looked at
 * before it is believed. SQLite takes any that lies there, that of another database too: of
 * the one that a backup was copied over, say. */
#ifndef DB_LEFTOVER_H
#define DB_LEFTOVER_H

#include "core/base/err.h"

/* Refuse a log that does not fit the database, both left as they are. Who is not alone need
 * not look: a log in use belongs to the database in use. */
bool leftover_check(const char *path, struct err *err) CHECKED;

#endif
