/* A folder of its own for a test, and a real database in it. */
#ifndef TESTS_SUPPORT_PLACE_H
#define TESTS_SUPPORT_PLACE_H

#include <stdbool.h>

#include "core/base/buf.h"
#include "core/store.h"

enum { PLACE_PATH_SIZE = 128 };

struct place {
	char folder[PLACE_PATH_SIZE];
	char path[PLACE_PATH_SIZE + 32]; /* of the database: folder/hublink.db */
	struct store *store;             /* NULL until place_open */
};

/* The tests fail themselves, with the error's sentence, where one of these cannot do it.
 */
/* Folders are made in memory from now on, where there is such a place and $TMPDIR names no
 * other: for what never asks a real disk to keep anything. */
void place_in_memory(void);
void place_init(struct place *place); /* an empty folder, in $TMPDIR or /tmp */
void place_open(struct place *place, enum store_access access); /* closes what was open */
void place_close(struct place *place);
void place_done(struct place *place); /* closes, removes the folder and what is in it */

/* What is in the file, for comparing; and its permission bits. */
void place_read(const char *path, struct buf *ret);
unsigned place_mode(const char *path);

/* Run SQL on the file behind the store's back. False and *ret_text (the failure) if
 * SQLite refuses it. */
bool place_sql(const struct place *place, const char *sql, struct buf *ret_text);

/* An example of a document: monitors Shop (group web) and Nightly batch, integration
 * Statushub with service Website, and definition Default with one level that links both
 * to it. Ids are 1 and 2 in this order. */
extern const char place_example[];

/* Import a document, which must work. */
void place_import(struct place *place, const char *document, bool prune);

/* The document changes just this; it is refused with these faults, and changes nothing (secrets:
 * text of the --secrets file, or NULL); the question in SQL is answered so. */
void place_must_plan(struct place *place, const char *document, bool prune,
		     const char *plan);
void place_must_refuse(struct place *place, const char *document, const char *secrets,
		       const char *faults);
void place_must_read(const struct place *place, const char *sql, const char *rows);

/* The whole configuration with its secrets. */
void place_export(struct place *place, struct buf *ret);

/* Fixtures: *state is a struct place, as PLACE_TEST gives it. An empty folder; a store in it; the
 * example in that. */
int place_set_up(void **state);
int place_set_up_store(void **state);
int place_set_up_example(void **state);
int place_tear_down(void **state);
#define PLACE_TEST(test, set_up, place) \
	cmocka_unit_test_prestate_setup_teardown(test, set_up, place_tear_down, place)

/* A fact of the store; -1: it has none of that name. */
int64_t place_fact(struct store *store, const char *name);

/* Fails the test with the sentence unless ok. */
void place_must(bool ok, const struct err *err);

#endif
