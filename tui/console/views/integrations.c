/* Integrations, and under each its services. */
#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/base/text.h"
#include "core/rules/url.h"
#include "tui/console/record_tree.h"

/* A service's row and the integration it goes under. */
struct service_rows {
	struct tree_line *items;
	size_t count, capacity;
};

static void service_rows_done(struct service_rows *rows)
{
	free(rows->items);
}

static void describe_service(const struct service_row *row, struct buf *ret)
{
	char host[HOST_SIZE] = "";
	char print[FINGERPRINT_SIZE];

	(void)url_host(row->service.url, host, sizeof(host));
	buf_addf(ret, "%s %s  %lld link%s", host, fingerprint(print, row->service.url),
		 (long long)row->brief.links, row->brief.links == 1 ? "" : "s");
	if (row->brief.open_incidents > 0)
		buf_addf(ret, ", %lld open", (long long)row->brief.open_incidents);
	if (row->brief.unfinished > 0)
		buf_addf(ret, ", %lld waiting", (long long)row->brief.unfinished);
}

static bool keep_service(void *arg, const struct service_row *row)
{
	struct service_rows *rows = arg;
	struct tree_line line =
		record_tree_line(RECORD_SERVICE, row->service.head.id,
				 row->service.integration_id, row->service.name);
	DEFER(buf_done)
	struct buf about = BUF_INIT(ROW_NOTE);
	bool unused = row->brief.links == 0 && !row->brief.has_told;

	describe_service(row, &about);
	(void)text_cut(line.about, sizeof(line.about), buf_text(&about), ROW_NOTE);
	(void)text_cut(line.state, sizeof(line.state),
		       unused ? "?" : service_word(row->brief.status),
		       sizeof(line.state));
	line.state_role = unused ? ROLE_DIM : service_role(row->brief.status);
	VEC_PUSH(rows->items, rows->count, rows->capacity) = line;
	return true;
}

struct loading {
	struct list *list;
	const struct service_rows *services;
};

static void describe_integration(const struct integration *integration, size_t services,
				 struct buf *ret)
{
	char within[DURATION_TEXT_SIZE];

	buf_addf(ret, "%zu service%s", services, services == 1 ? "" : "s");
	if (integration->storm_max_new > 0)
		buf_addf(ret, ", storm guard: %lld in %s",
			 (long long)integration->storm_max_new,
			 duration_format(within, integration->storm_within_ms));
	if (integration->max_per_second > 0)
		buf_addf(ret, ", %lld/s", (long long)integration->max_per_second);
}

static bool add_integration(void *arg, const void *rec)
{
	const struct loading *loading = arg;
	const struct service_rows *services = loading->services;
	const struct integration *integration = rec;
	struct tree_line line = record_tree_line(RECORD_INTEGRATION, integration->head.id,
						 0, integration->name);
	DEFER(buf_done)
	struct buf about = BUF_INIT(ROW_NOTE);
	size_t count = 0;

	for (size_t i = 0; i < services->count; i++)
		count += services->items[i].parent_id == integration->head.id;
	describe_integration(integration, count, &about);
	(void)text_cut(line.about, sizeof(line.about), buf_text(&about), ROW_NOTE);
	(void)text_cut(line.state, sizeof(line.state), payload_text(integration->payload),
		       sizeof(line.state));
	list_add(loading->list, &line);
	for (size_t i = 0; i < services->count; i++)
		if (services->items[i].parent_id == integration->head.id)
			list_add(loading->list, &services->items[i]);
	return true;
}

static bool integrations_load(struct view *view, struct store *store, int64_t now_ms,
			      struct err *err)
{
	DEFER(service_rows_done) struct service_rows services = { 0 };
	struct loading loading = { &((struct record_tree *)view)->list, &services };

	(void)now_ms;
	if (!store_list_services(store, &FILTER_ALL, keep_service, &services, err))
		return false;
	list_begin(loading.list);
	bool loaded =
		store_list(store, RECORD_INTEGRATION, 0, add_integration, &loading, err);
	list_end(loading.list);
	return loaded;
}

static void integrations_draw(struct view *view, struct rect area, int64_t now_ms)
{
	list_draw(&((struct record_tree *)view)->list, area, true, true, now_ms,
		  "no integration yet: a adds one, A then adds a service to it");
}

static enum reaction integrations_act(struct view *view, struct app *app,
				      enum action action)
{
	return record_tree_act((struct record_tree *)view, app, action,
			       RECORD_INTEGRATION);
}

const struct view_ops view_integrations = {
	.name = "integrations",
	.title = "Integrations",
	.size = sizeof(struct record_tree),
	.keys = &keymap_records,
	.hints = record_tree_hints,
	.init = record_tree_init,
	.done = record_tree_done,
	.select = record_tree_select,
	.list = record_tree_list,
	.subject = record_tree_subject,
	.load = integrations_load,
	.draw = integrations_draw,
	.act = integrations_act,
};
