/* The contract with db/: everything that hublink remembers, behind an opaque store. Plain
 * prototypes, one implementation (SQLite, in db/); core and tui never see SQL.
 *
 * Every function that can fail returns bool and tells why in *err; outputs are written only
 * on success. "No such row" is ERR_NOT_FOUND for functions named get or find with an id,
 * and `*ret_found = false` where absence is normal. Lists hand each row to a callback,
 * which returns false to stop early; the row is valid during the call only. What the judge
 * asks (alerts, joins, ids, lanes) is read whole first, so that its callbacks may write;
 * those of store_list_* may not. Writes outside store_begin … store_commit are transactions
 * of their own. */
#ifndef CORE_STORE_H
#define CORE_STORE_H

#include "core/base/buf.h"
#include "core/base/clock.h"
#include "core/base/err.h"
#include "core/rules/fields.h"
#include "core/rules/model.h"

struct store;

/* ---- life ---- */

enum store_access {
	STORE_READ, /* opens query-only; an old schema is refused (4), a newer one too */
	STORE_WRITE, /* must exist (5 with path and remedy); an old schema is refused (4) */
	STORE_CREATE, /* init, import, engine: created when absent (0600 in a 0700
	               * folder); an old schema is migrated after a backup */
	STORE_MIGRATE,
};

bool store_open(const char *path, enum store_access access, struct store **ret,
		struct err *err) CHECKED;
/* NULL is fine; an open transaction is rolled back. */
void store_close(struct store *store);
void store_done(struct store **store); /* for DEFER */
const char *store_path(const struct store *store);
bool store_was_created(const struct store *store);  /* this open made it */
bool store_was_migrated(const struct store *store); /* this open brought it up to date */

/* The clock that dates audit rows and the mode; the system's unless this was called.
 * Copied. */
void store_set_clock(struct store *store, const struct clock *clock);

/* Why the database is paused although nobody said so (restored, found on another machine):
 * a sentence, or nothing. Kept until the mode is set. */
bool store_notice(struct store *store, struct buf *ret, struct err *err) CHECKED;

/* An in-memory store holding a copy of source's configuration as far as it concerns the
 * monitor: its services, all that is linked to them, and what leads there; mode live, nothing in
 * error: for simulate. */
bool store_open_scratch(struct store *source, int64_t monitor_id, struct store **ret,
			struct err *err) CHECKED;

/* Who does what this store is asked to do from now on; every audit row carries it. Text is
 * copied. */
struct actor {
	char name[ACTOR_SIZE];
	char source[ACTOR_SIZE];
	char because[MESSAGE_SIZE];
};
void store_set_actor(struct store *store, const struct actor *actor);
const struct actor *store_actor(const struct store *store);

/* BEGIN IMMEDIATE; nested calls are savepoints. Waits up to 5 s for another writer, then
 * ERR_REFUSED.
 *     DEFER(store_abort) struct transaction tx = { 0 };
 *     if (!store_begin(store, &tx, err)) …   …   return store_commit(&tx, err); */
struct transaction {
	struct store *store; /* NULL when none is open */
	int depth;
};
bool store_begin(struct store *store, struct transaction *tx, struct err *err) CHECKED;
/* One that only reads: one snapshot, and one taking of locks, for many questions. End it
 * with store_abort. */
bool store_begin_reading(struct store *store, struct transaction *tx, struct err *err)
	CHECKED;
bool store_commit(struct transaction *tx, struct err *err) CHECKED;
void store_abort(struct transaction *tx); /* rolls back unless committed */

/* True if another connection has committed since the last call (PRAGMA data_version). */
bool store_changed(struct store *store);

/* Is the file no longer where it was opened: removed, renamed, or another one in its place?
 * What is written now is lost. */
bool store_has_moved(struct store *store);

/* Nothing is going on: give back memory; also_log: the write-ahead log's room on the disk
 * too, if nobody reads it just now. Never waits for others. False: the log holds a secret
 * that was replaced, and somebody reads; come again. */
bool store_rest(struct store *store, bool also_log);

/* Keep little of the file in memory from now on: for a reader that shows a page at a time. */
void store_stay_small(struct store *store);

/* Is another connection in the middle of writing? Asked without waiting. False: every
 * commit whose log was written before this call is visible to store_changed. */
bool store_is_being_written(struct store *store);

/* ---- settings: one row per name ---- */

bool store_mode(struct store *store, enum mode *ret, struct err *err) CHECKED;
/* The audit row is the caller's. */
bool store_set_mode(struct store *store, enum mode mode, int64_t now_ms, struct err *err)
	CHECKED;
/* Small facts by name; absent: *ret = fallback. */
bool store_fact(struct store *store, const char *name, int64_t fallback, int64_t *ret,
		struct err *err) CHECKED;
bool store_set_fact(struct store *store, const char *name, int64_t value, struct err *err)
	CHECKED;
/* +1 with every change of configuration; db keeps it. */
#define FACT_CONFIG_REVISION "config_revision"
/* The config_revision that open episodes were last judged by (R3). */
#define FACT_JUDGED_REVISION "judged_revision"
/* 0 while an engine runs; 1 after a clean stop (R22). */
#define FACT_ENGINE_CLEAN "engine_clean"
#define FACT_ENGINE_SINCE "engine_since_ms"
#define FACT_MODE_SINCE "mode_since_ms"
/* Wall and boot clock as they stood at the last commit of the engine (R15). */
#define FACT_CLOCK_WALL "clock_wall_ms"
#define FACT_CLOCK_BOOT "clock_boot_ms"
/* Maintenance window ends up to here have been judged (R11). */
#define FACT_WINDOWS_JUDGED "windows_judged_ms"

/* ---- configuration records ---- */

/* Generic, by field table: kind names the record, rec points to its struct (monitor,
 * integration, service, …). */

bool store_get(struct store *store, enum record_kind kind, int64_t id, void *ret,
	       struct err *err) CHECKED;

/* id 0: creates (fills id, revision). Else updates where revision matches, else ERR_REFUSED
 * "changed meanwhile by …". Validates by field table and validate.h, writes the audit row,
 * bumps config_revision. */
bool store_put(struct store *store, enum record_kind kind, void *rec, struct err *err)
	CHECKED;

/* ERR_REFUSED naming what depends on it (R8). Its history stays readable. */
bool store_delete(struct store *store, enum record_kind kind, int64_t id, struct err *err)
	CHECKED;

/* How many records of each kind hang on it and go with it when it is deleted. */
bool store_count_held(struct store *store, enum record_kind kind, int64_t id,
		      int64_t ret[RECORD_KIND_COUNT], struct err *err) CHECKED;

/* Puts a record back with the id that it had: for undo. ERR_REFUSED if the id is taken. */
bool store_put_back(struct store *store, enum record_kind kind, void *rec,
		    struct err *err) CHECKED;

/* Rows sorted by name (levels by number). parent_id: services of an integration, levels of
 * a definition, placements of a level, links of a placement; 0: all. rec is valid during
 * the call. */
typedef bool record_fn(void *arg, const void *rec); /* false stops the list */
bool store_list(struct store *store, enum record_kind kind, int64_t parent_id,
		record_fn *row, void *arg, struct err *err) CHECKED;

/* The link that this would be the same as; *ret_id 0: there is none. */
bool store_link_find(struct store *store, int64_t placement_id, int64_t monitor_id,
		     int64_t service_id, int64_t *ret_id, struct err *err) CHECKED;

/* By name, exact. Services: "Name" or "Integration/Name"; an ambiguous bare name is
 * ERR_INVALID with the candidates. ERR_NOT_FOUND names the thing and, where there is one,
 * the nearest existing name. */
bool store_find_id(struct store *store, enum record_kind kind, const char *name,
		   int64_t *ret_id, struct err *err) CHECKED;
typedef bool name_fn(void *arg, int64_t id, const char *name); /* false stops the list */
/* Names that hold every word of words (blanks between them; in any order, ASCII case the
 * same), at most limit of them: of monitors, services, integrations and definitions. */
bool store_find_names(struct store *store, enum record_kind kind, const char *words,
		      int64_t limit, name_fn *row, void *arg, struct err *err) CHECKED;
bool store_rename(struct store *store, enum record_kind kind, const char *old_name,
		  const char *new_name, struct err *err) CHECKED;

/* Groups exist through their members (monitors and definitions). */
typedef bool text_fn(void *arg, const char *text);
bool store_group_set(struct store *store, const char *group, int64_t monitor_id,
		     bool member, struct err *err) CHECKED;
bool store_definition_set_monitor(struct store *store, int64_t definition_id,
				  int64_t monitor_id, bool member, struct err *err)
	CHECKED;
bool store_definition_set_group(struct store *store, int64_t definition_id,
				const char *group, bool member, struct err *err) CHECKED;
bool store_groups_of_monitor(struct store *store, int64_t monitor_id, text_fn *row,
			     void *arg, struct err *err) CHECKED;
bool store_groups_of_definition(struct store *store, int64_t definition_id, text_fn *row,
				void *arg, struct err *err) CHECKED;
/* Direct members, struct monitor. */
bool store_monitors_of_definition(struct store *store, int64_t definition_id,
				  record_fn *row, void *arg, struct err *err) CHECKED;
typedef bool group_fn(void *arg, const char *group, int64_t monitors);
bool store_list_groups(struct store *store, group_fn *row, void *arg, struct err *err)
	CHECKED;

/* ---- the document: hublink-document(5) ---- */

/* The whole configuration as a document: names sorted, deterministic. secrets: URLs in
 * clear; else masked. */
bool store_export(struct store *store, bool secrets, struct buf *ret, struct err *err)
	CHECKED;
/* {"Integration/Service": "url", …} for --secrets-only. */
bool store_export_secrets(struct store *store, struct buf *ret, struct err *err) CHECKED;

struct import_options {
	bool prune;
	const char *secrets; /* text of the --secrets file, or NULL */
	/* How whoever imports gives that file, for the faults; NULL: "--secrets". */
	const char *secrets_word;
	/* Is told each fault, too; path "": it is the document's as a whole. May be NULL. */
	void (*fault)(void *arg, const char *path, const char *text);
	void *fault_arg;
};
/* Applies a document inside the caller's transaction (the caller may abort it: --dry-run).
 * All faults are found, one per line with its path, in ret_faults (then ERR_INVALID);
 * ret_plan gets one line per change: "+ monitor Shop", "~ service Statushub/Website:
 * publish_after 0s -> 5m", "- link …". */
bool store_import(struct store *store, const char *text, size_t bytes,
		  const struct import_options *options, struct buf *ret_plan,
		  struct buf *ret_faults, struct err *err) CHECKED;

/* ---- audit ---- */

/* One row for one act. before and after are short JSON or text without secrets, or
 * NULL. */
bool store_audit(struct store *store, const char *action, const char *object_kind,
		 int64_t object_id, const char *object, const char *before,
		 const char *after, struct err *err) CHECKED;

/* Rows whole, before and after as store_audit took them (NULL: none; valid during the
 * call). Configuration records are JSON objects by column, secrets masked; a deleted one
 * has a member "with": a list of what went with it, each with kind, id and columns, or one
 * of group, monitor, service, definition for a membership; of schedule and monitor, or
 * service, for what recurring maintenance covers. A membership: {"group": NAME},
 * {"monitor": NAME} or {"service": NAME}. */
typedef bool audit_fn(void *arg, const struct audit_row *row, const char *before,
		      const char *after);
/* Of one object, newest first. */
bool store_list_audit_of(struct store *store, const char *object_kind, int64_t object_id,
			 int64_t limit, audit_fn *row, void *arg, struct err *err)
	CHECKED;
/* Of one act, oldest first. */
bool store_list_act(struct store *store, int64_t act, audit_fn *row, void *arg,
		    struct err *err) CHECKED;

/* Undo. An act is what one transaction wrote to the audit. The actor's newest change of
 * configuration that is not undone, or (redo) the last one undone, if nothing else was
 * changed by the actor since; *ret_act 0: none. */
bool store_undo_next(struct store *store, const char *actor, bool redo, int64_t *ret_act,
		     struct err *err) CHECKED;
/* What this transaction writes from now on undoes the act, or makes it again. */
void store_mark_undo(struct store *store, int64_t act, bool redo);

/* ---- the file itself ---- */

/* 0600; refuses an existing file. */
bool store_backup(struct store *store, const char *target, struct err *err) CHECKED;
/* Puts a copy in place of path (no engine may run: the caller checks); it starts paused. */
bool store_restore(const char *path, const char *copy, struct err *err) CHECKED;
struct store_health {
	bool integrity_ok;
	char integrity[256];
	int64_t schema_version, schema_expected;
	int64_t bytes, wal_bytes, room_bytes;
	unsigned file_mode, folder_mode;
	bool owner_ok;
	bool read_only; /* its file system */
	bool may_write; /* this account, the file and its folder */
};
bool store_health(const char *path, struct store_health *ret, struct err *err) CHECKED;

enum {
	STORE_ROOM_MIN_BYTES = 16 << 20, /* with less the disk counts as full */
	STORE_LOG_MAX_BYTES = 64 << 20,  /* of write-ahead log; more: somebody keeps it */
};
enum store_trouble { TROUBLE_NONE, TROUBLE_ROOM, TROUBLE_LOG, TROUBLE_COUNT };
/* What the disk threatens to stop; the sentence with its remedy goes to *ret (may be NULL).
 * Asks the file system alone. */
enum store_trouble store_trouble(const struct store *store, struct buf *ret);
/* What migrate would do, a line per step, without doing it. */
bool store_migration_plan(const char *path, struct buf *ret, struct err *err) CHECKED;

/* The rest of it, by what it is about. */
#include "core/store_journal.h"
#include "core/store_outbox.h"
#include "core/store_lists.h"
#include "core/store_keep.h"

#endif
