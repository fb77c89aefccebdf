/* Files that an operator names, read and written whole: the same for commands and console. */
#ifndef TUI_FILES_H
#define TUI_FILES_H

#include <stdio.h>

#include "core/base/buf.h"
#include "core/base/err.h"

/* To be read, whatever it is but a folder; NULL: *err says why not. */
FILE *files_open(const char *path, struct err *err) CHECKED;

/* All that is left in the file, at most ret->max bytes; shown: what a sentence calls it. */
bool files_take(FILE *file, const char *shown, struct buf *ret, struct err *err) CHECKED;

/* A file that waits for nobody: no pipe, no terminal. */
bool files_read(const char *path, struct buf *ret, struct err *err) CHECKED;

/* Every byte to what is open there; false: errno says why not. */
bool files_put(int fd, const char *bytes, size_t count) CHECKED;

/* Is anything there, be it a link that leads nowhere? */
bool files_exist(const char *path);

/* All of it for the owner alone (0600), or the place is left as it was. Without replace
 * what is there is refused (ERR_REFUSED), with it only what is no file. */
bool files_write(const char *path, bool replace, const struct buf *text, struct err *err)
	CHECKED;

/* As a shell would have it: "~/" leads to $HOME. */
void files_expand(const char *typed, struct buf *ret);

#endif
