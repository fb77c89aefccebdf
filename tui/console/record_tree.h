/* Records under the records that hold them, as one list: integrations and their services,
 * alert definitions with levels and placed integrations. */
#ifndef CONSOLE_RECORD_TREE_H
#define CONSOLE_RECORD_TREE_H

#include "tui/console/app.h"
#include "tui/console/rows.h"

struct tree_line {
	int64_t id; /* of the row: unique among all kinds */
	enum record_kind kind;
	int64_t record_id, parent_id;
	enum role state_role;
	char name[ROW_NAME];
	char state[24];
	char about[ROW_NOTE];
};

struct record_tree {
	struct view view;
	struct list list;
};

/* For view_ops: the struct of such a view is struct record_tree. */
void record_tree_init(struct view *view);
void record_tree_done(struct view *view);
struct list *record_tree_list(struct view *view);
struct view_subject record_tree_subject(const struct view *view);
void record_tree_select(struct view *view, enum record_kind kind, int64_t id);
enum reaction record_tree_act(struct record_tree *tree, struct app *app,
			      enum action action, enum record_kind root);

/* A row with id, kind and name filled in. */
struct tree_line record_tree_line(enum record_kind kind, int64_t id, int64_t parent_id,
				  const char *name);

extern const enum action record_tree_hints[];

#endif
