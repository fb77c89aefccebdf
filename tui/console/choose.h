/* One of many names, chosen over the screen by typing a part of it. A view on the stack,
 * like a dialog. */
#ifndef CONSOLE_CHOOSE_H
#define CONSOLE_CHOOSE_H

#include "tui/console/app.h"
#include "tui/console/names.h"

/* Called when the chooser is gone; not called on Esc. item is valid during the call. */
typedef void choose_fn(struct app *app, void *arg, const struct name_item *item);

struct choose_question {
	const char *title; /* borrowed: a constant */
	const char *help;  /* a sentence under the names */
	struct names names;
	choose_fn *chosen;
	void *arg;
	void (*free_arg)(void *arg); /* called once, whatever came of it */
};

/* Asks; names and arg pass over. Nothing happens when the stack is full. */
void choose_ask(struct app *app, const struct choose_question *question);

#endif
