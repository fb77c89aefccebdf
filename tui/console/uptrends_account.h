/* The Uptrends account that monitors come from: its user and its password, asked for. */
#ifndef CONSOLE_UPTRENDS_ACCOUNT_H
#define CONSOLE_UPTRENDS_ACCOUNT_H

#include "tui/console/app.h"

/* user: what stands there at first. */
void uptrends_account_ask(struct app *app, const char *user);

#endif
