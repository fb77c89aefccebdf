/* hublink-engine as nobody should start it: hublink has checked what it passes on, and yet the
 * engine refuses what it does not know, each with its exit code and a sentence, and makes
 * nothing. */
#include <stdio.h>
#include <string.h>

#include "core/base/err.h"
#include "tests/support/check.h"
#include "tests/support/cli.h"

enum { WORDS_MAX = 12 };

#define DB "{db}" /* stands for the sandbox's database */

static const struct {
	const char *words[WORDS_MAX]; /* ended by NULL */
	enum err_code exit_code;
	const char *said;
} starts[] = {
	{ { NULL }, ERR_USAGE, "is run by hublink" },
	{ { "console", NULL }, ERR_USAGE, "is run by hublink" },

	{ { "engine", NULL }, ERR_USAGE, "--db PATH" },
	{ { "engine", "now", NULL }, ERR_USAGE, "no word like 'now'" },
	{ { "engine", "--fast", NULL }, ERR_USAGE, "--fast" },
	{ { "engine", "--db", NULL }, ERR_USAGE, "--db" },
	{ { "engine", "--db", DB, "--read-only", NULL },
	  ERR_REFUSED,
	  "An engine writes" },
	{ { "engine", "--db", DB, "--max-in-flight", "0", NULL },
	  ERR_INVALID,
	  "max-in-flight" },
	{ { "engine", "--db", DB, "--max-in-flight", "many", NULL },
	  ERR_INVALID,
	  "max-in-flight" },
	{ { "engine", "--db", DB, "--max-requests", "-1", NULL },
	  ERR_INVALID,
	  "max-requests" },
	{ { "engine", "--db", DB, "--listen", "somewhere", NULL },
	  ERR_INVALID,
	  "somewhere" },
	{ { "engine", "--db", DB "/none", "--until-idle", NULL },
	  ERR_FAILED,
	  "cannot be made" },

	{ { "probe", "--db", DB, NULL }, ERR_USAGE, "one monitor" },
	{ { "probe", "Shop", NULL }, ERR_USAGE, "one monitor" },
	{ { "probe", "--loud", NULL }, ERR_USAGE, "--loud" },
	{ { "probe", "--db", DB "/none", "Shop", NULL }, ERR_NOT_FOUND, "no database" },
	{ { "probe", "--db", DB, "Shap", NULL }, ERR_NOT_FOUND, "Shop" },

	{ { "test", "--db", DB, NULL }, ERR_USAGE, "--send or --connect" },
	{ { "test", "--send", "--connect", "--db", DB, NULL },
	  ERR_USAGE,
	  "--send or --connect" },
	{ { "test", "--connect", NULL }, ERR_USAGE, "--db PATH" },
	{ { "test", "--loud", NULL }, ERR_USAGE, "--loud" },
	{ { "test", "--send", "--db", DB, "--read-only", NULL },
	  ERR_REFUSED,
	  "--read-only" },
	{ { "test", "--connect", "--db", DB, "Websight", NULL },
	  ERR_NOT_FOUND,
	  "Website" },
	{ { "test", "--connect", "--db", DB, "--integration", "Hob", NULL },
	  ERR_NOT_FOUND,
	  "Hub" },
	{ { "test", "--connect", "--db", DB "/none", "Website", NULL },
	  ERR_NOT_FOUND,
	  "no database" },

	{ { "uptrends", NULL }, ERR_USAGE, "`fetch`" },
	{ { "uptrends", "--db", DB, "push", NULL }, ERR_USAGE, "`fetch`" },
	{ { "uptrends", "--loud", NULL }, ERR_USAGE, "--loud" },
	{ { "uptrends", "--db", DB, "fetch", NULL },
	  ERR_NOT_FOUND,
	  "No Uptrends account" },
	{ { "uptrends", "--db", DB "/none", "fetch", NULL },
	  ERR_NOT_FOUND,
	  "no database" },

	{ { "hub", "--loud", NULL }, ERR_USAGE, "--loud" },
	{ { "hub", "word", NULL }, ERR_USAGE, "word" },
	{ { "hub", "--listen", "somewhere", NULL }, ERR_INVALID, "somewhere" },
};

static void start(const struct sandbox *sandbox, size_t i, struct ran *ret)
{
	const char *argv[WORDS_MAX + 2] = { program_path("hublink-engine") };
	char none[sizeof(sandbox->db) + 8];
	snprintf(none, sizeof(none), "%s/none", sandbox->db);
	for (size_t w = 0; starts[i].words[w] != NULL; w++) {
		const char *word = starts[i].words[w];
		argv[w + 1] = strcmp(word, DB) == 0           ? sandbox->db
			      : strcmp(word, DB "/none") == 0 ? none
							      : word;
	}
	run_program(ret, argv, NULL, NULL);
}

static void engine__refuses__what_it_does_not_know(void **state)
{
	const struct sandbox *sandbox = *state;
	int wrong = 0;
	for (size_t i = 0; i < COUNT_OF(starts); i++) {
		DEFER(ran_done) struct ran ran = { 0 };
		start(sandbox, i, &ran);
		if (ran.exit_code == (int)starts[i].exit_code && ran.out.len == 0 &&
		    strstr(buf_text(&ran.err), starts[i].said) != NULL)
			continue;
		print_error("start %zu (%s): exit code %d, not %d: %s", i,
			    starts[i].words[0], ran.exit_code, (int)starts[i].exit_code,
			    buf_text(&ran.err));
		wrong++;
	}
	assert_int_equal(wrong, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(engine__refuses__what_it_does_not_know,
						cli_setup, cli_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
