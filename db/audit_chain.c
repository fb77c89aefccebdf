#include "db/audit_chain.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/base/json.h"
#include "core/base/text.h"
#include "db/db.h"

enum { END_SIZE = SHA256_HEX_SIZE + 32, HASH_COLUMN = 13 };

#define SETTING_END "audit_end" /* "ID HASH" of the last row */

/* ---- hashes ---- */

enum { ROW_VALUES = 13 };
static const char *const keys[ROW_VALUES] = {
	"id",        "at_ms",  "actor",  "source", "because", "action", "object_kind",
	"object_id", "object", "before", "after",  "act",     "undoes",
};
static const char *const no_keys[ROW_VALUES];

/* Into an open object (keys) or array (no_keys): the order is the chain's. */
static void put_row(struct json_writer *w, const struct audit_link *row,
		    const char *const *key)
{
	json_put_integer(w, *key++, row->id);
	json_put_integer(w, *key++, row->at_ms);
	json_put_string(w, *key++, row->actor);
	json_put_string(w, *key++, row->source);
	json_put_string(w, *key++, row->because);
	json_put_string(w, *key++, row->action);
	json_put_string(w, *key++, row->object_kind);
	json_put_integer(w, *key++, row->object_id);
	json_put_string(w, *key++, row->object);
	json_put_string(w, *key++, row->before);
	json_put_string(w, *key++, row->after);
	json_put_number(w, *key++, row->act);
	json_put_number(w, *key++, row->undoes);
}

void audit_chain_hash(const struct audit_link *row, const char *previous,
		      char ret[SHA256_HEX_SIZE])
{
	DEFER(buf_done) struct buf text = BUF_INIT(AUDIT_LINE_MAX);
	struct json_writer w = { .out = &text };
	json_open_array(&w, NULL);
	json_put_string(&w, NULL, previous);
	put_row(&w, row, no_keys);
	json_close(&w);
	sha256_hex(ret, buf_text(&text), text.len);
}

/* ---- adding ---- */

bool audit_chain_next(struct store *store, int64_t *ret_id,
		      char ret_previous[SHA256_HEX_SIZE], struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_AUDIT_LAST);
	const int got = stmt_step(s, err);
	if (got < 0)
		return false;
	*ret_id = got > 0 ? column_int(s, 0) + 1 : 1;
	ret_previous[0] = '\0';
	if (got > 0)
		column_copy(s, 1, ret_previous, SHA256_HEX_SIZE);
	return true;
}

static void write_end(char ret[END_SIZE], int64_t id, const char *hash)
{
	(void)snprintf(ret, END_SIZE, "%" PRId64 " %s", id, hash);
}

bool audit_chain_end(struct store *store, int64_t id, const char *hash, struct err *err)
{
	char end[END_SIZE];
	write_end(end, id, hash);
	return db_set_setting_text(store, SETTING_END, end, err);
}

/* ---- what was removed from its beginning ---- */

/* The newest one tells where the chain begins, as if what it tells of had just been read. */
static bool read_checkpoint(struct store *store, struct audit_verdict *verdict,
			    struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_KEEP_AUDIT_CHECKPOINT);
	const int got = stmt_step(s, err);
	if (got <= 0)
		return got == 0;
	const char *after = column_text(s, 2);
	DEFER(json_done) struct json *told = json_parse(after, strlen(after), NULL);
	const char *hash = told ? json_string(json_get(told, "hash")) : NULL;
	verdict->told_by = column_int(s, 0);
	verdict->last_id = verdict->forgotten = column_int(s, 1);
	if (hash && !text_copy(verdict->hash, sizeof(verdict->hash), hash))
		verdict->hash[0] = '\0';
	return true;
}

/* ---- reading ---- */

/* The columns of AUDIT_WHOLE; the texts live until the next step. */
static struct audit_link read_link(const struct stmt *s)
{
	return (struct audit_link){
		.id = column_int(s, 0),
		.at_ms = column_int(s, 1),
		.actor = column_text(s, 2),
		.source = column_text(s, 3),
		.because = column_text_or_null(s, 4),
		.action = column_text(s, 5),
		.object_kind = column_text(s, 6),
		.object_id = column_int(s, 7),
		.object = column_text(s, 8),
		.before = column_text_or_null(s, 9),
		.after = column_text_or_null(s, 10),
		.act = column_int(s, 11),
		.undoes = column_int(s, 12),
	};
}

/* ---- verifying ---- */

static bool break_at(struct audit_verdict *verdict, int64_t id, const char *what)
{
	verdict->holds = false;
	(void)snprintf(verdict->broken, sizeof(verdict->broken), "row #%" PRId64 " %s",
		       id, what);
	return false;
}

/* Rows from before there was a chain come first, and only they have no hash. */
static bool check_hash(const struct audit_link *row, const char *kept,
		       struct audit_verdict *verdict)
{
	char hash[SHA256_HEX_SIZE];
	if (*kept == '\0' && verdict->hash[0] == '\0') {
		verdict->unchained++;
		return true;
	}
	if (*kept == '\0')
		return break_at(verdict, row->id, "has lost its hash");
	audit_chain_hash(row, verdict->hash, hash);
	if (!text_equal(hash, kept))
		return break_at(verdict, row->id,
				"is not what was written: it, or a row before it, was "
				"changed");
	verdict->rows++;
	return text_copy(verdict->hash, sizeof(verdict->hash), hash);
}

/* False: the chain is broken here. */
static bool check_row(const struct stmt *s, struct audit_verdict *verdict)
{
	const struct audit_link row = read_link(s);
	const int64_t expected = verdict->last_id + 1;
	if (verdict->last_id != 0 && row.id != expected)
		return break_at(verdict, expected, "is missing");
	if (verdict->first_id == 0)
		verdict->first_id = row.id;
	verdict->last_id = row.id;
	return check_hash(&row, column_text(s, HASH_COLUMN), verdict);
}

/* What the last act left behind names the last row. */
static bool check_end(struct store *store, struct audit_verdict *verdict, struct err *err)
{
	DEFER(buf_done) struct buf kept = BUF_INIT(END_SIZE);
	char end[END_SIZE];
	if (!db_setting_text(store, SETTING_END, &kept, err))
		return false;
	write_end(end, verdict->last_id, verdict->hash);
	if (verdict->rows > 0 || kept.len > 0)
		if (!text_equal(end, buf_text(&kept)))
			(void)break_at(verdict, verdict->last_id + 1,
				       "is missing, and perhaps more: the last rows were "
				       "taken away");
	return true;
}

bool store_verify_audit(struct store *store, struct audit_verdict *ret, struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	*ret = (struct audit_verdict){ .holds = true };
	if (!store_begin_reading(store, &tx, err) || !read_checkpoint(store, ret, err))
		return false;
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_AUDIT_WHOLE);
	bind_int(s, ":since_ms", INT64_MIN);
	bind_int(s, ":until_ms", INT64_MAX);
	int got;
	while ((got = stmt_step(s, err)) > 0)
		if (!check_row(s, ret))
			return true;
	return got == 0 && check_end(store, ret, err);
}

bool store_export_audit(struct store *store, const struct filter *filter,
			bool (*row)(void *arg, const char *json), void *arg,
			struct err *err)
{
	DEFER(buf_done) struct buf line = BUF_INIT(AUDIT_LINE_MAX);
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_AUDIT_WHOLE);
	bind_int(s, ":since_ms", filter->since_ms);
	bind_int(s, ":until_ms", filter->until_ms > 0 ? filter->until_ms : INT64_MAX);
	int got;
	while ((got = stmt_step(s, err)) > 0) {
		const struct audit_link one = read_link(s);
		struct json_writer w = { .out = &line };
		buf_reset(&line);
		json_open_object(&w, NULL);
		put_row(&w, &one, keys);
		json_put_string(&w, "hash", column_text_or_null(s, HASH_COLUMN));
		/* Behind what is hashed, as other JSON has it. */
		json_put_time(&w, "at", one.at_ms);
		json_put_string(&w, "kind", one.object_kind);
		json_close(&w);
		if (!row(arg, buf_text(&line)))
			return true;
	}
	return got == 0;
}
