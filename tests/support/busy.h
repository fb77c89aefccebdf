/* Has a process something to do? */
#ifndef TESTS_SUPPORT_BUSY_H
#define TESTS_SUPPORT_BUSY_H

#include <stdbool.h>
#include <sys/types.h>

/* It or a child of it runs, wants to, or waits for the disk. */
bool busy_process(pid_t pid);

#endif
