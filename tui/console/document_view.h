/* The configuration as a document in a file that the operator names. */
#ifndef CONSOLE_DOCUMENT_VIEW_H
#define CONSOLE_DOCUMENT_VIEW_H

#include "tui/console/app.h"

/* Asks for the file and opens a screen with the plan: what importing it would change. */
void document_import(struct app *app);

/* Asks for the file, and writes it; one that is there is replaced once that is confirmed. */
void document_export(struct app *app);

#endif
