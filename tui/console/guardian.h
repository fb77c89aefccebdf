/* A parent that gives the terminal back when the console cannot: killed by SIGKILL, or by
 * the kernel for its memory. */
#ifndef CONSOLE_GUARDIAN_H
#define CONSOLE_GUARDIAN_H

/* Returns in a child, which is to become the console; or here, when there can be none. The
 * parent waits, passes signals on, stops and goes on as one job with the child, and ends as
 * the child ended. To be called before anything is opened. */
void guardian_stand(void);

#endif
