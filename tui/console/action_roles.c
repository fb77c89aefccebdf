/* Who may do what in the console behind a gate. */
#include "tui/console/keys.h"

/* What changes something, or starts something; all else a viewer may. */
static const enum gate_role action_roles[ACTION_COUNT] = {
	[ACTION_ADD] = GATE_RESPONDER, /* a window; anything else is an admin's */
	[ACTION_ADD_RECURRING] = GATE_RESPONDER,
	[ACTION_EDIT] = GATE_RESPONDER,
	[ACTION_CLONE] = GATE_RESPONDER,
	[ACTION_DELETE] = GATE_RESPONDER,
	[ACTION_TOGGLE] = GATE_RESPONDER,
	[ACTION_SAVE] = GATE_RESPONDER,
	[ACTION_MODE] = GATE_RESPONDER, /* paused; another mode is an admin's */
	[ACTION_IDENTIFY] = GATE_RESPONDER,
	[ACTION_NOTE] = GATE_RESPONDER,
	[ACTION_RESOLVE] = GATE_RESPONDER,
	[ACTION_RECOVER] = GATE_RESPONDER,
	[ACTION_DETACH] = GATE_RESPONDER,
	[ACTION_RETRY] = GATE_RESPONDER,
	[ACTION_CANCEL] = GATE_RESPONDER,
	[ACTION_RELEASE] = GATE_RESPONDER,
	[ACTION_MUTE] = GATE_RESPONDER,
	[ACTION_OPEN_INCIDENT] = GATE_RESPONDER,
	[ACTION_RESYNC] = GATE_RESPONDER,
	[ACTION_CONNECT] = GATE_RESPONDER, /* as gate_rules.c has it */
	[ACTION_ADD_INSIDE] = GATE_ADMIN,
	[ACTION_SEND_TEST] = GATE_ADMIN,
	[ACTION_TAKE_OVER] = GATE_ADMIN,
	[ACTION_ADOPT] = GATE_ADMIN,
	[ACTION_ASK_UPTRENDS] = GATE_ADMIN,
	[ACTION_APPLY] = GATE_ADMIN,
	[ACTION_UPTRENDS_ACCOUNT] = GATE_ADMIN,
	[ACTION_PAINT] = GATE_ADMIN,
	[ACTION_MOVE_LINK] = GATE_ADMIN,
	[ACTION_POINT_LINK] = GATE_ADMIN,
	[ACTION_COPY_LINK] = GATE_ADMIN,
	[ACTION_PASTE_ROW] = GATE_ADMIN,
	[ACTION_UNDO] = GATE_ADMIN,
	[ACTION_REDO] = GATE_ADMIN,
	[ACTION_EDITOR] = GATE_SHUT, /* no program starts behind a gate */
	[ACTION_IMPORT] = GATE_SHUT, /* no file is read or written behind one */
	[ACTION_EXPORT] = GATE_SHUT,
	[ACTION_SUSPEND] = GATE_SHUT,
	[ACTION_ENGINE_START] = GATE_SHUT,
	[ACTION_ENGINE_STOP] = GATE_SHUT,
};

enum gate_role action_role(enum action action)
{
	return action_roles[action] == GATE_ABSENT ? GATE_VIEWER : action_roles[action];
}

bool action_changes(enum action action)
{
	enum gate_role role = action_role(action);

	return role == GATE_RESPONDER || role == GATE_ADMIN;
}
