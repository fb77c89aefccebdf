/* The import of an Uptrends account that an operator is at: what was fetched, the names that
 * were typed, the plan. It is kept for as long as the console runs, so that it can be left
 * half done and found again. */
#ifndef CONSOLE_UPTRENDS_DESK_H
#define CONSOLE_UPTRENDS_DESK_H

#include "core/judge/act.h"
#include "tui/console/app.h"
#include "tui/console/form.h"
#include "tui/uptrends_import.h"

/* What was typed for a service of StatusHub that has no name yet. */
struct uptrends_answer {
	char guid[GUID_SIZE];
	struct form *form; /* a service's: its name and its URL */
};

struct uptrends_desk {
	struct uptrends_import import;
	int64_t fetched_ms; /* 0: nothing was fetched yet */
	int fd;             /* of hublink-engine, which asks; -1: it does not */
	struct buf line;    /* that it is writing */
	char progress[REASON_SIZE];
	bool has_answered; /* the account came, or why it does not: */
	struct err refusal;
	struct uptrends_answer *answers;
	size_t answer_count, answer_capacity;
	size_t wanted;               /* services without name and URL */
	int64_t incidents;           /* that doing it would open */
	char failure[ERR_TEXT_SIZE]; /* why there is no plan; empty: there is one */
};

/* The console's, made when it is first asked for. */
struct uptrends_desk *uptrends_desk_of(struct app *app);
void uptrends_desk_free(struct uptrends_desk *desk); /* NULL is fine */

/* Lets hublink-engine ask Uptrends; uptrends_desk_read takes in what it has printed: true
 * when it has ended, and desk->refusal is set if it failed. */
bool uptrends_desk_ask(struct uptrends_desk *desk, struct app *app, struct err *err)
	CHECKED;
bool uptrends_desk_read(struct uptrends_desk *desk, struct app *app);

/* The form in which the service gets its name and URL; the desk's. NULL, and *err: its
 * names cannot be read. */
struct form *uptrends_desk_form(struct uptrends_desk *desk, struct app *app,
				size_t service, struct err *err);
/* After something was typed: one that is here already needs no URL. */
void uptrends_desk_typed(struct app *app, struct form *form);
/* Has the plan the name and the URL that were typed into the form? */
bool uptrends_desk_has_taken(const struct uptrends_desk *desk, const struct form *form);
/* Has the service all that it needs? */
bool uptrends_desk_is_named(const struct uptrends_desk *desk, size_t service);
/* What was typed for it so far; NULL: nothing. */
const char *uptrends_desk_typed_name(const struct uptrends_desk *desk, size_t service);

/* Tries it all, and keeps the plan; nothing is changed. */
void uptrends_desk_plan(struct uptrends_desk *desk, struct app *app);
/* Does it. */
bool uptrends_desk_apply(struct uptrends_desk *desk, struct app *app,
			 struct act_result *ret, struct err *err) CHECKED;

#endif
