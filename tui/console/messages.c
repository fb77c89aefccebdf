#include "tui/console/messages.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"

void messages_keep(struct messages *messages, int64_t now_ms, bool failed,
		   const char *text)
{
	if (text[0] == '\0')
		return;
	if (messages->count == MESSAGES_MAX) {
		free(messages->items[0].text);
		messages->count--;
		memmove(messages->items, messages->items + 1,
			messages->count * sizeof(messages->items[0]));
	}
	messages->items[messages->count++] =
		(struct message){ now_ms, failed, mem_strdup(text) };
}

void messages_done(struct messages *messages)
{
	while (messages->count > 0)
		free(messages->items[--messages->count].text);
}
