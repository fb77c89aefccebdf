/* What the terminal sends: keys, pastes, and its answers, which are no keys. */
#ifndef CONSOLE_TERM_INPUT_H
#define CONSOLE_TERM_INPUT_H

#include <stdbool.h>

/* After ncurses has taken the terminal, and each time that it takes it back. brackets: pastes
 * come between brackets. */
void term_input_start(bool brackets);
/* Before the terminal is given to somebody else. */
void term_input_stop(void);
void term_input_done(void);

/* The next key as term_key gives it; -1: none waits. */
int term_input_key(void);

/* Has the terminal answered that it knows synchronised output (mode 2026)? */
bool term_input_is_synchronised(void);

#endif
