/* A real store on a temporary file with a little configuration in it, and builders of
 * journal rows. */
#ifndef TESTS_SUPPORT_JOURNAL_H
#define TESTS_SUPPORT_JOURNAL_H

#include "core/store.h"
#include "db/db.h"
#include "tests/support/check.h"

/* T0 is the hour at which nothing has happened yet. */
#define T0 INT64_C(1790000000000)

enum {
	SHOP = 1, /* monitors; Shop is in group web */
	MAIL = 2,
	BATCH = 3,
	HUB = 1,     /* integrations */
	WEBSITE = 1, /* services of Hub */
	EMAIL = 2,
	/* The definition: holds Mail directly and group web; levels 1 (2 errors), 2 (10 min). */
	DEFAULT = 1,
};

/* cmocka set-up and tear-down: *state is a struct store *. */
int journal_open(void **state);
int journal_close(void **state);

#define JOURNAL_TEST(name) \
	cmocka_unit_test_setup_teardown(name, journal_open, journal_close)

/* SQL as it stands, which must work; its one number. */
void run_sql(struct store *store, const char *sql);
int64_t number_of_sql(struct store *store, const char *sql);

/* Fails the test with the sentence of the error. */
#define must(call)                                            \
	do {                                                  \
		struct err err_ = { 0 };                      \
		struct err *err = &err_;                      \
		if (!(call))                                  \
			fail_msg("%s: %s", #call, err_.text); \
	} while (0)

/* Stored: an open per-service incident; a queued disruption of it that is due at T0. */
struct incident an_incident(struct store *store, int64_t service_id);
struct delivery a_delivery(struct store *store, int64_t service_id, int64_t incident_id);
/* An alert of level 1 of Default. */
struct alert an_alert(struct store *store, enum alert_type type, int64_t monitor_id,
		      int64_t episode, int64_t at_ms);

#endif
