#include "tui/console/guardian.h"

#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/compiler.h"
#include "tui/console/rescue.h"

/* What is sent to the parent is meant for the console. */
static const int passed_on[] = { SIGTERM, SIGINT, SIGHUP, SIGTSTP, SIGCONT };

static void block(sigset_t *ret_set, sigset_t *ret_before)
{
	(void)sigemptyset(ret_set);
	(void)sigaddset(ret_set, SIGCHLD);
	for (size_t i = 0; i < COUNT_OF(passed_on); i++)
		(void)sigaddset(ret_set, passed_on[i]);
	(void)sigprocmask(SIG_BLOCK, ret_set, ret_before);
}

/* The child was killed: its modes are taken back, and who waits for us sees the same end. The
 * core file, if there is one, is the child's. */
static _Noreturn void end_by(int signal_number)
{
	const struct rlimit none = { 0 };
	sigset_t all;

	rescue_now();
	(void)setrlimit(RLIMIT_CORE, &none);
	(void)signal(signal_number, SIG_DFL);
	(void)sigfillset(&all);
	(void)sigprocmask(SIG_UNBLOCK, &all, NULL);
	(void)raise(signal_number);
	_exit(128 + signal_number);
}

static _Noreturn void stand_by(pid_t child, const sigset_t *awaited)
{
	int status = 0;

	for (;;) {
		int number = sigwaitinfo(awaited, NULL);
		if (number > 0 && number != SIGCHLD)
			(void)kill(child, number);
		if (waitpid(child, &status, WNOHANG) != child)
			continue;
		if (WIFSIGNALED(status))
			end_by(WTERMSIG(status));
		_exit(WEXITSTATUS(status));
	}
}

void guardian_stand(void)
{
	pid_t parent = getpid();
	sigset_t awaited, before;

	(void)fflush(stdout);
	if (!rescue_arm(STDOUT_FILENO))
		return;
	block(&awaited, &before);
	pid_t child = fork();
	if (child > 0)
		stand_by(child, &awaited);
	rescue_disarm();
	(void)sigprocmask(SIG_SETMASK, &before, NULL);
	if (child == 0)
		(void)prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (child == 0 && getppid() != parent)
		_exit(1);
}
