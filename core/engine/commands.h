/* The commands of hublink-engine: what sends, or listens. Each reads its own argv
 * (argv[0] is its name) and returns an exit code (core/base/err.h), having reported what
 * went wrong. */
#ifndef ENGINE_COMMANDS_H
#define ENGINE_COMMANDS_H

#include "core/base/err.h"

int engine_main(int argc, char **argv);
/* The stand-in StatusHub: until SIGTERM or SIGINT. Its first line on standard output is
 * "listening on http://ADDRESS:PORT". */
int hub_main(int argc, char **argv);
int probe_main(int argc, char **argv);     /* one check, now */
int send_test_main(int argc, char **argv); /* test --send, test --connect */
int uptrends_main(int argc, char **argv); /* uptrends fetch: what an account is made of */

/* One safe line on standard error; returns the exit code. */
int report_failure(const struct err *err);

#endif
