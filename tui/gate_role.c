#include "tui/gate_role.h"

#include "core/base/text.h"

static const char *const names[GATE_ROLE_COUNT] = {
	[GATE_ABSENT] = "",     [GATE_VIEWER] = "viewer", [GATE_RESPONDER] = "responder",
	[GATE_ADMIN] = "admin", [GATE_SHUT] = "",
};

const char *gate_role_text(enum gate_role role)
{
	return names[role];
}

enum gate_role gate_role_parse(const char *text)
{
	for (int role = GATE_VIEWER; role <= GATE_ADMIN; role++)
		if (text_equal(names[role], text))
			return (enum gate_role)role;
	return GATE_ABSENT;
}

bool gate_role_may(enum gate_role have, enum gate_role needed)
{
	return have == GATE_ABSENT || have >= needed;
}

bool gate_role_check(enum gate_role have, enum gate_role needed, const char *what,
		     struct err *err)
{
	if (gate_role_may(have, needed))
		return true;
	if (needed == GATE_SHUT)
		return fail(err, ERR_REFUSED,
			    "%s does not go through the gate: do it on the machine, as "
			    "the account that owns the database",
			    what);
	return fail(err, ERR_REFUSED, "%s takes role %s; yours is %s", what,
		    names[needed], names[have]);
}
