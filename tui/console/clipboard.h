/* The operator's clipboard, on the other side of the terminal. */
#ifndef CONSOLE_CLIPBOARD_H
#define CONSOLE_CLIPBOARD_H

#include <stdbool.h>

/* Inside tmux by tmux, where programs may be started; else OSC 52, the clipboard alone.
 * False: there is no way to try; whether it worked nobody tells. */
bool clipboard_copy(const char *text, bool may_start_programs);

#endif
