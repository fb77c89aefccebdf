/* A terminal's screen as a picture: what the README shows is what the programs drew. */
#ifndef TESTS_SUPPORT_PICTURE_H
#define TESTS_SUPPORT_PICTURE_H

#include "core/base/buf.h"
#include "tests/support/vt.h"

enum { PICTURE_MAX = 4 * 1024 * 1024 };

/* The screen as SVG, appended to ret (BUF_INIT(PICTURE_MAX)). title: what its window is
 * called. */
void picture_add_svg(struct vt *vt, const char *title, struct buf *ret);

/* Writes FOLDER/NAME.txt and FOLDER/NAME.svg; the test fails if it cannot. */
void picture_write(struct vt *vt, const char *folder, const char *name,
		   const char *title);

#endif
