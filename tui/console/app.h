/* The console's frame: a stack of views, the rows above and below them, and the one place
 * that waits. */
#ifndef CONSOLE_APP_H
#define CONSOLE_APP_H

#include "tui/console/console.h"
#include "tui/console/detail.h"
#include "tui/console/drafts.h"
#include "tui/console/term.h"
#include "tui/console/messages.h"
#include "tui/console/palette.h"
#include "tui/console/view.h"
#include "tui/engine_process.h"

struct uptrends_desk;

enum { VIEW_STACK_MAX = 16, SCREENS_MAX = 16 };
enum { STEADY_MS = 3000 }; /* after a key the rows of a list keep their order */

struct app {
	struct store *store;
	const struct console_options *options;
	struct view *stack[VIEW_STACK_MAX];
	int depth; /* views on the stack; the last one is shown */
	/* Top-level screens, once they were shown: each keeps its cursor and filter. The
	 * first view of a stack is one of them. */
	struct view *screens[SCREENS_MAX];
	int screen_count;
	struct view *parked[VIEW_STACK_MAX]; /* the stack before: where - leads */
	int parked_depth;
	bool quit, frozen, needs_load, needs_draw;
	struct detail detail; /* beside the shown list; see app_detail.h */
	bool detail_focused;  /* keys go there */
	bool zoomed;          /* one of the two alone */
	bool needs_rows;      /* the shown list has come to rows that are not loaded */
	bool order_held;     /* its rows would stand otherwise, were nobody at the keys */
	int64_t key_boot_ms; /* when the last key came */
	int64_t key_done_boot_ms;  /* when what it means was done */
	const char *answered_word; /* the rest of a choice's word; see dialog_goes_on */
	enum mode mode;
	bool engine_running;
	struct pulse pulse;           /* of the whole, as last loaded */
	enum store_trouble trouble;   /* with the disk */
	struct engine_process engine; /* started from here; see engine_control.h */
	bool engine_worked, engine_stopping;
	int64_t change_ms; /* when the text on screen next changes by itself; 0: never */
	int64_t loaded_ms; /* when the shown view was last loaded */
	int64_t progress_boot_ms; /* when the progress of a search was last shown */
	struct err message;       /* last row but one: the last failure, until a key */
	char note[ERR_TEXT_SIZE]; /* the same for what went well */
	struct palette_recent *recent;  /* what the palette ran */
	struct messages messages;       /* what stood there before */
	struct drafts drafts;           /* forms that were left unsaved */
	struct uptrends_desk *uptrends; /* an import that was left; NULL: none */
	char *imported, *exported;      /* the files last named, as typed; NULL: none */
	char host[64];
	char caption[512]; /* what a demonstration says of itself; empty: none */
};

/* The shown view. */
struct view *app_view(const struct app *app);

/* The list of the shown view that the cursor is in, and the same where keys go there; NULL:
 * none. */
struct list *app_shown_list(const struct app *app);
struct list *app_list(const struct app *app);

/* The long list of the shown view. NULL: it has none. */
struct list *app_long_list(const struct app *app);

/* Are rows of it to be shown that were not read? It knows when it is drawn. */
bool app_wants_rows(const struct app *app);

/* Is somebody at the keys? Then rows keep their order. */
bool app_is_steady(const struct app *app);

/* Free every view. */
void app_done(struct app *app);

/* Take the shown view off the stack, as REACTION_CLOSE does. Not from its own act or key:
 * those return that. */
void app_leave(struct app *app);

/* What went well, on the last row but one until a key. */
void app_note(struct app *app, const char *format, ...) PRINTF_LIKE(2, 3);

int64_t app_now(const struct app *app);

/* May configuration and journal be changed from here? False leaves the sentence that says
 * why. Behind a gate this is an admin's; what a responder may asks app_may. */
bool app_may_change(struct app *app);
bool app_may(struct app *app, enum gate_role needed);

/* May whoever sits here do this action, on something at least? Asked before any view acts. */
bool app_may_act(struct app *app, enum action action);

/* Go to a top-level screen, as it was left. The stack that is shown is kept, for
 * app_go_back; the one kept before is freed. */
void app_go(struct app *app, const struct view_ops *ops);

/* The top-level screen, made if there is none yet, and not gone to. */
struct view *app_screen(struct app *app, const struct view_ops *ops);

/* Go there as if no other screen had been shown before. */
void app_start_on(struct app *app, const struct view_ops *ops);

/* Back to the stack shown before the last app_go, whole: each view with its place. */
void app_go_back(struct app *app);

/* What stands beside the shown object in the list that it was opened from, instead of it: its
 * page, or its links or its history, if those are shown. */
void app_go_beside(struct app *app, bool next);

/* Take the shown view off the stack; what it was asked for is not done. */
void app_close(struct app *app);

/* Compose the whole screen for the moment now_ms. */
void app_draw(struct app *app, int64_t now_ms);

/* What an action does here, as its key would. */
void app_act(struct app *app, enum action action);

/* What a key does, and a paste. */
void app_key(struct app *app, int key);
void app_mouse(struct app *app, const struct term_mouse_event *event);
void app_paste(struct app *app, const char *text);

/* Read mode, engine and the shown view from the store. */
void app_load(struct app *app, int64_t now_ms);

/* Is a long list being gone through? Then app_work does a slice of that, and reads what is
 * shown otherwise. */
bool app_is_working(const struct app *app);
void app_work(struct app *app, int64_t now_ms);

#endif
