/* Copies of whole databases, page by page, consistent while others write; and whether one
 * is whole. */
#ifndef DB_BACKUP_H
#define DB_BACKUP_H

#include "db/db.h"

/* SQLite's integrity check; ret_text: its first line. Fails only if it cannot be asked.
 */
bool backup_integrity(struct store *store, char *ret_text, size_t size, bool *ret_whole,
		      struct err *err) CHECKED;

#endif
