/* What the files of db/ share: the inside of a store, its transactions and its errors.
 * Nothing outside db/ includes this but tui/cli/main.c and tests. */
#ifndef DB_DB_H
#define DB_DB_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/store.h"
#include "db/known.h"
#include "db/stmt.h"
#include "db/tally.h"

struct sqlite3;

enum {
	DB_APPLICATION_ID = 0x68756232, /* "hub2": tells our files from others' */
	DB_BUSY_WAIT_MS = 5000,
	DB_STATEMENTS = Q_COUNT + (int)RECORD_KIND_COUNT * (int)RECORD_QUERY_COUNT,
};

struct store {
	struct sqlite3 *sql;
	char *path;
	enum store_access access;
	bool created;   /* this open made the database */
	bool migrated;  /* this open brought it up to this schema */
	bool is_frozen; /* opened where nobody can write: no locks, no log */
	bool moved; /* opened to read, but belongs to another machine: counts as paused */
	bool drops_secret;    /* this transaction takes a secret out of the file */
	int busy_wait_ms;     /* so long it waits for others that write */
	int depth;            /* of transactions */
	int64_t act;          /* of this transaction's audit rows; 0: none yet */
	int64_t undoes;       /* what this transaction undoes, or makes again (< 0) */
	int64_t seen_version; /* PRAGMA data_version */
	int64_t tallied[TALLY_COUNT]; /* in this transaction, not written yet */
	struct known_definition known[KNOWN_DEFINITIONS]; /* by id */
	struct known_group known_groups[KNOWN_GROUPS];    /* by their name's hash */
	struct known_integration known_integration;       /* the last one asked for */
	struct monitor_card known_monitor;                /* the same */
	struct random_pool random;                        /* for keys */
	struct actor actor;
	struct clock clock;
	struct stmt
		*statements[DB_STATEMENTS]; /* by enum query, then record kind x query */
};

/* SQLite's last failure as a sentence, by result code: busy and full are ERR_REFUSED, a broken rule
 * of the schema ERR_INVALID, the rest ERR_FAILED. Always false. */
bool db_fail(struct store *store, int code, struct err *err);

/* Run literal SQL that gives no rows. */
bool db_exec(struct store *store, const char *sql, struct err *err) CHECKED;

/* A store without a file yet: opened in memory, hardened, its schema in place. Release
 * with store_close. */
bool db_open_memory(struct store **ret, struct err *err) CHECKED;

/* A process of ours has one thread that knows SQLite. Every connection says so; it takes effect
 * before SQLite is used at all, and is refused, harmlessly, after it. */
void db_use_one_thread(void);

/* A connection to path without any check or schema: for backups, restore and health. */
bool db_open_raw(const char *path, bool writable, struct store **ret, struct err *err)
	CHECKED;

/* The same, to look at what nobody else may use meanwhile; its log stays as it is. ERR_REFUSED if
 * others use it. */
bool db_open_alone(const char *path, struct store **ret, struct err *err) CHECKED;

/* Closing it takes nothing out of the log into the file, as the last one would. */
void db_keep_log(struct store *store);

/* The one number that a pragma answers with. */
bool db_pragma_number(struct store *store, const char *sql, int64_t *ret, struct err *err)
	CHECKED;

/* Wall clock of this store (audit rows, age of the mode). */
int64_t db_now_ms(const struct store *store);

/* 1: the write-ahead log may hold a secret that is in the database no more. */
#define FACT_SECRET_IN_LOG "secret_in_log"

/* Empty the log if it may hold one. False: somebody reads from it; come again. */
bool db_forget_secret(struct store *store, int wait_ms);

#define SETTING_NOTICE "notice" /* why nobody's act paused it */

/* Text settings beside store_fact's numbers; absent: "". */
bool db_setting_text(struct store *store, const char *name, struct buf *ret,
		     struct err *err) CHECKED;
bool db_set_setting_text(struct store *store, const char *name, const char *text,
			 struct err *err) CHECKED;

#endif
