/* ~/.config/hublink/console.conf: how the console looks, and which keys do what. */
#ifndef CLI_CONSOLE_CONF_H
#define CLI_CONSOLE_CONF_H

#include "core/base/buf.h"
#include "tui/console/console.h"

/* Where it is: $XDG_CONFIG_HOME/hublink, else ~/.config/hublink. */
void console_conf_path(struct buf *ret);

/* Where the console keeps where one was: $XDG_STATE_HOME/hublink, else ~/.local/state/hublink. */
void console_session_path(struct buf *ret);

/* Read it into *ret; without a file nothing is said. ERR_INVALID names the first bad line. */
bool console_conf_read(const char *path, struct console_options *ret, struct err *err)
	CHECKED;

#endif
