#include "tui/console/resync_dialog.h"

#include <stdlib.h>
#include <string.h>

#include "core/judge/act.h"
#include "tui/console/dialog.h"
#include "tui/console/said.h"

static const char title[] = "Resync";

struct resync {
	int64_t *ids;
	size_t count, capacity;
};

static void resync_free(void *arg)
{
	struct resync *resync = arg;

	free(resync->ids);
	free(resync);
}

static void on_confirmed(struct app *app, void *arg, int answer)
{
	const struct resync *resync = arg;
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;
	struct err err = { 0 };

	if (answer == 0)
		return;
	app->needs_load = true;
	if (act_resync(app->store, resync->ids, resync->count, false, app_now(app),
		       &result, &err))
		said_show(app, title, &result);
	else
		said_refused(app, title, err.text);
}

/* "Nothing differs …" and no more: there is nothing to ask. */
static bool is_nothing(const struct act_result *plan)
{
	const char *end = strchr(buf_text(&plan->said), '\n');

	return plan->count == 0 && (end == NULL || end[1] == '\0');
}

/* Takes resync over. */
static void show_plan(struct app *app, struct resync *resync)
{
	DEFER(act_result_done) struct act_result plan = ACT_RESULT_INIT;
	DEFER(buf_done) struct buf text = BUF_INIT(2 * ACT_SAID_MAX);
	const struct dialog_question question = { .title = title,
						  .choices = dialog_yes,
						  .escape = "back",
						  .answered = on_confirmed,
						  .arg = resync,
						  .free_arg = resync_free };

	if (!act_resync(app->store, resync->ids, resync->count, true, app_now(app), &plan,
			&app->message) ||
	    is_nothing(&plan)) {
		if (plan.said.len > 0)
			said_show(app, title, &plan);
		resync_free(resync);
		return;
	}
	buf_addf(&text, "This would be done, and the public reads it. Do it?\n\n%s",
		 buf_text(&plan.said));
	dialog_ask(app, &question, buf_text(&text));
}

void resync_ask(struct app *app, const int64_t *service_ids, size_t count)
{
	if (!app_may_act(app, ACTION_RESYNC))
		return;
	struct resync *resync = mem_new(1, sizeof(*resync));
	for (size_t i = 0; i < count; i++)
		VEC_PUSH(resync->ids, resync->count, resync->capacity) = service_ids[i];
	show_plan(app, resync);
}

static bool keep_service(void *arg, const void *rec)
{
	struct resync *resync = arg;
	const struct service *service = rec;

	VEC_PUSH(resync->ids, resync->count, resync->capacity) = service->head.id;
	return true;
}

void resync_ask_integration(struct app *app, int64_t integration_id)
{
	if (!app_may_act(app, ACTION_RESYNC))
		return;
	struct resync *resync = mem_new(1, sizeof(*resync));
	bool listed = store_list(app->store, RECORD_SERVICE, integration_id, keep_service,
				 resync, &app->message);
	if (!listed || resync->count == 0) {
		if (listed)
			app_note(app, "This integration has no service");
		resync_free(resync);
		return;
	}
	show_plan(app, resync);
}
