#include "tui/console/match.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <wctype.h>

#include "core/base/text.h"

enum { WORD_MAX = 256 };

enum { SCORE_LETTERS = 1, SCORE_INSIDE = 4, SCORE_BEGINNING = 6, SCORE_FIRST = 8 };

/* The next character, folded; invalid bytes stand for themselves. 0 at the end. */
static uint32_t next_folded(const char **text)
{
	uint32_t point = (unsigned char)**text;

	if (point == 0)
		return 0;
	if (point < 0x80) {
		(*text)++;
		return point >= 'A' && point <= 'Z' ? point + ('a' - 'A') : point;
	}
	size_t bytes = utf8_decode(*text, strlen(*text), &point);
	*text += bytes > 0 ? bytes : 1;
	return (uint32_t)towlower((wint_t)point);
}

static bool begins_with(const char *text, const char *part)
{
	while (*part != '\0')
		if (next_folded(&text) != next_folded(&part))
			return false;
	return true;
}

/* Where part begins in text; NULL: nowhere. */
static const char *find(const char *text, const char *part)
{
	while (!begins_with(text, part)) {
		if (*text == '\0')
			return NULL;
		(void)next_folded(&text);
	}
	return text;
}

bool match_contains(const char *text, const char *part)
{
	return find(text, part) != NULL;
}

bool match_fuzzy(const char *text, const char *letters)
{
	uint32_t wanted = next_folded(&letters);

	while (wanted != 0) {
		uint32_t got = next_folded(&text);
		if (got == 0)
			return false;
		if (got == wanted)
			wanted = next_folded(&letters);
	}
	return true;
}

static bool ends_a_word(char c)
{
	return (unsigned char)c < 0x80 && !iswalnum((wint_t)(unsigned char)c);
}

static int word_score(const char *text, const char *word)
{
	int best = match_fuzzy(text, word) ? SCORE_LETTERS : 0;

	for (const char *at = find(text, word); at != NULL && *at != '\0';
	     at = find(at + 1, word)) {
		if (at == text)
			return SCORE_FIRST;
		int score = ends_a_word(at[-1]) ? SCORE_BEGINNING : SCORE_INSIDE;
		best = score > best ? score : best;
	}
	return best;
}

int match_score(const char *text, const char *words)
{
	int total = 1;

	for (words += strspn(words, " "); *words != '\0'; words += strspn(words, " ")) {
		char word[WORD_MAX];
		size_t length = strcspn(words, " ");
		size_t kept = length < sizeof(word) ? length : sizeof(word) - 1;
		memcpy(word, words, kept);
		word[kept] = '\0';
		int score = word_score(text, word);
		if (score == 0)
			return 0;
		total += score;
		words += length;
	}
	return total;
}
