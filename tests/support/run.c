#include "tests/support/run.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/clock.h"
#include "core/base/text.h"
#include "tests/support/check.h"

enum { WORDS_MAX = 64, LINE_SIZE = 8192 };

/* The parent's ends. */
struct pipes {
	int in, out, err;
};

void ran_done(struct ran *ran)
{
	buf_done(&ran->out);
	buf_done(&ran->err);
}

static bool is_changed(const char *variable, const char *const *changes)
{
	size_t name = strcspn(variable, "=");
	for (; changes && *changes; changes++)
		if (strncmp(*changes, variable, name) == 0 &&
		    ((*changes)[name] == '=' || (*changes)[name] == '\0'))
			return true;
	return false;
}

char **environment_with(const char *const *changes)
{
	size_t most = 1, count = 0;
	for (char **variable = environ; *variable; variable++)
		most++;
	for (const char *const *change = changes; change && *change; change++)
		most++;
	char **ret = mem_new(most, sizeof(*ret));
	for (char **variable = environ; *variable; variable++)
		if (!is_changed(*variable, changes))
			ret[count++] = *variable;
	for (const char *const *change = changes; change && *change; change++)
		if (strchr(*change, '='))
			ret[count++] = (char *)(uintptr_t)*change;
	return ret;
}

static pid_t start(const char *const *argv, const char *const *environment,
		   struct pipes *ret)
{
	int in[2], out[2], err[2];
	assert_int_equal(pipe2(in, O_CLOEXEC), 0);
	assert_int_equal(pipe2(out, O_CLOEXEC), 0);
	assert_int_equal(pipe2(err, O_CLOEXEC), 0);
	char **variables = environment_with(environment);
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		dup2(in[0], STDIN_FILENO);
		dup2(out[1], STDOUT_FILENO);
		dup2(err[1], STDERR_FILENO);
		execve(argv[0], (char *const *)(uintptr_t)argv, variables);
		_exit(126);
	}
	free(variables);
	close(in[0]);
	close(out[1]);
	close(err[1]);
	*ret = (struct pipes){ .in = in[1], .out = out[0], .err = err[0] };
	fcntl(ret->in, F_SETFL, O_NONBLOCK);
	return pid;
}

static void shut(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

/* Writes what fits; closes when all is written or nobody reads. */
static void feed(int *fd, const char **input)
{
	ssize_t written = write(*fd, *input, strlen(*input));
	if (written > 0)
		*input += written;
	if (**input == '\0' || (written < 0 && errno != EAGAIN))
		shut(fd);
}

static void drain(int *fd, struct buf *ret)
{
	char bytes[8192];
	ssize_t count = read(*fd, bytes, sizeof(bytes));
	if (count > 0)
		buf_add(ret, bytes, (size_t)count);
	else
		shut(fd);
}

static void exchange(struct pipes *p, const char *input, struct ran *ret, pid_t pid)
{
	int64_t until = clock_boot_ms() + RUN_TIMEOUT_S * SECOND_MS;
	if (!*input)
		shut(&p->in);
	while (p->out >= 0 || p->err >= 0) {
		struct pollfd fds[] = { { .fd = p->in, .events = POLLOUT },
					{ .fd = p->out, .events = POLLIN },
					{ .fd = p->err, .events = POLLIN } };
		if (poll(fds, 3, 1000) < 0)
			continue;
		if (fds[0].revents)
			feed(&p->in, &input);
		if (fds[1].revents)
			drain(&p->out, &ret->out);
		if (fds[2].revents)
			drain(&p->err, &ret->err);
		if (clock_boot_ms() > until)
			kill(pid, SIGKILL);
	}
	shut(&p->in);
}

void run_program(struct ran *ret, const char *const *argv, const char *input,
		 const char *const *environment)
{
	struct pipes pipes;
	int status;

	signal(SIGPIPE, SIG_IGN);
	ran_done(ret);
	*ret = (struct ran){ .out = BUF_INIT(RUN_OUTPUT_MAX),
			     .err = BUF_INIT(RUN_OUTPUT_MAX) };
	pid_t pid = start(argv, environment, &pipes);
	exchange(&pipes, input ? input : "", ret, pid);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	ret->exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void sandbox_open(struct sandbox *sandbox)
{
	snprintf(sandbox->folder, sizeof(sandbox->folder), "/tmp/hublink-test-XXXXXX");
	assert_non_null(mkdtemp(sandbox->folder));
	snprintf(sandbox->db, sizeof(sandbox->db), "%s/hublink.db", sandbox->folder);
}

static int remove_entry(const char *path, const struct stat *stat, int type,
			struct FTW *walk)
{
	(void)stat;
	(void)type;
	(void)walk;
	return remove(path);
}

void sandbox_close(struct sandbox *sandbox)
{
	nftw(sandbox->folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

const char *program_path(const char *name)
{
	static char path[4096];
	snprintf(path, sizeof(path), "%s/%s", HUBLINK_BUILD, name);
	return path;
}

/* Splits line in place; returns the number of words. */
static int split(char *line, const char **ret)
{
	int count = 0;
	while (*line) {
		line += strspn(line, " ");
		if (!*line)
			break;
		bool quoted = *line == '\'';
		ret[count++] = quoted ? ++line : line;
		assert_true(count < WORDS_MAX);
		line += strcspn(line, quoted ? "'" : " ");
		if (*line)
			*line++ = '\0';
	}
	return count;
}

int hublink_feed(const struct sandbox *sandbox, struct ran *ret, const char *line,
		 const char *input)
{
	char copy[LINE_SIZE], home[128], data[128], db[128];
	const char *argv[WORDS_MAX + 2] = { program_path("hublink") };
	const char *environment[] = { home, data, db, "NO_COLOR=", "TZ=UTC", NULL };

	assert_true(text_copy(copy, sizeof(copy), line));
	snprintf(home, sizeof(home), "HOME=%s", sandbox->folder);
	snprintf(data, sizeof(data), "XDG_DATA_HOME=%s", sandbox->folder);
	snprintf(db, sizeof(db), "HUBLINK_DB=%s", sandbox->db);
	argv[1 + split(copy, argv + 1)] = NULL;
	run_program(ret, argv, input, environment);
	return ret->exit_code;
}

int hublink_run(const struct sandbox *sandbox, struct ran *ret, const char *line)
{
	return hublink_feed(sandbox, ret, line, NULL);
}
