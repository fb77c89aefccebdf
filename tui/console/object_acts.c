#include "tui/console/object_acts.h"

#include "tui/console/explain_view.h"
#include "tui/console/copy.h"
#include "tui/console/links_view.h"
#include "tui/console/mute_dialog.h"
#include "tui/console/open_dialog.h"
#include "tui/console/resync_dialog.h"
#include "tui/console/test_view.h"
#include "tui/console/whatif_view.h"

typedef void act_fn(struct app *app, enum record_kind kind, int64_t id);

static void open_incident(struct app *app, enum record_kind kind, int64_t id)
{
	(void)kind;
	open_ask(app, id);
}

static void resync(struct app *app, enum record_kind kind, int64_t id)
{
	if (kind == RECORD_INTEGRATION)
		resync_ask_integration(app, id);
	else
		resync_ask(app, &id, 1);
}

static void coverage(struct app *app, enum record_kind kind, int64_t id)
{
	(void)kind;
	(void)id;
	coverage_open(app);
}

static void test_all(struct app *app, enum record_kind kind, int64_t id)
{
	(void)kind;
	(void)id;
	test_open_object(app, RECORD_SERVICE, 0);
}

static void copy(struct app *app, enum record_kind kind, int64_t id)
{
	copy_ask(app, (int)kind, id);
}

#define KIND(kind) (1u << (kind))

#define TESTED                                                                    \
	(KIND(RECORD_SERVICE) | KIND(RECORD_MONITOR) | KIND(RECORD_INTEGRATION) | \
	 KIND(RECORD_DEFINITION))

#define LINKED (TESTED | KIND(RECORD_LEVEL) | KIND(RECORD_PLACEMENT))

struct object_action {
	enum action action;
	unsigned kinds; /* KIND(…) of the records that it can be done with */
	act_fn *run;
	const char *elsewhere; /* where it belongs; NULL: it needs no record */
};

static const struct object_action actions[] = {
	{ ACTION_MUTE, KIND(RECORD_MONITOR) | KIND(RECORD_SERVICE), mute_ask,
	  "Mute a monitor, a group of it, or a service" },
	{ ACTION_OPEN_INCIDENT, KIND(RECORD_SERVICE), open_incident,
	  "An incident is opened for a service: choose one" },
	{ ACTION_RESYNC, KIND(RECORD_SERVICE) | KIND(RECORD_INTEGRATION), resync,
	  "Services are resynced: choose one, or an integration" },
	{ ACTION_WHAT_IF,
	  KIND(RECORD_MONITOR) | KIND(RECORD_SERVICE) | KIND(RECORD_DEFINITION),
	  whatif_open, "Choose a monitor, a service or a definition" },
	{ ACTION_EXPLAIN, KIND(RECORD_MONITOR) | KIND(RECORD_SERVICE), explain_open,
	  "Choose a monitor or a service" },
	{ ACTION_COVERAGE, 0, coverage, NULL },
	{ ACTION_TEST, TESTED, test_open_object,
	  "Test a service, or what a monitor, a definition or an integration leads to" },
	{ ACTION_LINKS_OF, LINKED, links_open,
	  "A monitor, a service, an integration, a definition or a level has links" },
	{ ACTION_TEST_ALL, 0, test_all, NULL },
	{ ACTION_COPY, ~0u, copy, "There is nothing here to copy" },
};

enum reaction object_act(struct app *app, enum record_kind kind, int64_t id,
			 enum action action)
{
	for (size_t i = 0; i < COUNT_OF(actions); i++) {
		if (actions[i].action != action)
			continue;
		bool fits = id != 0 && (actions[i].kinds & KIND(kind)) != 0;
		if (!fits && actions[i].elsewhere != NULL)
			app_note(app, "%s", actions[i].elsewhere);
		else
			actions[i].run(app, kind, id);
		return REACTION_RELOAD;
	}
	return REACTION_IGNORED;
}
