/* A real sshd on loopback, run as whoever runs the tests, with the README's configuration:
 * its operators come through `hublink gate` to the sandbox's database. */
#ifndef TESTS_SUPPORT_SSHD_H
#define TESTS_SUPPORT_SSHD_H

#include "tests/support/scene.h"
#include "tests/support/vt.h"

/* The operators of the README's authorized_keys. */
#define SSHD_ADMIN "anna"
#define SSHD_RESPONDER "bert"
#define SSHD_VIEWER "wall"

struct sshd {
	struct scene scene; /* its sandbox holds database, keys and configuration */
	pid_t pid;
};

/* cmocka set-up and tear-down: *state is a struct sshd * whose database holds
 * cli_document. */
int sshd_open(void **state);
int sshd_close(void **state);
#define SSHD_TEST(name) cmocka_unit_test_setup_teardown(name, sshd_open, sshd_close)

/* `ssh OPERATOR LINE`: what came of it; returns the exit code. options: of ssh, as one word,
 * or NULL. */
int sshd_run(const struct sshd *sshd, struct ran *ret, const char *operator_name,
	     const char *options, const char *line);

/* The same on a terminal of 80x24. */
struct vt *sshd_terminal(const struct sshd *sshd, const char *operator_name,
			 const char *line);

#endif
