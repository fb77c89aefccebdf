/* Behind `hublink gate` an operator has a role: what each may is data, in gate_rules.c for
 * commands and in keys.c for the console. */
#ifndef TUI_GATE_ROLE_H
#define TUI_GATE_ROLE_H

#include "core/base/err.h"

/* What somebody has, and what something needs: a higher one may what a lower one may. */
enum gate_role {
	GATE_ABSENT, /* had: there is no gate, and all is allowed */
	GATE_VIEWER,
	GATE_RESPONDER,
	GATE_ADMIN,
	GATE_SHUT, /* needed: nobody may it behind a gate */
	GATE_ROLE_COUNT,
};

/* "viewer", as --role takes it. */
const char *gate_role_text(enum gate_role role);
/* GATE_ABSENT: it is the name of none. */
enum gate_role gate_role_parse(const char *text);

bool gate_role_may(enum gate_role have, enum gate_role needed);

/* gate_role_may, or ERR_REFUSED naming the role that may. what: "`hublink mute`". */
bool gate_role_check(enum gate_role have, enum gate_role needed, const char *what,
		     struct err *err) CHECKED;

#endif
