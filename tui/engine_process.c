#include "tui/engine_process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/text.h"

enum { LOG_BYTES_MAX = 1024 * 1024, LOG_TAIL_BYTES = 8192 };

/* ---- where it lies ---- */

/* The folder of this program, with a slash at its end. */
static bool own_folder(char ret[ENGINE_PATH_SIZE], struct err *err)
{
	ssize_t bytes = readlink("/proc/self/exe", ret, ENGINE_PATH_SIZE - 1);
	if (bytes <= 0)
		return fail(err, ERR_FAILED, "Finding hublink-engine: /proc/self/exe: %s",
			    strerror(errno));
	ret[bytes] = '\0';
	char *slash = strrchr(ret, '/');
	slash[1] = '\0';
	return true;
}

bool engine_program_path(struct buf *ret, struct err *err)
{
	static const char *const places[] = { "hublink-engine",
					      "../libexec/hublink/hublink-engine" };
	char folder[ENGINE_PATH_SIZE];
	if (!own_folder(folder, err))
		return false;
	for (size_t i = 0; i < COUNT_OF(places); i++) {
		buf_reset(ret);
		buf_addf(ret, "%s%s", folder, places[i]);
		if (!buf_overflowed(ret) && access(buf_text(ret), X_OK) == 0)
			return true;
	}
	return fail(err, ERR_FAILED,
		    "hublink-engine is neither beside hublink in %s nor in its libexec "
		    "folder; install "
		    "both",
		    folder);
}

/* ---- from fork to exec: nothing may be allocated ---- */

/* A process of its own: no terminal, no signal blocked, and SIGPIPE no reason to end, with
 * output as its standard output and error. */
static _Noreturn void become(const char *program, const char *const *words, int input,
			     int output)
{
	sigset_t none;

	(void)setsid();
	(void)sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
	(void)signal(SIGPIPE, SIG_IGN);
	if (dup2(input, STDIN_FILENO) < 0 || dup2(output, STDOUT_FILENO) < 0 ||
	    dup2(output, STDERR_FILENO) < 0 || close_range(3, ~0U, 0) != 0)
		_exit(127);
	(void)execv(program, (char *const *)(uintptr_t)words);
	static const char failure[] = "hublink-engine cannot be run\n";
	(void)!write(STDERR_FILENO, failure, sizeof(failure) - 1);
	_exit(127);
}

static pid_t start(const char *const *words, int output, struct err *err)
{
	DEFER(buf_done) struct buf program = BUF_INIT(2 * ENGINE_PATH_SIZE);
	int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
	pid_t pid = -1;

	if (nothing < 0) {
		(void)fail(err, ERR_FAILED, "/dev/null: %s", strerror(errno));
		return -1;
	}
	if (engine_program_path(&program, err)) {
		pid = fork();
		if (pid == 0)
			become(buf_text(&program), words, nothing, output);
		if (pid < 0)
			(void)fail(err, ERR_FAILED, "Starting hublink-engine: %s",
				   strerror(errno));
	}
	(void)close(nothing);
	return pid;
}

/* ---- detached ---- */

/* What grew too long is put aside, so that no log fills the disk. */
static int open_log(struct engine_process *process, struct err *err)
{
	DEFER(buf_done) struct buf old = BUF_INIT(2 * ENGINE_PATH_SIZE);
	struct stat is;

	buf_addf(&old, "%s.1", process->log);
	if (stat(process->log, &is) == 0 && is.st_size > LOG_BYTES_MAX)
		(void)rename(process->log, buf_text(&old));
	int fd = open(process->log,
		      O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0 || fstat(fd, &is) != 0)
		(void)fail(err, ERR_FAILED,
			   "%s cannot be written: %s; see to its owner and mode",
			   process->log, strerror(errno));
	else
		process->log_from = is.st_size;
	return fd;
}

/* It does not keep the folder it is started in, so a relative path is made whole; symbolic
 * links stay, for the lock is named after the path as it is given. */
static bool whole_path(const char *database, char ret[ENGINE_PATH_SIZE], struct err *err)
{
	char folder[ENGINE_PATH_SIZE] = "";
	bool relative = database[0] != '/';

	if (relative && getcwd(folder, sizeof(folder)) == NULL)
		return fail(err, ERR_FAILED, "The working folder is gone: %s",
			    strerror(errno));
	DEFER(buf_done) struct buf whole = BUF_INIT(ENGINE_PATH_SIZE - 1);
	buf_addf(&whole, "%s%s%s", folder, relative ? "/" : "", database);
	return (!buf_overflowed(&whole) &&
		text_copy(ret, ENGINE_PATH_SIZE, buf_text(&whole))) ||
	       fail(err, ERR_INVALID, "The path of the database is too long; move it");
}

bool engine_process_start(const char *database, struct engine_process *ret,
			  struct err *err)
{
	struct engine_process process = { .ended_fd = -1 };
	char path[ENGINE_PATH_SIZE] = "";
	const char *words[] = { "hublink-engine", "engine", "--db", path, NULL };

	if (!whole_path(database, path, err))
		return false;
	(void)snprintf(process.log, sizeof(process.log), "%s.engine.log", path);
	int log = open_log(&process, err);
	if (log < 0)
		return false;
	process.pid = start(words, log, err);
	(void)close(log);
	if (process.pid < 0)
		return false;
	process.ended_fd = pidfd_open(process.pid, 0);
	*ret = process;
	return true;
}

void engine_process_done(struct engine_process *process)
{
	if (process->ended_fd >= 0)
		(void)close(process->ended_fd);
	*process = (struct engine_process){ .ended_fd = -1 };
}

void engine_process_add_log(const struct engine_process *process, int lines,
			    struct buf *ret)
{
	char text[LOG_TAIL_BYTES + 1];
	struct stat is;
	int fd = open(process->log, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

	if (fd < 0)
		return;
	int64_t from = process->log_from;
	if (fstat(fd, &is) == 0 && is.st_size - LOG_TAIL_BYTES > from)
		from = is.st_size - LOG_TAIL_BYTES;
	ssize_t bytes = pread(fd, text, LOG_TAIL_BYTES, from);
	(void)close(fd);
	while (bytes > 0 && text[bytes - 1] == '\n')
		bytes--;
	ssize_t begin = bytes > 0 ? bytes : 0;
	while (begin > 0 && (text[begin - 1] != '\n' || --lines > 0))
		begin--;
	if (bytes > begin)
		buf_add(ret, text + begin, (size_t)(bytes - begin));
}

/* ---- as a child ---- */

bool engine_child_start(const char *const *words, int *ret_fd, struct err *err)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) != 0)
		return fail(err, ERR_FAILED, "Starting hublink-engine: %s",
			    strerror(errno));
	pid_t pid = start(words, ends[1], err);
	(void)close(ends[1]);
	if (pid < 0 || fcntl(ends[0], F_SETFL, O_NONBLOCK) != 0) {
		(void)close(ends[0]);
		return false;
	}
	*ret_fd = ends[0];
	return true;
}
