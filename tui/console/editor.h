/* A text with lines in the operator's own editor. */
#ifndef CONSOLE_EDITOR_H
#define CONSOLE_EDITOR_H

#include "tui/console/form.h"

/* Gives the terminal to $VISUAL, $EDITOR or vi with the focused field's text in a file of
 * its own (0600), and takes text and terminal back. A text with a fault is opened again
 * with the fault on top, until it is mended or left as it is. False: no editor ran. */
bool editor_edit(struct form *form, struct err *err);

#endif
