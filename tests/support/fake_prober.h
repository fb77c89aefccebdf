/* A prober without a network: keeps what it is asked to check and ends it as the test
 * says. */
#ifndef TESTS_SUPPORT_FAKE_PROBER_H
#define TESTS_SUPPORT_FAKE_PROBER_H

#include "core/engine/prober.h"

enum { FAKE_CHECKS_MAX = 4096 };

struct fake_check {
	int64_t id;
	char name[NAME_SIZE];
	char target[URL_SIZE];
};

struct fake_prober {
	struct prober prober;                      /* first */
	struct fake_check flying[FAKE_CHECKS_MAX]; /* the oldest first */
	size_t count;
	size_t started; /* ever */
};

struct fake_prober *fake_prober_new(void);
/* The oldest check on its way ends: OK, or with a message. */
void fake_prober_answer(struct fake_prober *fake, const char *message);

#endif
