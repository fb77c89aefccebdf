/* hublink-engine: what hublink runs in its own place for the commands that need the network. */
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "core/base/compiler.h"
#include "core/engine/commands.h"
#include "core/engine/http.h"

static const struct {
	const char *name;
	int (*run)(int argc, char **argv);
} commands[] = {
	{ "engine", engine_main },  { "hub", hub_main },
	{ "test", send_test_main }, { "uptrends", uptrends_main },
	{ "probe", probe_main },
};

/* A connection is a descriptor: as many as the system lets us have. */
static void raise_file_limit(void)
{
	struct rlimit limit;
	if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
		return;
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
}

int main(int argc, char **argv)
{
	struct err err = { 0 };
	umask(077);
	prctl(PR_SET_DUMPABLE, 0); /* URLs are secrets: no core file, no peeking */
	raise_file_limit();
	if (!http_prepare_process(&err))
		return report_failure(&err);
	for (size_t i = 0; argc > 1 && i < COUNT_OF(commands); i++)
		if (strcmp(argv[1], commands[i].name) == 0)
			return commands[i].run(argc - 1, argv + 1);
	(void)fail(&err, ERR_USAGE,
		   "hublink-engine is run by hublink: use `hublink engine`, `hublink "
		   "hub`, `hublink test` or `hublink probe`");
	return report_failure(&err);
}
