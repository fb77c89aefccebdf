#include "tui/console/engine_control.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

#include "core/base/lock.h"
#include "tui/console/dialog.h"

enum { LOG_LINES = 12, TEXT_MAX = 65536 };

static int64_t holder(const struct app *app)
{
	return lock_holder(store_path(app->store));
}

/* ---- starting ---- */

static void on_start(struct app *app, void *arg, int answer)
{
	struct engine_process *process = &app->engine;

	(void)arg;
	if (answer == 0 || process->ended_fd >= 0)
		return;
	if (!engine_process_start(store_path(app->store), process, &app->message))
		return;
	app->engine_stopping = app->engine_worked = false;
	app_note(app, "Starting an engine: process %lld", (long long)process->pid);
}

static void add_consequences(const struct counts *counts, enum mode mode, struct buf *ret)
{
	long long queued = (long long)counts->deliveries_queued;
	long long pending = (long long)counts->events_pending;

	if (mode == MODE_LIVE && queued > 0)
		buf_addf(ret, "The mode is live: %lld update%s, for the public to read. ",
			 queued, queued == 1 ? " leaves" : "s leave");
	else if (mode == MODE_LIVE)
		buf_adds(ret, "The mode is live, and no update waits. ");
	else
		buf_addf(ret, "The mode is %s: nothing leaves. ", mode_text(mode));
	if (pending > 0)
		buf_addf(ret,
			 "%lld event%s not judged yet, and may open or recover incidents "
			 "at once.",
			 pending, pending == 1 ? " is" : "s are");
}

static void ask_to_start(struct app *app)
{
	static const struct dialog_choice choices[] = { { 'y', "start it", 1 },
							{ 0, NULL, 0 } };
	static const struct dialog_question question = { .title = "Start an engine?",
							 .choices = choices,
							 .escape = "back",
							 .answered = on_start };
	DEFER(buf_done) struct buf text = BUF_INIT(TEXT_MAX);
	struct counts counts;

	if (holder(app) != 0) {
		app_note(app, "An engine (process %lld) works on this database already",
			 (long long)holder(app));
		return;
	}
	if (!store_counts(app->store, app_now(app), &counts, &app->message))
		return;
	buf_addf(&text,
		 "This starts an engine for %s. It works on when you leave the console; "
		 "its log is %s.engine.log.\n\n",
		 store_path(app->store), store_path(app->store));
	add_consequences(&counts, app->mode, &text);
	dialog_ask(app, &question, buf_text(&text));
}

/* ---- stopping ---- */

static void on_stop(struct app *app, void *arg, int answer)
{
	int64_t pid = holder(app);

	(void)arg;
	if (answer == 0 || pid == 0)
		return;
	app->engine_stopping = true;
	if (kill((pid_t)pid, SIGTERM) != 0)
		(void)fail(&app->message, ERR_FAILED,
			   "The engine (process %lld) cannot be stopped: %s; stop it as "
			   "the account that runs it",
			   (long long)pid, strerror(errno));
	else
		app_note(app,
			 "The engine (process %lld) finishes what is in flight and ends",
			 (long long)pid);
}

static void add_many(struct buf *ret, int64_t count, const char *what)
{
	buf_addf(ret, "%lld %s%s", (long long)count, what, count == 1 ? "" : "s");
}

static void add_waiting(const struct counts *counts, struct buf *ret)
{
	buf_adds(ret, "the errors and OKs of ");
	add_many(ret,
		 counts->monitors_ok + counts->monitors_error + counts->monitors_unknown +
			 counts->monitors_maintenance,
		 "monitor");
	buf_adds(ret, ", ");
	add_many(ret, counts->deliveries_queued, "queued update");
	buf_adds(ret, ", ");
	add_many(ret, counts->deliveries_held, "held update");
	buf_adds(ret, ", and the recovery of ");
	add_many(ret, counts->incidents_investigating + counts->incidents_identified,
		 "open incident");
	buf_addc(ret, '.');
}

static void ask_to_stop(struct app *app)
{
	static const struct dialog_choice choices[] = { { 'y', "stop it", 1 },
							{ 0, NULL, 0 } };
	static const struct dialog_question question = { .title = "Stop the engine?",
							 .choices = choices,
							 .escape = "back",
							 .answered = on_stop };
	DEFER(buf_done) struct buf text = BUF_INIT(TEXT_MAX);
	struct counts counts;
	int64_t pid = holder(app);

	if (pid == 0) {
		app_note(app, "No engine runs");
		return;
	}
	if (!store_counts(app->store, app_now(app), &counts, &app->message))
		return;
	buf_addf(&text,
		 "The engine (process %lld) finishes what is in flight, at most 5 "
		 "seconds, and ends. Until one runs again nothing is judged and nothing "
		 "is sent: the page keeps what it was told last.\n\nWhat waits "
		 "meanwhile: ",
		 (long long)pid);
	add_waiting(&counts, &text);
	buf_adds(&text,
		 "\n\nA service manager that keeps it running may start it again.");
	dialog_ask(app, &question, buf_text(&text));
}

bool engine_control_act(struct app *app, enum action action)
{
	bool starts = action == ACTION_ENGINE_START;

	if (!starts && action != ACTION_ENGINE_STOP)
		return false;
	if (!app_may_change(app))
		return true;
	if (starts)
		ask_to_start(app);
	else
		ask_to_stop(app);
	return true;
}

/* ---- what became of it ---- */

void engine_control_look(struct app *app)
{
	const struct engine_process *process = &app->engine;

	if (process->ended_fd < 0 || app->engine_worked || holder(app) != process->pid)
		return;
	app->engine_worked = true;
	app_note(app, "The engine works: process %lld, its log is %s",
		 (long long)process->pid, process->log);
}

void engine_control_ended(struct app *app)
{
	static const struct dialog_question question = { .title = "The engine ended",
							 .escape = "back" };
	DEFER(buf_done) struct buf text = BUF_INIT(TEXT_MAX);
	const struct engine_process *process = &app->engine;

	app->needs_load = true;
	app->note[0] = '\0';
	if (app->engine_stopping) {
		app_note(app, "The engine (process %lld) has ended",
			 (long long)process->pid);
	} else {
		buf_addf(&text,
			 "Process %lld, which was started here, has ended%s. %s:\n\n",
			 (long long)process->pid,
			 app->engine_worked ? "" : " before it began to work",
			 process->log);
		engine_process_add_log(process, LOG_LINES, &text);
		dialog_ask(app, &question, buf_text(&text));
	}
	engine_process_done(&app->engine);
}
