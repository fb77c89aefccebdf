/* Following the alerts of the Uptrends account in the engine's turns, if it is configured:
 * one question at a time through the engine's multi handle, politely; what it means is
 * core/peers/uptrends_follow's. */
#ifndef ENGINE_FOLLOW_H
#define ENGINE_FOLLOW_H

#include "core/base/err.h"
#include "core/engine/engine.h"
#include "core/engine/multi.h"

struct follow;

/* multi must outlive it; ca_file: as in http.h, may be NULL. */
struct follow *follow_new(struct multi *multi, const char *ca_file);
void follow_free(struct follow *follow); /* NULL is fine */

/* All that follows takes NULL: nothing is followed. */

/* Another process has committed: the account may be another one. */
void follow_look_again(struct follow *follow);
/* Takes up the account, begins rounds, asks questions. */
bool follow_turn(struct follow *follow, struct store *store, struct instant now,
		 struct err *err) CHECKED;
/* Nothing is asked any more, and what is asked is not waited for. */
void follow_stop(struct follow *follow);

/* Is there an answer to be stored? And how long until there is something to do (-1: for
 * ever)? */
bool follow_has_news(const struct follow *follow);
int64_t follow_wait_ms(const struct follow *follow, int64_t boot_ms);

/* Takes the answer, inside the caller's transaction. */
bool follow_store(struct follow *follow, struct store *store, struct instant now,
		  struct err *err) CHECKED;
/* The transaction was committed; else what was taken is asked for once more. */
void follow_settled(struct follow *follow, bool committed);

#endif
