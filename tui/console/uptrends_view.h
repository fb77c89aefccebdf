/* The screen that takes monitors over from Uptrends. */
#ifndef CONSOLE_UPTRENDS_VIEW_H
#define CONSOLE_UPTRENDS_VIEW_H

#include "tui/console/app.h"

/* As it was left, if it was open before. */
void uptrends_open(struct app *app);

#endif
