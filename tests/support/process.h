/* What /proc tells of a process. */
#ifndef TESTS_SUPPORT_PROCESS_H
#define TESTS_SUPPORT_PROCESS_H

#include <stdbool.h>
#include <sys/types.h>

/* Its first child; 0: none. */
pid_t process_child(pid_t pid);

/* It or its first child runs, wants to, or waits for the disk. */
bool process_is_busy(pid_t pid);

#endif
