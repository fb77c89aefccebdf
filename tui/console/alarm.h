/* What is wrong with the whole, in the second row of every screen, and what a screen too
 * small for anything else says. */
#ifndef CONSOLE_ALARM_H
#define CONSOLE_ALARM_H

#include "core/base/clock.h"
#include "tui/console/app.h"

/* A queued update overdue by this says that the engine that runs does not get on. */
#define ALARM_STUCK_MS (30 * SECOND_MS)

/* The worst of it as a sentence with its remedy, and in a word or two; both empty: nothing
 * is wrong. */
void alarm_add(const struct app *app, int64_t now_ms, struct buf *sentence,
	       struct buf *brief);

/* "2 DOWN 1 DEGR outbox 3", before it what must not be overlooked. */
void alarm_add_summary(const struct app *app, int64_t now_ms, struct buf *ret);

/* When one of them changes although nothing is committed; 0: it does not. */
int64_t alarm_changes_ms(const struct app *app, int64_t now_ms);

#endif
