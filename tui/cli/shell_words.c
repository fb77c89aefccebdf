#include "tui/cli/shell_words.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"

static const char blanks[] = " \t\r\n";

void shell_words_done(struct shell_words *words)
{
	for (size_t i = 0; i < words->count; i++)
		free(words->items[i]);
	free(words->items);
	*words = (struct shell_words){ 0 };
}

/* Behind the opening quote: what it holds, to the closing one. NULL: there is none. */
static const char *take_quoted(const char *at, char quote, struct buf *ret)
{
	for (; *at != quote; at++) {
		bool escaped =
			quote == '"' && at[0] == '\\' && (at[1] == '"' || at[1] == '\\');
		at += escaped;
		if (*at == '\0')
			return NULL;
		buf_addc(ret, *at);
	}
	return at + 1;
}

/* One word. NULL: it does not end as it should. */
static const char *take_word(const char *at, struct buf *ret)
{
	while (at != NULL && *at != '\0' && strchr(blanks, *at) == NULL) {
		if (*at == '\'' || *at == '"') {
			at = take_quoted(at + 1, *at, ret);
		} else if (*at == '\\' && at[1] == '\0') {
			at = NULL;
		} else {
			at += *at == '\\';
			buf_addc(ret, *at++);
		}
	}
	return at;
}

bool shell_words_split(const char *line, struct shell_words *ret, struct err *err)
{
	size_t most = strlen(line) / 2 + 1; /* a word takes a character and a blank */
	struct shell_words words = { .items = mem_new(most + 1, sizeof(char *)) };

	for (line += strspn(line, blanks); *line != '\0'; line += strspn(line, blanks)) {
		struct buf word = BUF_INIT(strlen(line) + 1);
		line = take_word(line, &word);
		words.items[words.count++] = buf_take(&word);
		if (line != NULL)
			continue;
		shell_words_done(&words);
		return fail(
			err, ERR_USAGE,
			"A quote is not closed, or a backslash ends the line; close it "
			"and repeat");
	}
	*ret = words;
	return true;
}
