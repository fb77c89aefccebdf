/* A question over the screen that it was asked from: text that scrolls, and a key for each
 * answer. A view on the stack like any other, never a loop of its own. */
#ifndef CONSOLE_DIALOG_H
#define CONSOLE_DIALOG_H

#include "core/base/compiler.h"
#include "tui/console/app.h"

/* The last choice has key 0. Esc is always there and answers 0. */
struct dialog_choice {
	int key;
	const char *label; /* "save" */
	int answer;        /* not 0 */
};

/* Called when the dialog is gone: the view that asked is shown again. */
typedef void dialog_fn(struct app *app, void *arg, int answer);

struct dialog_question {
	const char *title; /* borrowed: a constant */
	const struct dialog_choice *choices;
	const char *escape;  /* what Esc does: "back" */
	dialog_fn *answered; /* NULL: nothing follows */
	void *arg;
	void (*free_arg)(void *arg); /* NULL: arg is borrowed */
};

/* Asks; text is copied. Nothing happens, arg freed, when the stack is full. */
void dialog_ask(struct app *app, const struct dialog_question *question,
		const char *text);

/* Is the key the next letter of a choice's word whose first one has just answered? Then it is
 * taken: who types "paused" pauses, and means no key with "aused". */
bool dialog_goes_on(struct app *app, int key);

/* y answers 1. */
extern const struct dialog_choice dialog_yes[];

#endif
