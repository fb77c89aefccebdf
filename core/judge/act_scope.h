/* What all acts of operators share: one transaction on the truth as of now, one audit
 * row, sentences that say what came of it. */
#ifndef JUDGE_ACT_SCOPE_H
#define JUDGE_ACT_SCOPE_H

#include "core/base/buf.h"
#include "core/judge/act.h"
#include "core/judge/delivery_list.h"
#include "core/judge/desk.h"
#include "core/store.h"

struct act {
	struct store *store;
	int64_t now_ms;
	struct act_result *ret;
	struct transaction tx;
	struct desk desk;
	bool succeeded; /* what was said stays */
};

/* Opens the transaction, takes note of an engine that died (R22), judges all that is due,
 * then the desk:
 *     DEFER(act_done) struct act act = { .store = store, .now_ms = now_ms, .ret = ret };
 *     if (!act_begin(&act, err)) …  …  return act_commit(&act, …, err); */
bool act_begin(struct act *act, struct err *err) CHECKED;

/* Writes the act's one audit row and commits. before, after: see store_audit. */
bool act_commit(struct act *act, const char *action, const char *object_kind,
		int64_t object_id, const char *object, const char *before,
		const char *after, struct err *err) CHECKED;

/* Commits an act whose audit row the store has written itself (store_put …). */
bool act_commit_audited(struct act *act, struct err *err) CHECKED;

/* Rolls back unless committed; an act that failed has said nothing. */
void act_done(struct act *act);

/* A sentence for the operator; the newline is added. */
void act_add_sentence(struct act *act, const char *format, ...) PRINTF_LIKE(2, 3);

/* What became of an update that the act decided, for the flags of the result. */
void act_note_delivery(struct act *act, const struct delivery *delivery);

/* "the public was told", or why not (R7), by the flags of the result and the mode. */
const char *act_told(const struct act *act);

/* A queued or failed delivery is due now; refused for others. Saves it. */
bool act_make_due(struct act *act, struct delivery *delivery, struct err *err) CHECKED;

/* "Delivery #41 of 'Website' cannot be retried: it is delivered". Always false. */
bool act_refuse_finished(const struct delivery *delivery, const char *verb,
			 struct err *err);

/* The first monitor joined to the incident that is in error now; *ret_found false if
 * none. */
bool act_in_error(struct store *store, int64_t incident_id, char ret_monitor[NAME_SIZE],
		  bool *ret_found, struct err *err) CHECKED;

/* The operator's text of at most PUBLIC_TEXT_CHARS_MAX characters. ERR_INVALID tells how
 * long it is. */
bool act_check_message(const char *message, struct err *err) CHECKED;

#endif
