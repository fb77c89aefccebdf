/* Tokens of the listener: names and hashes. */
#include <string.h>

#include "core/base/nearest.h"
#include "core/base/text.h"
#include "core/store_sources.h"
#include "db/db.h"
#include "db/name.h"

static bool find_token(struct store *store, const char *name, int64_t *ret_id,
		       struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_TOKEN_BY_NAME);
	bind_text(s, ":name", name);
	return stmt_number(s, 0, ret_id, err);
}

static bool check_name(struct store *store, const char *name, struct err *err)
{
	int64_t taken_by;
	if (!*name || !utf8_valid(name, strlen(name)) || !text_no_controls(name) ||
	    text_length(name) > NAME_CHARS_MAX)
		return fail(err, ERR_INVALID,
			    "A token's name has 1 to %d characters and no control "
			    "characters",
			    NAME_CHARS_MAX);
	if (!find_token(store, name, &taken_by, err))
		return false;
	return taken_by == 0 ||
	       fail(err, ERR_INVALID,
		    "There is a token named '%s' already; choose another name, or "
		    "`hublink token revoke` it first",
		    name);
}

static bool insert(struct store *store, const char *name, const char *hash,
		   int64_t *ret_id, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_TOKEN_ADD);
	bind_text(s, ":name", name);
	bind_text(s, ":hash", hash);
	bind_int(s, ":now", db_now_ms(store));
	return stmt_insert(s, ret_id, err);
}

bool store_token_add(struct store *store, const char *name, const char *hash,
		     struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	int64_t id;
	return store_begin(store, &tx, err) && check_name(store, name, err) &&
	       insert(store, name, hash, &id, err) &&
	       store_audit(store, "create", "token", id, name, NULL, NULL, err) &&
	       store_commit(&tx, err);
}

static bool refuse_unknown(struct store *store, const char *name, struct err *err)
{
	DEFER(buf_done) struct buf text = BUF_INIT(NAME_SHOWN_MAX);
	struct nearest nearest;
	int got;
	nearest_init(&nearest, name);
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_TOKEN_NAMES);
	while ((got = stmt_step(s, err)) > 0)
		nearest_offer(&nearest, column_text(s, 0));
	if (got < 0)
		return false;
	buf_adds(&text, "Token ");
	name_add_quoted(&text, name);
	buf_adds(&text, " does not exist");
	if (nearest_found(&nearest)) {
		buf_adds(&text, "; ");
		name_add_quoted(&text, nearest_found(&nearest));
		buf_adds(&text, " is the nearest name");
	}
	return fail(err, ERR_NOT_FOUND, "%s; `hublink token list` shows all",
		    buf_text(&text));
}

static bool remove_token(struct store *store, int64_t id, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_TOKEN_DELETE);
	bind_int(s, ":id", id);
	return stmt_run(s, err);
}

bool store_token_revoke(struct store *store, const char *name, struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	int64_t id;
	if (!store_begin(store, &tx, err) || !find_token(store, name, &id, err))
		return false;
	if (id == 0)
		return refuse_unknown(store, name, err);
	return remove_token(store, id, err) &&
	       store_audit(store, "delete", "token", id, name, NULL, NULL, err) &&
	       store_commit(&tx, err);
}

bool store_list_tokens(struct store *store, token_fn *row, void *arg, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_TOKENS);
	int got;
	while ((got = stmt_step(s, err)) > 0) {
		struct token token = { .id = column_int(s, 0),
				       .created_ms = column_int(s, 3),
				       .used_ms = column_int(s, 4) };
		column_copy(s, 1, token.name, sizeof(token.name));
		column_copy(s, 2, token.hash, sizeof(token.hash));
		if (!row(arg, &token))
			return true;
	}
	return got == 0;
}

bool store_token_used(struct store *store, int64_t id, int64_t at_ms, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_TOKEN_USED);
	bind_int(s, ":id", id);
	bind_int(s, ":at", at_ms);
	return stmt_run(s, err);
}
