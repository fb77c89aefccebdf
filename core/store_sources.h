/* The contract with db/, continued: where events come from. Who may post them, what
 * monitors senders speak of, and the numbers that metrics show. As in store.h: bool and
 * *err, outputs on success only. */
#ifndef CORE_STORE_SOURCES_H
#define CORE_STORE_SOURCES_H

#include "core/base/random.h"
#include "core/store.h"

/* Changes with every commit of another connection, and with nothing else; -1 if it cannot
 * be read. */
int64_t store_version(struct store *store);

/* ---- tokens of the listener ---- */

struct token {
	int64_t id;
	char name[NAME_SIZE];
	char hash[SHA256_HEX_SIZE]; /* of the token, which is kept nowhere */
	int64_t created_ms;
	int64_t used_ms; /* to the minute; 0: never */
};
/* ERR_INVALID: the name is none, or taken. With its audit row. */
bool store_token_add(struct store *store, const char *name, const char *hash,
		     struct err *err) CHECKED;
/* ERR_NOT_FOUND names the nearest. With its audit row. */
bool store_token_revoke(struct store *store, const char *name, struct err *err) CHECKED;
typedef bool token_fn(void *arg, const struct token *token);
bool store_list_tokens(struct store *store, token_fn *row, void *arg, struct err *err)
	CHECKED; /* by name */
bool store_token_used(struct store *store, int64_t id, int64_t at_ms, struct err *err)
	CHECKED;

/* ---- whom an event is about ---- */

/* A monitor in a sender's words. */
struct subject {
	char guid[GUID_SIZE]; /* empty: the name may be one */
	char name[NAME_SIZE];
	/* The sender named no monitor, this is the nearest thing: only an adopted one counts. */
	bool is_guess;
};
/* By guid first, then by name, a monitor's own before adopted ones; *ret 0: unknown. */
bool store_subject_monitor(struct store *store, const struct subject *subject,
			   int64_t *ret_monitor_id, struct err *err) CHECKED;

/* ---- unmatched events: one row for each unknown subject, with its last event ---- */

enum {
	UNMATCHED_MAX = 10000
}; /* beyond it the one that was silent longest is forgotten */

struct unmatched {
	int64_t id;
	char guid[GUID_SIZE];
	char name[NAME_SIZE];
	int64_t events; /* how many have come */
	int64_t first_ms;
	int64_t monitor_id; /* adopted as; 0: not yet */
	struct event event; /* the last one */
};
/* Keeps an event of an unknown subject. As store_event_add: the same id again changes
 * nothing, and with another state or time it is ERR_INVALID (*ret_conflict); so is a time
 * too far ahead. */
bool store_unmatched_add(struct store *store, const struct subject *subject,
			 struct event *event, int64_t now_ms, int64_t *ret_id,
			 bool *ret_conflict, struct err *err) CHECKED;
/* Its row; *ret_id 0: there is none. */
bool store_unmatched_find(struct store *store, const struct subject *subject,
			  int64_t *ret_id, struct err *err) CHECKED;
bool store_unmatched_get(struct store *store, int64_t id, struct unmatched *ret,
			 struct err *err) CHECKED;
/* How many are not adopted. */
bool store_count_unmatched(struct store *store, int64_t *ret, struct err *err) CHECKED;
/* Those not adopted, the newest event first; filter: since, until, limit, search. */
bool store_list_unmatched(struct store *store, const struct filter *filter,
			  bool (*row)(void *arg, const struct unmatched *), void *arg,
			  struct err *err) CHECKED;
/* From now on its subject is the monitor, and its last event is one of the monitor's, with
 * its own time (R14). No audit row. */
bool store_unmatched_adopt(struct store *store, int64_t id, int64_t monitor_id,
			   int64_t now_ms, struct err *err) CHECKED;

/* ---- what Alertmanager says is firing ---- */

/* Whose: a monitor's, or an unmatched subject's. */
struct firing_owner {
	int64_t monitor_id, unmatched_id; /* one of them is 0 */
};
enum { FINGERPRINT_TEXT_SIZE = 65 };
/* An older start than the known one changes nothing. */
bool store_firing_set(struct store *store, const struct firing_owner *owner,
		      const char *fingerprint, int64_t started_ms, struct err *err)
	CHECKED;
/* ret_last: it was firing since then (or before), and no other fingerprint of the owner
 * fires now. */
bool store_firing_clear(struct store *store, const struct firing_owner *owner,
			const char *fingerprint, int64_t started_ms, bool *ret_last,
			struct err *err) CHECKED;

/* ---- built-in checks ---- */

/* Of every monitor that is to be checked, by id: active, and with a check. */
struct check_plan {
	int64_t monitor_id, revision, every_ms;
	bool in_error, is_ok; /* neither: its state is not known */
};
typedef bool check_plan_fn(void *arg, const struct check_plan *plan);
bool store_list_checks(struct store *store, check_plan_fn *row, void *arg,
		       struct err *err) CHECKED;

enum { CHECK_RESULTS_KEPT = 60 }; /* of each monitor */
/* Keeps a result under the next number. *ret_kept false: the monitor is no more. */
bool store_check_add(struct store *store, const struct check_result *result,
		     bool *ret_kept, struct err *err) CHECKED;
typedef bool check_result_fn(void *arg, const struct check_result *result);
/* Newest first. */
bool store_list_check_results(struct store *store, int64_t monitor_id, int64_t limit,
			      check_result_fn *row, void *arg, struct err *err) CHECKED;

/* ---- for metrics: ever since the database was made ---- */

struct totals {
	int64_t events, incidents;                       /* recorded, opened */
	int64_t cancelled, superseded, expired, dry_run; /* deliveries that ended so */
};
bool store_totals(struct store *store, struct totals *ret, struct err *err) CHECKED;

/* Alerts by what came of them; counts on from last_id. */
struct alert_totals {
	int64_t last_id;
	int64_t reached[ALERT_TYPE_COUNT]; /* a service */
	int64_t silent[ALERT_TYPE_COUNT];
};
bool store_count_alerts(struct store *store, struct alert_totals *totals, struct err *err)
	CHECKED;

#endif
