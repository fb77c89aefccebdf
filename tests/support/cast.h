/* A session on a terminal, recorded to be played again: asciicast v2, as asciinema plays it.
 * Time is the script's, not the clock's: the same story lasts as long on every machine. */
#ifndef TESTS_SUPPORT_CAST_H
#define TESTS_SUPPORT_CAST_H

#include <stdint.h>

#include "core/base/buf.h"
#include "tests/support/vt.h"

enum { CAST_MAX = 4 * 1024 * 1024 };

struct cast {
	struct vt *vt;
	struct buf text;
	size_t taken; /* bytes of the terminal that are in it */
	int64_t at_ms;
};

/* What stands on the screen already is its first frame. Release with cast_done. */
void cast_begin(struct cast *cast, struct vt *vt, const char *title);
void cast_done(struct cast *cast);

/* Types the keys one by one, waits for what they lead to, and looks at it for so long. */
void cast_act(struct cast *cast, const char *keys, const char *awaited, int look_ms);

/* Writes FOLDER/NAME.cast; the test fails if it cannot. */
void cast_write(const struct cast *cast, const char *folder, const char *name);

#endif
