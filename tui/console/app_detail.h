/* What the cursor of a list is on, shown beside the list wherever there is room. */
#ifndef CONSOLE_APP_DETAIL_H
#define CONSOLE_APP_DETAIL_H

#include "tui/console/app.h"

/* The view that keys mean: the shown one, or what stands beside it. */
struct view *app_focus(const struct app *app);

/* The view that is drawn under dialogs. */
struct view *app_base(const struct app *app);

/* The detail to what the cursor is on now: after a load, and before each frame. */
void app_detail_follow(struct app *app, int64_t now_ms);

/* The lowest view and what is beside it. */
void app_detail_draw(struct app *app, struct rect body, int64_t now_ms);

/* Keys for the list alone, or for what is beside it. False: nothing is. */
bool app_detail_focus(struct app *app, bool focused);

/* Tab: the other one of the two. */
void app_detail_next(struct app *app);

/* z: one of the two alone, or both again; what there is no room for is opened. */
void app_detail_zoom(struct app *app);

/* Is this place on the screen in the detail? */
bool app_detail_covers(const struct app *app, int y, int x);

#endif
