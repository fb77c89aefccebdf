/* hublink: commands for scripts and people, and the console where there is no command. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/clock.h"
#include "tui/cli/run.h"

/* A database that is opened as descriptor 1 would be written over by the next answer. */
static void open_missing_descriptors(void)
{
	int fd = open("/dev/null", O_RDWR);

	while (fd >= 0 && fd <= STDERR_FILENO)
		fd = open("/dev/null", O_RDWR);
	if (fd > STDERR_FILENO)
		(void)close(fd);
}

/* What was printed must have arrived: a full disk is a failure. */
static bool flush_output(struct err *err)
{
	errno = 0;
	if (fflush(stdout) == 0 && !ferror(stdout))
		return true;
	return fail(err, ERR_FAILED, "Writing the result: %s",
		    strerror(errno ? errno : EIO));
}

int main(int argc, char **argv)
{
	open_missing_descriptors();
	struct cli cli = { .now_ms = clock_now_ms(NULL),
			   .terminal = isatty(STDIN_FILENO) && isatty(STDERR_FILENO) };
	struct err err = { 0 };

	umask(077);
	prctl(PR_SET_DUMPABLE, 0); /* URLs are secrets: no core file, no peeking */
	bool done = cli_run(&cli, argc - 1, argv + 1, &err);
	store_close(cli.store);
	done = flush_output(done ? &err : NULL) && done;
	if (done)
		return 0;
	if (*err.text)
		cli_note("hublink: %s", err.text);
	return (int)err.code;
}
