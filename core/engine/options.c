#include "core/engine/options.h"

#include <getopt.h>
#include <inttypes.h>
#include <string.h>

#include "core/base/compiler.h"
#include "core/base/text.h"

enum { OPTIONS_MAX = 24 };

/* getopt's words for one of ours; val tells its place in the table. */
static struct option describe(const struct engine_option *option, size_t place)
{
	return (struct option){ .name = option->name,
				.has_arg = option->text ? required_argument : no_argument,
				.val = (int)place + 1 };
}

static bool refuse(const char *command, const char *word, int found, struct err *err)
{
	return fail(
		err, ERR_USAGE,
		found == ':'
			? "%s of `hublink %s` needs a value; `hublink help %s` shows it"
			: "`%s` is no option of `hublink %s`; `hublink help %s` shows "
			  "them all",
		word, command, command);
}

static bool read_all(int argc, char **argv, const struct engine_option *table,
		     const struct option *described, struct err *err)
{
	optind = 0; /* begin anew, whoever used getopt before */
	opterr = 0;
	int found;
	while ((found = getopt_long(argc, argv, ":", described, NULL)) != -1) {
		if (found == '?' || found == ':')
			return refuse(argv[0], argv[optind - 1], found, err);
		const struct engine_option *option = &table[found - 1];
		if (option->text)
			*option->text = optarg;
		else
			*option->flag = true;
	}
	return true;
}

bool options_read(int argc, char **argv, const struct engine_option *options,
		  size_t count, struct common_options *ret_common, int *ret_words,
		  struct err *err)
{
	struct common_options common = { 0 };
	const struct engine_option shared[] = {
		{ "db", &common.db, NULL },     { "because", &common.because, NULL },
		{ "as", &common.as, NULL },     { "color", &common.color, NULL },
		{ "json", NULL, &common.json }, { "read-only", NULL, &common.read_only },
	};
	struct engine_option table[OPTIONS_MAX];
	struct option described[OPTIONS_MAX + 1] = { 0 };
	size_t used = 0;
	for (size_t i = 0; i < COUNT_OF(shared); i++)
		table[used++] = shared[i];
	for (size_t i = 0; i < count && used < OPTIONS_MAX; i++)
		table[used++] = options[i];
	for (size_t i = 0; i < used; i++)
		described[i] = describe(&table[i], i);

	if (!read_all(argc, argv, table, described, err))
		return false;
	*ret_common = common;
	*ret_words = optind;
	return true;
}

bool options_number(const char *name, const char *text, int64_t min, int64_t max,
		    int64_t *ret, struct err *err)
{
	int64_t number;
	if (text_integer(text, &number) && number >= min && number <= max) {
		*ret = number;
		return true;
	}
	return fail(err, ERR_INVALID,
		    "--%s is a whole number from %" PRId64 " to %" PRId64 ", not '%s'",
		    name, min, max, text);
}
