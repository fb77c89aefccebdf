/* A sentence broken over several rows of the screen. */
#ifndef CONSOLE_SENTENCE_H
#define CONSOLE_SENTENCE_H

#include "tui/console/paint.h"

/* Rows that it takes, at most so many. */
int sentence_rows(const char *sentence, int columns, int most);

/* Into at most area.rows rows; returns how many were used. */
int sentence_draw(struct rect area, enum role role, const char *sentence);

#endif
