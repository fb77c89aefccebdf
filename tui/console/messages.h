/* What the status line has said: the last failures and notes, for :messages. */
#ifndef CONSOLE_MESSAGES_H
#define CONSOLE_MESSAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MESSAGES_MAX = 100 };

struct message {
	int64_t at_ms;
	bool failed;
	char *text;
};

struct messages {
	struct message items[MESSAGES_MAX]; /* the oldest first */
	size_t count;
};

/* Nothing for an empty text. Of more than MESSAGES_MAX the oldest is forgotten. */
void messages_keep(struct messages *messages, int64_t now_ms, bool failed,
		   const char *text);
void messages_done(struct messages *messages);

struct app;
void messages_open(struct app *app);

#endif
