/* A sentence broken over several rows of the screen. */
#ifndef CONSOLE_SENTENCE_H
#define CONSOLE_SENTENCE_H

#include "tui/console/paint.h"

/* Rows that it takes, at most so many. */
int sentence_rows(const char *sentence, int columns, int most);

/* Into at most area.rows rows; returns how many were used. */
int sentence_draw(struct rect area, enum role role, const char *sentence);

/* Takes rows off the foot of an area that can spare them: a rule with the heading, and under
 * it the sentence that a list above has room for only in part. Returns what is left. */
struct rect sentence_foot(struct rect area, int rows, const char *heading, enum role role,
			  const char *sentence);

#endif
