/* Looking for words in a text, upper and lower case the same. */
#ifndef CONSOLE_MATCH_H
#define CONSOLE_MATCH_H

#include <stdbool.h>

/* Is part in text? */
bool match_contains(const char *text, const char *part);

/* Are the letters in text, in that order, whatever stands between them? */
bool match_fuzzy(const char *text, const char *letters);

/* How well text answers words, blanks between them, in any order: 0 if one of them is not
 * in it, not even its letters; more for a word than for letters, and more for the beginning
 * of a word than for its middle. No words: 1. */
int match_score(const char *text, const char *words);

#endif
