/* For the test of what cli.h promises: the parts of finding the database. */
#ifndef CLI_DATABASE_H
#define CLI_DATABASE_H

#include "tui/cli/cli.h"

/* The first `db=` line of a configuration file; false if there is none. */
bool database_from_conf(const char *conf, char ret[CLI_PATH_SIZE]);

#endif
