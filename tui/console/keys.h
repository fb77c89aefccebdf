/* Actions and the keys that mean them: one table feeds the dispatcher, the hints in the
 * footer, the help screen and the README. */
#ifndef CONSOLE_KEYS_H
#define CONSOLE_KEYS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buf.h"
#include "tui/gate_role.h"

/* Every intention an operator can have in the console: enum, command name, help sentence.
 * Its backslashes are not aligned, so that a new line changes no other. */
/* clang-format off */
#define CONSOLE_ACTIONS(X) \
	X(NONE, "", "") \
	X(QUIT, "quit", "Leave this screen; at the top, leave hublink") \
	X(BACK, "back", "Back to the screen before") \
	X(HELP, "help", "The keys of this screen") \
	X(GO_DASHBOARD, "dashboard", "What is broken now, and what is next") \
	X(GO_INCIDENTS, "incidents", "All incidents, newest first") \
	X(GO_INTEGRATIONS, "integrations", "Integrations and services") \
	X(GO_MONITORS, "monitors", "Monitors and their state") \
	X(GO_DEFINITIONS, "definitions", "Alert definitions and levels") \
	X(GO_LINKS, "links", "Which monitors reach which services") \
	X(GO_DELIVERIES, "deliveries", "Updates sent and waiting") \
	X(GO_MAINTENANCE, "maintenance", "Maintenance windows") \
	X(GO_HISTORY, "told", "What the public was told; audit") \
	X(FIRST_STEPS, "first-steps", "From an empty database to the page, step by step") \
	X(TAKE_OVER, "take-over", "Import monitors, definitions and links from Uptrends") \
	X(ASK_UPTRENDS, "ask-uptrends", "Ask Uptrends what the account has now") \
	X(APPLY, "apply", "Import all that is new or changed") \
	X(UPTRENDS_ACCOUNT, "uptrends-account", "Name the Uptrends account to ask") \
	X(IMPORT, "import", "Take over a configuration document from a file: its plan first") \
	X(EXPORT, "export", "Write the configuration into a file, secrets masked") \
	X(PRUNE, "prune", "Delete what the document does not name, or let it stay") \
	X(SECRETS, "secrets", "Name the file with the URLs that the document masks") \
	X(READ_AGAIN, "read-again", "Read the document's file anew") \
	X(MOVE_DOWN, "move-down", "Next row") \
	X(MOVE_UP, "move-up", "Previous row") \
	X(PAGE_DOWN, "page-down", "Next page") \
	X(PAGE_UP, "page-up", "Previous page") \
	X(MOVE_FIRST, "move-first", "First row") \
	X(MOVE_LAST, "move-last", "Last row") \
	X(JUMP, "jump", "A letter on each row; typing it goes there") \
	X(COLUMNS, "columns", "Which columns are shown") \
	X(NEXT_PANE, "next-pane", "Next part of the screen") \
	X(ZOOM, "zoom", "This part of the screen alone, or all of it again") \
	X(FILTER, "filter", "Narrow the list: words, ~letters, !not, column:word") \
	X(NEXT_MATCH, "next-match", "Next row that meets the last filter") \
	X(PREVIOUS_MATCH, "previous-match", "Row before that meets it") \
	X(SORT, "sort", "Sort by the next column") \
	X(SORT_REVERSE, "sort-reverse", "Turn the order round") \
	X(FOLLOW, "follow", "Stay on the newest row, or no longer") \
	X(MARK, "mark", "Mark the row, or take its mark away") \
	X(MARK_RANGE, "mark-range", "Mark from here; again: to here") \
	X(MARK_ALL, "mark-all", "Mark every row that is shown") \
	X(UNMARK, "unmark", "Take all marks away") \
	X(OPEN, "open", "Open what the cursor is on") \
	X(ADD, "add", "Add one like this, beside it") \
	X(ADD_INSIDE, "add-inside", "Add one inside this") \
	X(ADD_RECURRING, "recurring", "Plan maintenance that recurs") \
	X(EDIT, "edit", "Change it") \
	X(CLONE, "clone", "Add a copy of it") \
	X(DELETE, "delete", "Delete it, after showing what goes with it") \
	X(TOGGLE, "toggle", "Switch it on or off") \
	X(HISTORY, "history", "Who changed it, when, and what") \
	X(LINKS_OF, "links-of", "The links that it has a part in") \
	X(MOVE_LINK, "move-to-level", "Move the links to another level") \
	X(POINT_LINK, "point-at", "Point the links at another service") \
	X(COPY_LINK, "copy-to", "Copy the links to another alert definition") \
	X(MATRIX, "matrix", "Links as a matrix, or as a list") \
	X(PAINT, "paint", "Link at the level that is painted, or no longer") \
	X(MOVE_LEFT, "move-left", "Column before") \
	X(MOVE_RIGHT, "move-right", "Next column") \
	X(PAGE_LEFT, "page-left", "Columns before") \
	X(PAGE_RIGHT, "page-right", "Next columns") \
	X(MARK_ROW, "mark-row", "Mark the row, for all that is painted") \
	X(MARK_COLUMN, "mark-column", "Mark the column, for all that is painted") \
	X(COPY_ROW, "copy-row", "Copy which services the monitor reaches") \
	X(PASTE_ROW, "paste-row", "Let the monitor reach what was copied") \
	X(FILTER_COLUMNS, "filter-columns", "Narrow the columns down") \
	X(UNDO, "undo", "Undo your last change of configuration") \
	X(REDO, "redo", "Make again what you undid last") \
	X(MODE, "mode", "Dry-run, paused or live") \
	X(ENGINE_START, "start-engine", "Start an engine for this database") \
	X(ENGINE_STOP, "stop-engine", "Stop the engine of this database") \
	X(IDENTIFY, "identify", "Say that the cause is known") \
	X(NOTE, "note", "Add words to the incident") \
	X(RESOLVE, "resolve", "Say that it is over") \
	X(RECOVER, "recover", "Send the recovery: Monitoring, operational") \
	X(DETACH, "detach", "Leave the page to a person") \
	X(RETRY, "retry", "Try the update again now") \
	X(CANCEL, "cancel", "Never send the update") \
	X(RELEASE, "release", "Let go what is held: it goes public") \
	X(MUTE, "mute", "No alerts of it for a while") \
	X(OPEN_INCIDENT, "open-incident", "Open an incident by hand") \
	X(RESYNC, "resync", "Tell the page again what differs") \
	X(WHAT_IF, "what-if", "What would be sent, and when, if it failed") \
	X(EXPLAIN, "explain", "Each gate to the page: open, or shut and why") \
	X(COVERAGE, "coverage", "Active monitors that reach no service") \
	X(UNMATCHED, "unmatched", "Events of monitors that nobody knows, to adopt them") \
	X(ADOPT, "adopt", "Say which monitor it is; its last event counts") \
	X(ERROR_FOR, "error-for", "How long the outage is to last") \
	X(CHECK_EVERY, "check-every", "How often it is checked") \
	X(START_AT, "start-at", "When its first error comes") \
	X(TEST, "test", "Its exact requests, and a test of them") \
	X(TEST_ALL, "test-all", "Test every service") \
	X(TEST_EVENT, "test-event", "Both updates, the disruption or the recovery") \
	X(CONNECT, "connect", "Resolve, connect, TLS; no request") \
	X(SEND_TEST, "send-test", "Send it for real: the public may see it") \
	X(COPY, "copy", "Copy its name, key, URL, JSON or curl line; no secret") \
	X(SAVE, "save", "Save the form") \
	X(NEXT_FIELD, "next-field", "Next field") \
	X(PREVIOUS_FIELD, "previous-field", "Field before") \
	X(EDITOR, "editor", "Edit the text in your $EDITOR") \
	X(BULK, "act-on", "What can be done with the marked rows, or with this one") \
	X(PALETTE, "palette", "Find a screen, a command or an object by name") \
	X(PREVIOUS_SCREEN, "previous-screen", "The screen before, as it was left; again: this one") \
	X(NEXT_SIBLING, "next-sibling", "What is next in the list that this was opened from") \
	X(PREVIOUS_SIBLING, "previous-sibling", "What is before it there") \
	X(NEXT_SERVICE, "next-service", "The next service alone; after the last one, all of them") \
	X(PREVIOUS_SERVICE, "previous-service", "The service before it alone") \
	X(NEXT_LEVEL, "next-level", "Paint at the next escalation level") \
	X(PREVIOUS_LEVEL, "previous-level", "Paint at the level before it") \
	X(MESSAGES, "messages", "What the line above the hints has said") \
	X(FREEZE, "freeze", "Hold the display still, or let it run again") \
	X(MOUSE, "mouse", "Let the mouse select and scroll, or no longer") \
	X(REDRAW, "redraw", "Paint the screen anew") \
	X(SUSPEND, "suspend", "Stop hublink; fg brings it back")
/* clang-format on */

enum action {
#define X(id, name, help) ACTION_##id,
	CONSOLE_ACTIONS(X)
#undef X
		ACTION_COUNT
};

struct action_info {
	const char *name; /* as a command */
	const char *help; /* one sentence */
};
extern const struct action_info action_infos[ACTION_COUNT];

/* ncurses numbers its function keys as if they were U+0101 and so on: characters there and
 * above carry a mark. */
enum { KEY_IS_CHAR = 0x200000 };

/* The character that a key types; -1: it is a function key or a control character. */
int key_char(int key);

/* One key of a keymap. A map ends with key 0. */
struct key_binding {
	int key; /* a code point, or KEY_… of ncurses */
	enum action action;
};

/* A screen's own keys come first; what it does not bind is looked up in its parent. */
struct keymap {
	const struct key_binding *bindings;
	const struct keymap *parent;
};

extern const struct keymap keymap_global;
extern const struct keymap keymap_list;
extern const struct keymap keymap_objects; /* monitors, services …: mute, resync … */
extern const struct keymap keymap_records; /* lists and screens of records: add, edit … */
extern const struct keymap keymap_whatif;      /* the screen of a simulation */
extern const struct keymap keymap_test;        /* the screens of tests */
extern const struct keymap keymap_incident;    /* an operator's word */
extern const struct keymap keymap_delivery;    /* retry, cancel, release */
extern const struct keymap keymap_room;        /* both, and what objects know */
extern const struct keymap keymap_links;       /* the list of service links */
extern const struct keymap keymap_maintenance; /* windows, and what recurs */
extern const struct keymap keymap_history;     /* what the public was told */
extern const struct keymap keymap_unmatched;   /* events of monitors unknown */
extern const struct keymap keymap_uptrends;    /* an account that is taken over */
extern const struct keymap keymap_document;    /* a document that is imported */
extern const struct keymap keymap_matrix;      /* links as monitors x services */
extern const struct keymap keymap_form;        /* while a form takes text: no parent */

/* Who may it behind a gate: the least role that may it on something. What an admin alone may
 * (a monitor's form, not a window's) is asked again where it happens. */
enum gate_role action_role(enum action action);

/* Does the action act on the row under the cursor, so that an empty list has no use for it? */
bool action_is_of_row(enum action action);

/* Does the action change something, so that a read-only console refuses it? */
bool action_changes(enum action action);

enum action keymap_find(const struct keymap *map, int key);

enum { KEY_TITLE_SIZE = 16 };

/* The name of a key as people say it: "Enter", "Ctrl-L", "j". Returns ret or a constant. */
const char *key_title(int key, char ret[KEY_TITLE_SIZE]);

/* The key that people call so, as key_title does; 0: none. */
int key_parse(const char *name);

/* The action of that name; ACTION_NONE: there is none. */
enum action action_parse(const char *name);

/* The first key bound to the action in map or its parents; 0 if none. */
int keymap_key_of(const struct keymap *map, enum action action);

#endif
