/* One line of text asked over the screen: an operator's words. A view on the stack, like a
 * dialog. */
#ifndef CONSOLE_PROMPT_H
#define CONSOLE_PROMPT_H

#include <stddef.h>

#include "tui/console/app.h"

/* Called when the line was entered, the prompt gone; not called on Esc. text is valid
 * during the call. */
typedef void prompt_fn(struct app *app, void *arg, const char *text);

/* May this be entered? False: the sentence is shown in the help's place, and the prompt
 * stays. */
typedef bool prompt_check_fn(void *arg, const char *text, struct err *err);

struct prompt_question {
	const char *title; /* borrowed: a constant, or inside arg */
	const char *help;  /* a sentence under the line; borrowed the same way */
	const char *text;  /* is offered; NULL: nothing is. Copied */
	size_t max_bytes;
	bool secret;            /* what is typed is not shown */
	bool file;              /* it is a file's name: Tab completes it */
	prompt_check_fn *check; /* NULL: anything may be entered */
	prompt_fn *entered;
	void *arg;
	void (*free_arg)(
		void *arg); /* called once, whatever came of it; NULL: arg is borrowed */
};

/* Asks. Nothing happens, arg freed, when the stack is full. */
void prompt_ask(struct app *app, const struct prompt_question *question);

#endif
