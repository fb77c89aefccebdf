/* A scene for tests of the listener with its peers: a database in live mode with monitor
 * Shop linked to service Website of a stand-in hub, and the engine listening on a free
 * port. */
#ifndef TESTS_SUPPORT_SCENE_H
#define TESTS_SUPPORT_SCENE_H

#include "tests/support/hub.h"
#include "tests/support/run.h"

enum { SCENE_WAIT_MS = 60 * 1000, SCENE_LOOK_EVERY_MS = 20, SCENE_FILE_MAX = 256 * 1024 };

struct scene {
	struct sandbox sandbox;
	struct hub hub;
	char token[80];
	char address[40]; /* of the listener: 127.0.0.1:PORT */
	pid_t engine;
	pid_t peer; /* Alertmanager, nginx; 0: none */
};

/* cmocka set-up and tear-down: *state is a struct scene *. */
int scene_open(void **state);
int scene_close(void **state);
#define SCENE_TEST(name) cmocka_unit_test_setup_teardown(name, scene_open, scene_close)

/* Says loudly that the test is not run, and ends it, unless the program is there. To be
 * called before anything is allocated. */
void scene_skip_without(const char *program, const char *package);

/* Starts a program; what it prints goes to that file of the sandbox. */
pid_t scene_start(struct scene *s, const char *const *argv, const char *output);
/* Its exit code, 128 + signal. */
int scene_end(pid_t *pid, int signal_number);
void scene_start_engine(struct scene *s); /* where it listened before; waits for it */
int scene_free_port(void);
void scene_write(const struct scene *s, const char *name, const char *text);

/* A request to the listener with the token: its status, 0 without an answer. */
long scene_ask(const struct scene *s, const char *path, const char *body);
/* Until the hub's page shows the service as "disruption" or "operational". */
void scene_wait_for_page(const struct scene *s, const char *expected);
/* Until the question in SQL answers with the number, and what it answers. */
void scene_wait_for_count(const struct scene *s, const char *sql, int64_t expected);
int64_t scene_count(const struct scene *s, const char *sql);

/* The README's block after <!-- tested: NAME -->; and in it every `from`, of which there
 * must be one, replaced. */
void readme_block(const char *name, struct buf *ret);
void readme_replace(struct buf *text, const char *from, const char *to);

#endif
