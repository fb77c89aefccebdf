/* Which terminal descriptions exist here. Apart from term.c, because <term.h> makes macros
 * of `lines` and `columns`. */
#ifndef CONSOLE_TERMINFO_H
#define CONSOLE_TERMINFO_H

#include <stdbool.h>

/* Can a full screen be drawn with the entry of this name, on the terminal fd? NULL and ""
 * cannot. */
bool terminfo_usable(const char *name, int fd);

#endif
