/* A screen of the console: operations and state. A view draws only in draw(), changes state
 * only in load() and act(), and says what must be refreshed; app does the rest. */
#ifndef CONSOLE_VIEW_H
#define CONSOLE_VIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/err.h"
#include "core/store.h"
#include "tui/console/keys.h"
#include "tui/console/paint.h"

struct app;
struct lines;
struct list;
struct view;

/* What an action asks of app. */
enum reaction {
	REACTION_IGNORED, /* not this view's action */
	REACTION_REDRAW,
	REACTION_RELOAD,
	REACTION_CLOSE, /* take me off the stack */
};

/* Which view shows an object; ops NULL: there is none. */
struct view_subject {
	const struct view_ops *ops;
	int64_t object_id;
	enum record_kind object_kind;
};

struct view_ops {
	const char *name;  /* "incidents" */
	const char *title; /* "Incidents", for the second row */
	size_t size;       /* of the view's struct, whose first member is struct view */
	const struct keymap *keys;
	const enum action
		*hints; /* for the footer, most important first; ends with ACTION_NONE */
	void (*init)(struct view *view);
	void (*done)(struct view *view);
	/* Read what is shown. On failure the view keeps what it had; app shows the sentence. */
	bool (*load)(struct view *view, struct store *store, int64_t now_ms,
		     struct err *err);
	void (*draw)(struct view *view, struct rect area, int64_t now_ms);
	enum reaction (*act)(struct view *view, struct app *app, enum action action);
	/* A key before the keymap sees it, for what takes text; REACTION_IGNORED: the keymap
	 * may have it. NULL: none. */
	enum reaction (*key)(struct view *view, struct app *app, int key);
	/* A bracketed paste, whole. NULL: refused with a sentence, for a paste runs no
	 * commands. */
	enum reaction (*paste)(struct view *view, struct app *app, const char *text);
	/* It has left the stack by REACTION_CLOSE and is freed next: what it was asked for
	 * can be done now, by the view that is shown again. May be NULL. */
	void (*closed)(struct view *view, struct app *app);
	/* The cursor to this record, with the next load. NULL: it shows none to choose. */
	void (*select)(struct view *view, enum record_kind kind, int64_t id);
	/* The list that the cursor is in: filtered, sorted and marked by app. NULL: none. */
	struct list *(*list)(struct view *view);
	/* The list that may be long, where the cursor may be in another. NULL: it is that. */
	struct list *(*long_list)(struct view *view);
	/* What it waits for beside keys and the store: ready is called when fd is readable,
	 * whatever is drawn over the view. -1: nothing just now. Both may be NULL. */
	int (*fd)(const struct view *view);
	void (*ready)(struct view *view, struct app *app);
	/* When its text next changes although nothing is committed, if that is not with the
	 * next whole minute; 0: then. NULL: it never does sooner. */
	int64_t (*changes_ms)(const struct view *view, int64_t now_ms);
	/* What the cursor is on, and which view shows it: the same that Enter opens. Without
	 * a row its ops is NULL. NULL: nothing to be shown beside it. */
	struct view_subject (*subject)(const struct view *view);
	/* The text that it shows, where that is all. NULL: it shows something else. */
	struct lines *(*lines)(struct view *view);
	bool overlay; /* a dialog: drawn over the view under it */
	/* Right of the title: "42 open". May be NULL. */
	void (*summary)(const struct view *view, int64_t now_ms, struct buf *ret);
};

struct view {
	const struct view_ops *ops;
	int64_t object_id; /* what it is about: an incident, a delivery; 0: none */
	enum record_kind object_kind; /* where it is about a record of any kind */
	enum action opened_by;        /* what was done in the view under it; else none */
};

/* Made by its ops, on no stack yet and not loaded. */
struct view *view_new(const struct view_ops *ops, int64_t object_id);
void view_free(struct view *view); /* NULL is fine */

/* Push a screen about an object; the screen it was opened from is under it. Returns the
 * new view, not loaded yet, or NULL when the stack is full. */
struct view *app_open(struct app *app, const struct view_ops *ops, int64_t object_id);

/* The help, for the keys of the screen that it is opened from. */
void help_open(struct app *app, const struct keymap *keys);

extern const struct view_ops view_dashboard, view_incidents, view_incident,
	view_deliveries, view_delivery, view_monitors, view_monitor, view_help,
	view_integrations, view_definitions, view_links, view_maintenance, view_history;

#endif
