/* The console on a pty: opened, typed at, waited for. */
#ifndef TESTS_SUPPORT_CONSOLE_H
#define TESTS_SUPPORT_CONSOLE_H

#include "tests/support/run.h"
#include "tests/support/vt.h"

#define KEY_SAVE "\023"
#define KEY_ESC "\033"
#define PASTED(text) "\033[200~" text "\033[201~"

/* On the sandbox's database, its first screen shown; option: one more, or NULL. $EDITOR is
 * "editor" in the sandbox's folder. */
struct vt *console_open(const struct sandbox *sandbox);
struct vt *console_open_sized(const struct sandbox *sandbox, int columns, int rows,
			      const char *option);

/* Types the keys, and waits for what they lead to; if that is to be seen already, also until
 * the console rests. */
void console_act(struct vt *vt, const char *keys, const char *awaited);

/* The screen, once it rests, is the golden one. */
void console_look(struct vt *vt, const char *golden);

/* The console's own process, behind its guardian. */
pid_t console_process(const struct vt *vt);

/* The terminal is as it was before the console came. */
void assert_given_back(struct vt *vt);

#endif
