/* Options of hublink-engine's commands. hublink has checked them and passes them on as
 * they were typed; so here is only what takes them apart, the same for all. */
#ifndef ENGINE_OPTIONS_H
#define ENGINE_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/err.h"

/* One option: with a value if text is set, else a flag. */
struct engine_option {
	const char *name;  /* without the dashes */
	const char **text; /* gets the value, borrowed from argv */
	bool *flag;        /* set when given */
};

/* What every command takes. */
struct common_options {
	const char *db;
	const char *because;
	const char *as; /* who came through a gate */
	const char *color;
	bool json, read_only;
};

/* Reads argv, argv[0] being the command's name, in any order of options and words;
 * moves the words behind *ret_words, the index of the first. ERR_USAGE names the
 * option that is unknown or has no value. */
bool options_read(int argc, char **argv, const struct engine_option *options,
		  size_t count, struct common_options *ret_common, int *ret_words,
		  struct err *err) CHECKED;

/* A whole number within limits. ERR_INVALID names the option. */
bool options_number(const char *name, const char *text, int64_t min, int64_t max,
		    int64_t *ret, struct err *err) CHECKED;

#endif
