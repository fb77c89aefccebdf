#include "db/stmt.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "db/db.h"
#include "db/record_sql.h"

struct stmt {
	struct store *store;
	sqlite3_stmt *handle;
	bool kept; /* in the store's cache; else of its own, freed when done */
	bool in_use;
	int failed;        /* SQLite's code of the first failure */
	const char *lacks; /* name that the SQL does not have */
	char **names;      /* of the parameters; the first is at 1 */
	int count;
	int next; /* the parameter after the one bound last: often the one bound now */
};

static const char *const query_texts[] = {
#define QUERY(name, sql) [Q_##name] = (sql),
#include "db/queries.def"
#undef QUERY
};
_Static_assert(COUNT_OF(query_texts) == Q_COUNT, "every query has its text");

/* Asked once, for SQLite finds a name by walking through all of them; and copied, for it
 * forgets its own when it prepares the statement anew (another schema). */
static void learn_names(struct stmt *stmt)
{
	stmt->count = sqlite3_bind_parameter_count(stmt->handle);
	stmt->names = mem_new((size_t)stmt->count + 1, sizeof(stmt->names[0]));
	for (int i = 1; i <= stmt->count; i++)
		stmt->names[i] = mem_strdup(sqlite3_bind_parameter_name(stmt->handle, i));
}

static struct stmt *prepare(struct store *store, const char *sql, bool keep)
{
	struct stmt *stmt = mem_new(1, sizeof(*stmt));
	stmt->store = store;
	stmt->next = 1;
	unsigned flags = keep ? SQLITE_PREPARE_PERSISTENT : 0;
	stmt->failed =
		sqlite3_prepare_v3(store->sql, sql, -1, flags, &stmt->handle, NULL);
	learn_names(stmt);
	/* What cannot be prepared now may be later, when the schema is there. */
	stmt->kept = keep && stmt->handle != NULL;
	return stmt;
}

static bool is_free(const struct stmt *kept)
{
	return kept != NULL && !kept->in_use;
}

static void stmt_free(struct stmt *stmt)
{
	if (stmt == NULL)
		return;
	sqlite3_finalize(stmt->handle);
	for (int i = 1; i <= stmt->count; i++)
		free(stmt->names[i]);
	free(stmt->names);
	free(stmt);
}

static struct stmt *take(struct store *store, size_t slot, const char *sql)
{
	struct stmt *kept = store->statements[slot];
	if (!is_free(kept)) {
		kept = prepare(store, sql, kept == NULL);
		if (kept->kept)
			store->statements[slot] = kept;
	}
	kept->in_use = true;
	return kept;
}

struct stmt *db_query(struct store *store, enum query query)
{
	return take(store, (size_t)query, query_texts[query]);
}

struct stmt *db_record_query(struct store *store, enum record_kind kind,
			     enum record_query query)
{
	size_t slot = (size_t)Q_COUNT + (size_t)kind * RECORD_QUERY_COUNT + query;
	if (is_free(store->statements[slot]))
		return take(store, slot, "");
	DEFER(buf_done)
	struct buf sql = BUF_INIT(RECORD_SQL_MAX);
	record_sql(kind, query, &sql);
	return take(store, slot, buf_text(&sql));
}

void stmt_done(struct stmt **stmt)
{
	struct stmt *s = TAKE(*stmt);
	if (s == NULL)
		return;
	if (!s->kept) {
		stmt_free(s);
		return;
	}
	sqlite3_reset(s->handle);
	sqlite3_clear_bindings(s->handle);
	s->failed = SQLITE_OK;
	s->lacks = NULL;
	s->next = 1;
	s->in_use = false;
}

void stmt_forget_all(struct store *store)
{
	for (size_t i = 0; i < COUNT_OF(store->statements); i++) {
		stmt_free(store->statements[i]);
		store->statements[i] = NULL;
	}
}

/* ---- binding ---- */

/* 0: there is no such. */
static int find_place(const struct stmt *stmt, const char *name)
{
	const int next = stmt->next;
	if (next <= stmt->count && strcmp(stmt->names[next], name) == 0)
		return next;
	return sqlite3_bind_parameter_index(stmt->handle, name);
}

/* 0 too if binding is pointless: it failed before. */
int stmt_place(struct stmt *stmt, const char *name)
{
	if (stmt->failed != SQLITE_OK || stmt->lacks != NULL)
		return 0;
	const int index = find_place(stmt, name);
	if (index == 0)
		stmt->lacks = name;
	stmt->next = index + 1;
	return index;
}

int stmt_run_of_places(struct stmt *stmt, const char *first, const char *last,
		       size_t count)
{
	const int at = find_place(stmt, first);
	const int end = at + (int)count - 1;
	const bool follows =
		at != 0 && end <= stmt->count && strcmp(stmt->names[end], last) == 0;
	if (!follows)
		return 0;
	stmt->next = end + 1;
	return at;
}

static void keep_failure(struct stmt *stmt, int code)
{
	if (stmt->failed == SQLITE_OK)
		stmt->failed = code;
}

void bind_int_at(struct stmt *stmt, int place, int64_t value)
{
	if (place != 0)
		keep_failure(stmt, sqlite3_bind_int64(stmt->handle, place, value));
}

static void bind_any_text_at(struct stmt *stmt, int place, const char *text,
			     sqlite3_destructor_type keeping)
{
	if (place != 0)
		keep_failure(stmt,
			     sqlite3_bind_text(stmt->handle, place, text, -1, keeping));
}

void bind_borrowed_at(struct stmt *stmt, int place, const char *text)
{
	bind_any_text_at(stmt, place, text, SQLITE_STATIC);
}

void bind_int(struct stmt *stmt, const char *name, int64_t value)
{
	bind_int_at(stmt, stmt_place(stmt, name), value);
}

void bind_text(struct stmt *stmt, const char *name, const char *text)
{
	bind_any_text_at(stmt, stmt_place(stmt, name), text, SQLITE_TRANSIENT);
}

void bind_borrowed(struct stmt *stmt, const char *name, const char *text)
{
	bind_borrowed_at(stmt, stmt_place(stmt, name), text);
}

static void bind_null(struct stmt *stmt, const char *name)
{
	const int place = stmt_place(stmt, name);
	if (place != 0)
		keep_failure(stmt, sqlite3_bind_null(stmt->handle, place));
}

void bind_id(struct stmt *stmt, const char *name, int64_t id)
{
	if (id == 0)
		bind_null(stmt, name);
	else
		bind_int(stmt, name, id);
}

void bind_filled(struct stmt *stmt, const char *name, const char *text)
{
	bind_text(stmt, name, text[0] == '\0' ? NULL : text);
}

/* ---- stepping ---- */

int stmt_step(struct stmt *stmt, struct err *err)
{
	if (stmt->lacks != NULL) {
		fail(err, ERR_FAILED, "The question has no parameter %s: %s", stmt->lacks,
		     sqlite3_sql(stmt->handle));
		return -1;
	}
	int code = stmt->failed != SQLITE_OK ? stmt->failed : sqlite3_step(stmt->handle);
	if (code == SQLITE_ROW)
		return 1;
	if (code == SQLITE_DONE)
		return 0;
	db_fail(stmt->store, code, err);
	return -1;
}

bool stmt_run(struct stmt *stmt, struct err *err)
{
	int got;
	do {
		got = stmt_step(stmt, err);
	} while (got > 0);
	return got == 0;
}

int64_t stmt_changes(const struct stmt *stmt)
{
	return sqlite3_changes64(stmt->store->sql);
}

bool stmt_insert(struct stmt *stmt, int64_t *ret_id, struct err *err)
{
	if (!stmt_run(stmt, err))
		return false;
	*ret_id = sqlite3_last_insert_rowid(stmt->store->sql);
	return true;
}

/* ---- columns ---- */

int64_t column_int(const struct stmt *stmt, int column)
{
	return sqlite3_column_int64(stmt->handle, column);
}

bool column_bool(const struct stmt *stmt, int column)
{
	return column_int(stmt, column) != 0;
}

bool column_is_null(const struct stmt *stmt, int column)
{
	return sqlite3_column_type(stmt->handle, column) == SQLITE_NULL;
}

const char *column_text(const struct stmt *stmt, int column)
{
	const void *text = sqlite3_column_text(stmt->handle, column);
	return text == NULL ? "" : text;
}

const char *column_text_or_null(const struct stmt *stmt, int column)
{
	return column_is_null(stmt, column) ? NULL : column_text(stmt, column);
}

void column_copy(const struct stmt *stmt, int column, char *ret, size_t size)
{
	const char *text = column_text(stmt, column);
	/* Columns are bounded by CHECKs; a damaged file's longer text is cut, not
	 * trusted. */
	if (!text_copy(ret, size, text))
		text_cut(ret, size, text, size);
}

void column_add(const struct stmt *stmt, int column, struct buf *ret)
{
	const char *text = column_text(stmt, column);
	buf_add(ret, text, (size_t)sqlite3_column_bytes(stmt->handle, column));
}

bool stmt_number(struct stmt *stmt, int64_t absent, int64_t *ret, struct err *err)
{
	int got = stmt_step(stmt, err);
	if (got < 0)
		return false;
	*ret = got == 0 ? absent : column_int(stmt, 0);
	return true;
}

bool stmt_any(struct stmt *stmt, bool *ret, struct err *err)
{
	int got = stmt_step(stmt, err);
	if (got < 0)
		return false;
	*ret = got > 0;
	return true;
}
