/* An evening to take pictures of: outages of a small shop, some over, one held, one on;
 * with the same times on every run. */
#ifndef TESTS_SUPPORT_SHOWCASE_H
#define TESTS_SUPPORT_SHOWCASE_H

#include "tests/support/stage.h"

#define SHOWCASE_NOW_MS INT64_C(1795716180000) /* 2026-11-26T18:03:00Z */

/* Fills the stage; no engine runs, the evening is now. */
void showcase_tell(struct stage *s);

/* The same at SHOWCASE_NOW_MS. Its engine runs, and stands still. */
void showcase_fill(struct stage *s);

/* The console on the database as it was at SHOWCASE_NOW_MS; a program's whole life. */
int showcase_console(const char *path);

#endif
