/* Questions to the database: prepared once per store, bound by name, read by column.
 *
 *     DEFER(stmt_done) struct stmt *s = db_query(store, Q_MONITOR_STATE);
 *     bind_int(s, ":monitor", id);
 *     int got = stmt_step(s, err);                 1: a row, 0: no more, -1: *err says
 * why
 *
 * The first failure of preparing or binding sticks and is told by stmt_step. A question
 * that is asked while its statement is in use (from inside a list's callback) gets one of
 * its own. */
#ifndef DB_STMT_H
#define DB_STMT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/buf.h"
#include "core/base/compiler.h"
#include "core/base/err.h"
#include "core/rules/fields.h"

struct store;
struct stmt;

enum query {
#define QUERY(name, sql) Q_##name,
#include "db/queries.def"
#undef QUERY
	Q_COUNT
};

/* What is asked of every record; the SQL is made from its field table. */
enum record_query {
	RECORD_GET,
	RECORD_FIND, /* the id of the one that is the same thing: record_identity */
	RECORD_INSERT,
	RECORD_PUT_BACK, /* with the id that it had */
	RECORD_UPDATE,
	RECORD_DELETE,
	RECORD_LIST,    /* all */
	RECORD_LIST_OF, /* of one parent */
	RECORD_QUERY_COUNT,
};

/* Never NULL. Give it back with stmt_done (DEFER). */
struct stmt *db_query(struct store *store, enum query query);
struct stmt *db_record_query(struct store *store, enum record_kind kind,
			     enum record_query query);
void stmt_done(struct stmt **stmt);

/* Finalize all that the store keeps: before it is closed, or its schema changes. */
void stmt_forget_all(struct store *store);

/* Bind by name (":id"). Text is copied; NULL text is NULL. A name that the SQL lacks is a
 * failure that sticks. */
void bind_int(struct stmt *stmt, const char *name, int64_t value);
void bind_text(struct stmt *stmt, const char *name, const char *text);
void bind_borrowed(struct stmt *stmt, const char *name,
		   const char *text); /* not copied: it must live until stmt_done */
/* By place, for lists of columns: of a parameter, or of the first of count ones that
 * follow each other from first to last; 0: there is no such. What is bound at place 0 is
 * not. */
int stmt_place(struct stmt *stmt, const char *name);
int stmt_run_of_places(struct stmt *stmt, const char *first, const char *last,
		       size_t count);
void bind_int_at(struct stmt *stmt, int place, int64_t value);
void bind_borrowed_at(struct stmt *stmt, int place, const char *text);
void bind_id(struct stmt *stmt, const char *name, int64_t id);           /* 0 is NULL */
void bind_filled(struct stmt *stmt, const char *name, const char *text); /* "" is NULL */

/* 1: a row; 0: done; -1: failed. The row is valid until the next step or stmt_done. */
int stmt_step(struct stmt *stmt, struct err *err) CHECKED;

/* Step to the end of what gives no rows; then how many rows it changed (triggers not counted). */
bool stmt_run(struct stmt *stmt, struct err *err) CHECKED;
int64_t stmt_changes(const struct stmt *stmt);

/* Run an INSERT of one row and tell its id: cheaper than RETURNING, which builds a table. */
bool stmt_insert(struct stmt *stmt, int64_t *ret_id, struct err *err) CHECKED;

/* Columns from 0. NULL reads as 0, false and "". */
int64_t column_int(const struct stmt *stmt, int column);
bool column_bool(const struct stmt *stmt, int column);
bool column_is_null(const struct stmt *stmt, int column);
const char *column_text(const struct stmt *stmt,
			int column); /* borrowed, until the next step */
const char *column_text_or_null(const struct stmt *stmt,
				int column); /* the same, NULL is NULL */
void column_copy(const struct stmt *stmt, int column, char *ret, size_t size);
void column_add(const struct stmt *stmt, int column, struct buf *ret); /* all bytes */

/* The one number of a question that answers with one row; absent where there is none. */
bool stmt_number(struct stmt *stmt, int64_t absent, int64_t *ret, struct err *err)
	CHECKED;

/* *ret true if there is at least one row; its columns can be read then. */
bool stmt_any(struct stmt *stmt, bool *ret, struct err *err) CHECKED;

#endif
