/* Giving the terminal back when the process dies: what is saved here is put back by signal
 * handlers, which may call very little. */
#ifndef CONSOLE_RESCUE_H
#define CONSOLE_RESCUE_H

#include <stdbool.h>

/* Remember the modes of the terminal on fd, and put them back on SIGSEGV, SIGBUS, SIGFPE,
 * SIGILL, SIGABRT and SIGQUIT until rescue_disarm; the signal then does what it would have
 * done. fd stays the caller's, open. False: fd is no terminal (errno). */
bool rescue_arm(int fd);
void rescue_disarm(void);

/* Put everything back now: for another process's terminal. */
void rescue_now(void);

/* Put the remembered line modes back now, as after endwin(). */
void rescue_line_modes(void);

#endif
