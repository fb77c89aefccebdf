/* Carries the rows of the journal's tables into plain structs and back, by lists of
 * columns; gathers ids. */
#ifndef DB_ROW_H
#define DB_ROW_H

#include <stddef.h>
#include <stdint.h>

#include "core/base/compiler.h"
#include "core/base/id_list.h"
#include "core/store.h"
#include "db/stmt.h"

enum row_type {
	ROW_NUMBER, /* int64_t */
	ROW_ENUM,   /* an enumeration: int-sized, never negative */
	ROW_BOOL,   /* bool */
	ROW_TEXT,   /* char[]; empty is NULL in the table */
};

struct row_column {
	const char *parameter; /* ":at_ms" */
	enum row_type type;
	size_t offset, size; /* inside the struct */
};

/* One row of such a table, for a struct `record`:
 *     static const struct row_column alert_columns[] = { ALERT_COLUMNS(ALERT_COLUMN) };
 * with  #define ALERT_COLUMN(member, type) ROW_COLUMN(alert, member, type) */
#define ROW_COLUMN(record, member, row_type)                            \
	{ ":" #member, ROW_##row_type, offsetof(struct record, member), \
	  sizeof(((struct record *)NULL)->member) },

/* Bind every column of the list by its member's name; its texts are borrowed until
 * stmt_done. Where the question has them in the order of the list, as those made from it
 * have, only the first one is looked up. */
void row_bind(struct stmt *stmt, const struct row_column *columns, size_t count,
	      const void *record);

/* Read the list from the row's columns, beginning at column first. Returns the column
 * behind. */
int row_read(const struct stmt *stmt, int first, const struct row_column *columns,
	     size_t count, void *ret);

/* Gather the first column of every row. */
bool row_ids(struct stmt *stmt, struct id_list *ret, struct err *err) CHECKED;

/* Hand it out, until row says false. All are read before the first is handed out, so that
 * row may write. */
bool row_ids_hand_out(struct stmt *stmt, id_fn *row, void *arg, struct err *err) CHECKED;

/* Hand out the texts that a question has for an id (:id); the id in each of its rows; or id
 * and name. As they are read, until row says false. */
bool row_texts(struct store *store, enum query query, int64_t id, text_fn *row, void *arg,
	       struct err *err) CHECKED;
bool row_each_id(struct stmt *stmt, id_fn *row, void *arg, struct err *err) CHECKED;
bool row_names(struct stmt *stmt, name_fn *row, void *arg, struct err *err) CHECKED;

#endif
