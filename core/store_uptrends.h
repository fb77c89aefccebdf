/* The contract with db/, continued: the Uptrends account that monitors come from, what of
 * it is what of ours, and how far its alerts were read. As in store.h: bool and *err,
 * outputs on success only. */
#ifndef CORE_STORE_UPTRENDS_H
#define CORE_STORE_UPTRENDS_H

#include "core/base/zone.h"
#include "core/store.h"

/* ---- the account ---- */

enum {
	UPTRENDS_USER_SIZE = 257,
	UPTRENDS_PASSWORD_SIZE = 257,
	UPTRENDS_CURSOR_SIZE = 513
};

#define UPTRENDS_URL "https://api.uptrends.com/v4"
#define UPTRENDS_EVERY_MS (60 * SECOND_MS)
#define UPTRENDS_PAUSE_MS (1 * SECOND_MS)

struct uptrends_account {
	char url[URL_SIZE]; /* of the API; https, or http to loopback */
	char user[UPTRENDS_USER_SIZE];
	char password[UPTRENDS_PASSWORD_SIZE]; /* secret */
	/* What the API's times are in, by its IANA name; empty: the account's own. */
	char zone[ZONE_NAME_SIZE];
	bool follow;      /* the engine polls its alerts */
	int64_t every_ms; /* between two polls */
	int64_t pause_ms; /* between two requests, at least */
};

/* *ret_found false: none is known (*ret zeroed). */
bool store_uptrends_account(struct store *store, struct uptrends_account *ret,
			    bool *ret_found, struct err *err) CHECKED;
/* The same where there must be one: ERR_NOT_FOUND with the remedy if there is none. */
bool store_need_uptrends_account(struct store *store, struct uptrends_account *ret,
				 struct err *err) CHECKED;
/* ERR_INVALID: a text is empty or too long, the address is refused. With its audit row,
 * in which the password is not. Another account forgets how far alerts were read. */
bool store_put_uptrends_account(struct store *store,
				const struct uptrends_account *account, struct err *err)
	CHECKED;
/* ERR_NOT_FOUND: there is none. What was imported stays. With its audit row. */
bool store_forget_uptrends_account(struct store *store, struct err *err) CHECKED;

/* ---- what of Uptrends is what of ours ---- */

enum uptrends_kind {
	UPTRENDS_MONITOR, /* by its own GUID */
	UPTRENDS_GROUP,
	UPTRENDS_DEFINITION,
	UPTRENDS_INTEGRATION,
	UPTRENDS_SERVICE,
	UPTRENDS_KIND_COUNT
};

/* guid in lower case; scope: a service's integration, by GUID, else empty; name: as it
 * is now. Things that were deleted here are left out. */
typedef bool uptrends_thing_fn(void *arg, enum uptrends_kind kind, const char *guid,
			       const char *scope, const char *name);
bool store_list_uptrends(struct store *store, uptrends_thing_fn *row, void *arg,
			 struct err *err) CHECKED;
/* The record of this name (a service: "Integration/Name") is that thing from now on; a
 * monitor's own GUID says it already. */
bool store_put_uptrends(struct store *store, enum uptrends_kind kind, const char *guid,
			const char *scope, const char *name, struct err *err) CHECKED;

/* ---- following its alerts ---- */

struct uptrends_progress {
	int64_t polled_ms; /* the last poll that went well; 0: none yet */
	int64_t day_ms;    /* the account's day that `cursor` is of, as midnight there */
	char cursor
		[UPTRENDS_CURSOR_SIZE]; /* where that day's alerts go on; empty: begin */
	int64_t failed_ms;              /* the last poll that did not; 0: none since */
	char failure[REASON_SIZE];
};
bool store_uptrends_progress(struct store *store, struct uptrends_progress *ret,
			     struct err *err) CHECKED;
bool store_put_uptrends_progress(struct store *store,
				 const struct uptrends_progress *progress,
				 struct err *err) CHECKED;

#endif
