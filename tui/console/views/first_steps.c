/* The first ten minutes: each step tells from the database whether it is done, and opens
 * the form or screen that does it. */
#include "tui/console/first_steps.h"

#include <string.h>

#include "core/base/text.h"
#include "tui/console/link_matrix.h"
#include "tui/console/mode_dialog.h"
#include "tui/console/record_acts.h"
#include "tui/console/rows.h"
#include "tui/console/sentence.h"
#include "tui/console/test_view.h"

/* What there is; ids are of the first one, 0: none. */
struct facts {
	int64_t integration, service, monitor, definition, level, placement, link;
	bool decided, told, live;
};

struct step_line {
	int64_t id; /* its number */
	bool done;
	const char *title, *help;
};

struct first_steps {
	struct view view;
	struct list list;
	struct facts facts;
	size_t open;
};

static const struct view_ops view_first_steps;

static struct first_steps *steps_of(struct view *view)
{
	return (struct first_steps *)view;
}

/* ---- the steps ---- */

static bool has_integration(const struct facts *f)
{
	return f->integration != 0;
}

static bool has_service(const struct facts *f)
{
	return f->service != 0;
}

static bool has_monitor(const struct facts *f)
{
	return f->monitor != 0;
}

static bool has_level(const struct facts *f)
{
	return f->level != 0;
}

static bool has_link(const struct facts *f)
{
	return f->link != 0;
}

static bool has_decided(const struct facts *f)
{
	return f->decided || f->told;
}

static bool has_told(const struct facts *f)
{
	return f->told;
}

static bool is_live(const struct facts *f)
{
	return f->live;
}

static void add_integration(struct app *app, const struct facts *f)
{
	(void)f;
	(void)record_add(app, RECORD_INTEGRATION, 0);
}

static void add_service(struct app *app, const struct facts *f)
{
	if (f->integration == 0)
		app_note(app, "A service belongs to an integration: add that first");
	else
		(void)record_add(app, RECORD_SERVICE, f->integration);
}

static void add_monitor(struct app *app, const struct facts *f)
{
	(void)f;
	(void)record_add(app, RECORD_MONITOR, 0);
}

static void add_definition(struct app *app, const struct facts *f)
{
	if (f->definition == 0)
		(void)record_add(app, RECORD_DEFINITION, 0);
	else
		(void)record_add(app, RECORD_LEVEL, f->definition);
}

static void add_link(struct app *app, const struct facts *f)
{
	if (f->level == 0)
		app_note(app, "A link belongs to an escalation level: add that first");
	else if (f->placement == 0)
		(void)record_add(app, RECORD_PLACEMENT, f->level);
	else
		link_matrix_open(app, f->placement);
}

static void open_test(struct app *app, const struct facts *f)
{
	if (f->service == 0)
		app_note(app, "There is no service to test yet: add one first");
	else
		test_open(app, f->service);
}

static void go_live(struct app *app, const struct facts *f)
{
	(void)f;
	mode_dialog(app);
}

struct step {
	const char *title, *help;
	bool (*is_done)(const struct facts *facts);
	void (*open)(struct app *app, const struct facts *facts);
};

static const struct step steps[] = {
	{ "An integration: the status page to tell",
	  "One for each StatusHub page. The defaults do; its texts are what the public "
	  "reads. Who comes from Uptrends takes all of it over: I.",
	  has_integration, add_integration },
	{ "A service, with its URL from StatusHub",
	  "In StatusHub: 1. Log in and click the pencil of your status site. 2. Service "
	  "& "
	  "integrations, in the menu on the left. 3. Edit a service; under "
	  "Enable/disable "
	  "integrations click Uptrends, so that it is highlighted. 4. Update Service: "
	  "the "
	  "list of services now shows its URL, "
	  "https://hooks.statushub.io/hooks/uptrends?token=... Paste it into Service "
	  "URL.",
	  has_service, add_service },
	{ "A monitor", "What is checked. Events name it: `hublink event MONITOR error`.",
	  has_monitor, add_monitor },
	{ "An alert definition with an escalation level",
	  "Which monitors alert, and after how many errors or minutes. First the "
	  "definition, naming its monitors; then, once more here, its first level.",
	  has_level, add_definition },
	{ "A link from the monitor to the service",
	  "First place the integration in the level; then, once more here, Space links a "
	  "monitor to a service.",
	  has_link, add_link },
	{ "A dry run: the exact requests, nothing is sent",
	  "Shows each byte that would be sent. Nothing of it is kept: this step counts "
	  "as "
	  "done once an update was decided or a test was sent.",
	  has_decided, open_test },
	{ "A test send: one disruption, then its recovery",
	  "Titled \"TEST\", to be tried on a test page first; it asks for the service's "
	  "name.",
	  has_told, open_test },
	{ "Going live",
	  "Until then everything is decided and recorded, and nothing is sent. Start an "
	  "engine, too: & does.",
	  is_live, go_live },
};

/* ---- reading ---- */

static bool keep_first(void *arg, const void *rec)
{
	*(int64_t *)arg = ((const struct record_head *)rec)->id;
	return false;
}

static bool is_any(void *arg, const struct delivery *delivery)
{
	(void)delivery;
	*(bool *)arg = true;
	return false;
}

static bool read_facts(struct store *store, struct facts *ret, struct err *err)
{
	struct {
		enum record_kind kind;
		int64_t *id;
	} const first[] = {
		{ RECORD_INTEGRATION, &ret->integration },
		{ RECORD_SERVICE, &ret->service },
		{ RECORD_MONITOR, &ret->monitor },
		{ RECORD_DEFINITION, &ret->definition },
		{ RECORD_LEVEL, &ret->level },
		{ RECORD_PLACEMENT, &ret->placement },
		{ RECORD_LINK, &ret->link },
	};
	struct filter any = FILTER_ALL;
	enum mode mode;

	*ret = (struct facts){ 0 };
	for (size_t i = 0; i < COUNT_OF(first); i++)
		if (!store_list(store, first[i].kind, 0, keep_first, first[i].id, err))
			return false;
	any.limit = 1;
	if (!store_list_deliveries(store, &any, is_any, &ret->decided, err))
		return false;
	any.told = true;
	if (!store_list_deliveries(store, &any, is_any, &ret->told, err) ||
	    !store_mode(store, &mode, err))
		return false;
	ret->live = mode == MODE_LIVE;
	return true;
}

static size_t count_open(const struct facts *facts)
{
	size_t open = 0;

	for (size_t i = 0; i < COUNT_OF(steps); i++)
		open += !steps[i].is_done(facts);
	return open;
}

/* The cursor begins at what is to be done next. */
static bool steps_load(struct view *view, struct store *store, int64_t now_ms,
		       struct err *err)
{
	struct first_steps *v = steps_of(view);
	size_t was_open = v->open;
	int64_t next = 0;

	(void)now_ms;
	if (!read_facts(store, &v->facts, err))
		return false;
	v->open = count_open(&v->facts);
	list_begin(&v->list);
	for (size_t i = 0; i < COUNT_OF(steps); i++) {
		const struct step_line line = { (int64_t)i + 1,
						steps[i].is_done(&v->facts),
						steps[i].title, steps[i].help };
		if (!line.done && next == 0)
			next = line.id;
		list_add(&v->list, &line);
	}
	if (v->open != was_open && next != 0)
		list_select(&v->list, next);
	list_end(&v->list);
	return true;
}

/* ---- the screen ---- */

static void step_number(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_addf(ret, "%lld", (long long)((const struct step_line *)row)->id);
}

static void step_state(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, ((const struct step_line *)row)->done ? "done" : "open");
}

static enum role step_role(const void *row)
{
	return ((const struct step_line *)row)->done ? ROLE_OK : ROLE_WARN;
}

static void step_title(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, ((const struct step_line *)row)->title);
}

static const struct column columns[] = {
	{ "", 1, 0, NULL, step_number },
	{ "", 4, 0, step_role, step_state },
	{ "Step", 0, 0, NULL, step_title },
};

static void steps_init(struct view *view)
{
	list_init(&steps_of(view)->list, columns, COUNT_OF(columns),
		  sizeof(struct step_line));
}

static void steps_done(struct view *view)
{
	list_done(&steps_of(view)->list);
}

static void steps_draw(struct view *view, struct rect area, int64_t now_ms)
{
	struct first_steps *v = steps_of(view);
	int rows = (int)COUNT_OF(steps);
	int most = area.rows >= 2 * rows ? rows : area.rows / 2;
	struct rect list = { area.y, area.x, most, area.columns };
	struct rect help = { area.y + most + 1, area.x + 1, area.rows - most - 1,
			     area.columns - 2 };

	list_draw(&v->list, list, true, false, now_ms, "");
	const struct step_line *step = list_current(&v->list);
	if (step == NULL || help.rows < 1)
		return;
	int used = sentence_draw(help, ROLE_TEXT, step->help) + 1;
	help.y += used;
	help.rows -= used;
	(void)sentence_draw(help, ROLE_DIM,
			    "Enter does it. Esc leaves; + comes back here.");
}

static enum reaction steps_act(struct view *view, struct app *app, enum action action)
{
	struct first_steps *v = steps_of(view);
	const struct step_line *step = list_current(&v->list);

	if (action == ACTION_FIRST_STEPS)
		return REACTION_REDRAW;
	if (list_act(&v->list, action))
		return REACTION_REDRAW;
	if (action != ACTION_OPEN || step == NULL)
		return REACTION_IGNORED;
	steps[step->id - 1].open(app, &v->facts);
	return REACTION_RELOAD;
}

static void steps_summary(const struct view *view, int64_t now_ms, struct buf *ret)
{
	const struct first_steps *v = (const struct first_steps *)view;

	(void)now_ms;
	if (v->open > 0)
		buf_addf(ret, "%zu of %zu done", COUNT_OF(steps) - v->open,
			 COUNT_OF(steps));
	else
		buf_adds(ret, "all done");
}

static const enum action hints[] = { ACTION_HELP, ACTION_OPEN, ACTION_BACK, ACTION_QUIT,
				     ACTION_NONE };

static const struct view_ops view_first_steps = {
	.name = "first-steps",
	.title = "First steps",
	.size = sizeof(struct first_steps),
	.keys = &keymap_list,
	.hints = hints,
	.init = steps_init,
	.done = steps_done,
	.load = steps_load,
	.draw = steps_draw,
	.act = steps_act,
	.summary = steps_summary,
};

void first_steps_open(struct app *app)
{
	struct facts facts;

	if (!read_facts(app->store, &facts, &app->message))
		return;
	if (count_open(&facts) == 0)
		app_note(app, "All first steps are done");
	else
		(void)app_open(app, &view_first_steps, 0);
}

void first_steps_greet(struct app *app)
{
	struct facts facts;
	struct err err = { 0 };

	if (read_facts(app->store, &facts, &err) && facts.integration == 0 &&
	    facts.monitor == 0 && facts.definition == 0)
		(void)app_open(app, &view_first_steps, 0);
}
