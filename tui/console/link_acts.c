#include "tui/console/link_acts.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "tui/console/choose.h"
#include "tui/console/dialog.h"
#include "tui/console/link_changes.h"
#include "tui/console/list.h"
#include "tui/console/name_offers.h"
#include "tui/console/test_view.h"

enum { TEXT_MAX = 1024 };

/* Where each of them stands. */
struct chosen_link {
	struct link link;
	int64_t integration_id, definition_id, level_id, number;
};

struct chosen_links {
	struct chosen_link *items;
	size_t count, capacity;
};

static void links_done(struct chosen_links *links)
{
	free(links->items);
}

static void links_free(void *arg)
{
	links_done(arg);
	free(arg);
}

static bool read_link(struct store *store, int64_t id, struct chosen_link *ret,
		      struct err *err)
{
	struct placement placement;
	struct level level;

	if (!store_get(store, RECORD_LINK, id, &ret->link, err) ||
	    !store_get(store, RECORD_PLACEMENT, ret->link.placement_id, &placement,
		       err) ||
	    !store_get(store, RECORD_LEVEL, placement.level_id, &level, err))
		return false;
	ret->integration_id = placement.integration_id;
	ret->definition_id = level.definition_id;
	ret->level_id = level.head.id;
	ret->number = level.number;
	return true;
}

/* What was deleted since it was marked is left out. NULL, with a message: nothing is left. */
static struct chosen_links *read_links(struct app *app, const int64_t *ids, size_t count)
{
	struct chosen_links *links = mem_new(1, sizeof(*links));

	for (size_t i = 0; i < count; i++) {
		struct chosen_link one = { 0 };
		struct err gone = { 0 };
		if (read_link(app->store, ids[i], &one, &gone))
			VEC_PUSH(links->items, links->count, links->capacity) = one;
		else
			app->message = gone;
	}
	if (links->count > 0) {
		app->message.code = ERR_NONE;
		return links;
	}
	links_free(links);
	return NULL;
}

/* The marks have done what they were set for. */
static void start(struct app *app, struct link_changes *changes)
{
	struct list *list = app_list(app);

	if (list != NULL)
		(void)list_act(list, ACTION_UNMARK);
	link_changes_start(app, changes);
}

/* ---- levels ---- */

struct level_search {
	int64_t number, id; /* 0: there is none */
};

static bool find_level(void *arg, const void *rec)
{
	struct level_search *search = arg;
	const struct level *level = rec;

	if (level->number == search->number)
		search->id = level->head.id;
	return search->id == 0;
}

static bool level_of(struct store *store, int64_t definition_id, int64_t number,
		     int64_t *ret_id, struct err *err)
{
	struct level_search search = { number, 0 };
	struct definition definition;

	if (!store_list(store, RECORD_LEVEL, definition_id, find_level, &search, err) ||
	    !store_get(store, RECORD_DEFINITION, definition_id, &definition, err))
		return false;
	*ret_id = search.id;
	return search.id != 0 ||
	       fail(err, ERR_REFUSED,
		    "%.200s has no level %lld: add it in Alert definitions first",
		    definition.name, (long long)number);
}

static bool add_level_text(void *arg, const void *rec)
{
	const struct level *level = rec;
	bool errors = level->after_errors > 0;
	int64_t count = errors ? level->after_errors : level->after_minutes;

	buf_addf(arg, "\n%lld  after %lld %s%s%s", (long long)level->number,
		 (long long)count, errors ? "error" : "minute", count == 1 ? "" : "s",
		 level->active ? "" : ", OFF");
	return true;
}

/* Of one definition its levels are told; of several each link stays in its own. */
static bool describe_levels(struct store *store, const struct chosen_links *links,
			    struct buf *ret, struct err *err)
{
	int64_t definition_id = links->items[0].definition_id;
	struct definition definition;

	for (size_t i = 1; i < links->count; i++)
		if (links->items[i].definition_id != definition_id) {
			buf_adds(ret, " Each stays in its own alert definition.");
			return true;
		}
	if (!store_get(store, RECORD_DEFINITION, definition_id, &definition, err))
		return false;
	buf_addf(ret, " %s has:", definition.name);
	return store_list(store, RECORD_LEVEL, definition_id, add_level_text, ret, err);
}

static void move_to_level(struct app *app, void *arg, int answer)
{
	const struct chosen_links *links = arg;
	DEFER(link_changes_done) struct link_changes changes = { 0 };

	for (size_t i = 0; answer != 0 && i < links->count; i++) {
		const struct chosen_link *at = &links->items[i];
		struct link_change change = { .link_id = at->link.head.id,
					      .integration_id = at->integration_id,
					      .monitor_id = at->link.monitor_id,
					      .service_id = at->link.service_id };
		if (!level_of(app->store, at->definition_id, answer, &change.level_id,
			      &app->message))
			return;
		link_changes_add(&changes, change);
	}
	if (changes.count > 0)
		start(app, &changes);
}

static void ask_level(struct app *app, struct chosen_links *links)
{
	static const struct dialog_choice choices[] = { { '1', "", 1 },
							{ '2', "", 2 },
							{ '3', "", 3 },
							{ '4', "", 4 },
							{ 0, NULL, 0 } };
	const struct dialog_question question = { .title = "To which level?",
						  .choices = choices,
						  .escape = "back",
						  .answered = move_to_level,
						  .arg = links,
						  .free_arg = links_free };
	DEFER(buf_done) struct buf text = BUF_INIT(TEXT_MAX);

	_Static_assert(LEVELS_MAX == 4, "a key for each level");
	if (links->count == 1)
		buf_addf(&text, "The link is in level %lld now.",
			 (long long)links->items[0].number);
	else
		buf_addf(&text, "%zu links are moved.", links->count);
	if (describe_levels(app->store, links, &text, &app->message))
		dialog_ask(app, &question, buf_text(&text));
	else
		links_free(links);
}

/* ---- services ---- */

static void point_at(struct app *app, void *arg, const struct name_item *item)
{
	const struct chosen_links *links = arg;
	DEFER(link_changes_done) struct link_changes changes = { 0 };
	struct service *service = mem_new(1, sizeof(*service));
	bool read =
		store_get(app->store, RECORD_SERVICE, item->id, service, &app->message);

	for (size_t i = 0; read && i < links->count; i++) {
		const struct chosen_link *from = &links->items[i];
		link_changes_add(
			&changes,
			(struct link_change){ .link_id = from->link.head.id,
					      .level_id = from->level_id,
					      .integration_id = service->integration_id,
					      .monitor_id = from->link.monitor_id,
					      .service_id = item->id });
	}
	free(service);
	if (read)
		start(app, &changes);
}

/* question: without the names, which offer has, and without the links. */
static void ask_name(struct app *app, struct chosen_links *links,
		     bool (*offer)(struct store *store, struct names *ret,
				   struct err *err),
		     struct choose_question question)
{
	question.arg = links;
	question.free_arg = links_free;
	if (offer(app->store, &question.names, &app->message)) {
		choose_ask(app, &question);
		return;
	}
	names_done(&question.names);
	links_free(links);
}

static void ask_service(struct app *app, struct chosen_links *links)
{
	const char *title = links->count == 1 ? "Point it at which service?"
					      : "Point them at which service?";

	ask_name(app, links, offer_services,
		 (struct choose_question){ .title = title,
					   .help = "The monitor and the level stay.",
					   .chosen = point_at });
}

/* ---- definitions ---- */

static void copy_to(struct app *app, void *arg, const struct name_item *item)
{
	const struct chosen_links *links = arg;
	DEFER(link_changes_done) struct link_changes changes = { 0 };

	for (size_t i = 0; i < links->count; i++) {
		const struct chosen_link *from = &links->items[i];
		struct link_change change = { .integration_id = from->integration_id,
					      .monitor_id = from->link.monitor_id,
					      .service_id = from->link.service_id,
					      .critical = from->link.critical };
		if (!level_of(app->store, item->id, from->number, &change.level_id,
			      &app->message))
			return;
		link_changes_add(&changes, change);
	}
	start(app, &changes);
}

static void ask_definition(struct app *app, struct chosen_links *links)
{
	const char *title = links->count == 1 ? "Copy it to which alert definition?"
					      : "Copy them to which alert definition?";

	ask_name(app, links, offer_definitions,
		 (struct choose_question){ .title = title,
					   .help = "Into the level of the same number.",
					   .chosen = copy_to });
}

/* ---- tests ---- */

static bool holds(const int64_t *ids, size_t count, int64_t id)
{
	for (size_t i = 0; i < count; i++)
		if (ids[i] == id)
			return true;
	return false;
}

/* Of the services that they lead to, each once. */
static void test(struct app *app, struct chosen_links *links)
{
	int64_t *ids = mem_new(links->count, sizeof(*ids));
	size_t count = 0;

	for (size_t i = 0; i < links->count; i++)
		if (!holds(ids, count, links->items[i].link.service_id))
			ids[count++] = links->items[i].link.service_id;
	test_open_many(app, ids, count);
	free(ids);
	links_free(links);
}

/* ---- which act ---- */

struct link_verb {
	enum action action;
	void (*run)(struct app *app, struct chosen_links *links);
};

static const struct link_verb verbs[] = {
	{ ACTION_MOVE_LINK, ask_level },
	{ ACTION_POINT_LINK, ask_service },
	{ ACTION_COPY_LINK, ask_definition },
	{ ACTION_TEST, test },
};

static const struct link_verb *verb_of(enum action action)
{
	for (size_t i = 0; i < COUNT_OF(verbs); i++)
		if (verbs[i].action == action)
			return &verbs[i];
	return NULL;
}

bool link_can(enum action action)
{
	return verb_of(action) != NULL;
}

bool link_act(struct app *app, enum action action, const int64_t *link_ids, size_t count)
{
	const struct link_verb *verb = verb_of(action);

	if (verb == NULL)
		return false;
	struct chosen_links *links = read_links(app, link_ids, count);
	if (links != NULL)
		verb->run(app, links);
	return true;
}
