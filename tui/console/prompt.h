/* One line of text asked over the screen: an operator's words. A view on the stack, like a
 * dialog. */
#ifndef CONSOLE_PROMPT_H
#define CONSOLE_PROMPT_H

#include <stddef.h>

#include "tui/console/app.h"

/* Called when the line was entered, the prompt gone; not called on Esc. text is valid
 * during the call. */
typedef void prompt_fn(struct app *app, void *arg, const char *text);

struct prompt_question {
	const char *title; /* borrowed: a constant */
	const char *help;  /* a sentence under the line; borrowed */
	size_t max_bytes;
	prompt_fn *entered;
	void *arg;
	void (*free_arg)(
		void *arg); /* called once, whatever came of it; NULL: arg is borrowed */
};

/* Asks. Nothing happens, arg freed, when the stack is full. */
void prompt_ask(struct app *app, const struct prompt_question *question);

#endif
