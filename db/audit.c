/* The audit: one row for every act of an operator, with who, from where and because of
 * what. */
#include "db/audit_chain.h"
#include "db/db.h"

const struct actor *store_actor(const struct store *store)
{
	return &store->actor;
}

void store_set_actor(struct store *store, const struct actor *actor)
{
	store->actor = *actor;
}

static bool insert(struct store *store, const struct audit_link *row, const char *hash,
		   struct err *err)
{
	DEFER(stmt_done)
	struct stmt *s = db_query(store, Q_AUDIT_ADD);
	bind_int(s, ":id", row->id);
	bind_int(s, ":at_ms", row->at_ms);
	bind_text(s, ":actor", row->actor);
	bind_text(s, ":source", row->source);
	bind_text(s, ":because", row->because);
	bind_text(s, ":action", row->action);
	bind_text(s, ":object_kind", row->object_kind);
	bind_int(s, ":object_id", row->object_id);
	bind_text(s, ":object", row->object);
	bind_text(s, ":before", row->before);
	bind_text(s, ":after", row->after);
	bind_int(s, ":act", row->act);
	bind_id(s, ":undoes", row->undoes);
	bind_text(s, ":hash", hash);
	return stmt_run(s, err);
}

bool store_audit(struct store *store, const char *action, const char *object_kind,
		 int64_t object_id, const char *object, const char *before,
		 const char *after, struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	/* What nobody asked for (a restored copy pauses itself) is hublink's own act. */
	const bool is_own = store->actor.name[0] == '\0';
	const bool has_reason = store->actor.because[0] != '\0';
	char previous[SHA256_HEX_SIZE], hash[SHA256_HEX_SIZE];
	struct audit_link row = {
		.at_ms = db_now_ms(store),
		.actor = is_own ? "hublink" : store->actor.name,
		.source = is_own ? "local" : store->actor.source,
		.because = has_reason ? store->actor.because : NULL,
		.action = action,
		.object_kind = object_kind,
		.object_id = object_id,
		.object = object,
		.before = before,
		.after = after,
		.undoes = store->undoes,
	};
	if (!store_begin(store, &tx, err) ||
	    !audit_chain_next(store, &row.id, previous, err))
		return false;
	/* Rows of one transaction are one act, named by the first. */
	if (store->act == 0)
		store->act = row.id;
	row.act = store->act;
	audit_chain_hash(&row, previous, hash);
	return insert(store, &row, hash, err) &&
	       audit_chain_end(store, row.id, hash, err) && store_commit(&tx, err);
}

static void read_row(const struct stmt *s, struct audit_row *ret)
{
	*ret = (struct audit_row){ .id = column_int(s, 0), .at_ms = column_int(s, 1) };
	column_copy(s, 2, ret->actor, sizeof(ret->actor));
	column_copy(s, 3, ret->source, sizeof(ret->source));
	column_copy(s, 4, ret->because, sizeof(ret->because));
	column_copy(s, 5, ret->action, sizeof(ret->action));
	column_copy(s, 6, ret->object_kind, sizeof(ret->object_kind));
	ret->object_id = column_int(s, 7);
	column_copy(s, 8, ret->object, sizeof(ret->object));
}

bool store_list_audit(struct store *store, const struct filter *filter,
		      bool (*row)(void *, const struct audit_row *), void *arg,
		      struct err *err)
{
	DEFER(stmt_done)
	struct stmt *s = db_query(store, Q_AUDIT_LIST);
	bind_int(s, ":before_id", filter->before_id > 0 ? filter->before_id : INT64_MAX);
	bind_int(s, ":since_ms", filter->since_ms);
	bind_int(s, ":until_ms", filter->until_ms > 0 ? filter->until_ms : INT64_MAX);
	bind_id(s, ":service", filter->service_id);
	bind_id(s, ":monitor", filter->monitor_id);
	bind_id(s, ":incident", filter->incident_id);
	bind_text(s, ":search", filter->search);
	bind_int(s, ":limit", filter->limit > 0 ? filter->limit : -1);
	int got;
	while ((got = stmt_step(s, err)) > 0) {
		struct audit_row found;
		read_row(s, &found);
		if (!row(arg, &found))
			return true;
	}
	return got == 0;
}

/* ---- whole rows, and undo ---- */

static bool hand_out(struct stmt *s, audit_fn *row, void *arg, struct err *err)
{
	int got;
	while ((got = stmt_step(s, err)) > 0) {
		struct audit_row found;
		read_row(s, &found);
		if (!row(arg, &found, column_text_or_null(s, 9),
			 column_text_or_null(s, 10)))
			return true;
	}
	return got == 0;
}

bool store_list_audit_of(struct store *store, const char *object_kind, int64_t object_id,
			 int64_t limit, audit_fn *row, void *arg, struct err *err)
{
	DEFER(stmt_done)
	struct stmt *s = db_query(store, Q_AUDIT_OF_OBJECT);
	bind_text(s, ":kind", object_kind);
	bind_int(s, ":id", object_id);
	bind_int(s, ":limit", limit > 0 ? limit : -1);
	return hand_out(s, row, arg, err);
}

bool store_list_act(struct store *store, int64_t act, audit_fn *row, void *arg,
		    struct err *err)
{
	DEFER(stmt_done)
	struct stmt *s = db_query(store, Q_AUDIT_OF_ACT);
	bind_int(s, ":act", act);
	return hand_out(s, row, arg, err);
}

bool store_undo_next(struct store *store, const char *actor, bool redo, int64_t *ret_act,
		     struct err *err)
{
	DEFER(stmt_done)
	struct stmt *s = db_query(store, redo ? Q_REDO_NEXT : Q_UNDO_NEXT);
	bind_text(s, ":actor", actor);
	*ret_act = 0;
	return stmt_number(s, 0, ret_act, err);
}

void store_mark_undo(struct store *store, int64_t act, bool redo)
{
	store->undoes = redo ? -act : act;
}
