#include "tui/console/uptrends_plan.h"

#include <string.h>

#include "core/base/text.h"

/* ---- rows ---- */

struct reading {
	struct list *list;
	const struct uptrends_desk *desk;
	size_t *counts;
};

static void add_row(struct reading *r, enum plan_kind kind, size_t service,
		    const char *what, const char *about)
{
	const struct plan_line line = { .kind = kind, .service = service };

	plan_add(r->list, r->counts, &line, what, about);
}

enum { GUID_TAIL = 8 };

/* As it is called so far; else by the end of its GUID, where they differ. */
static void add_service_name(const struct uptrends_desk *desk, size_t service,
			     struct buf *ret)
{
	const char *typed = uptrends_desk_typed_name(desk, service);
	const char *guid = desk->import.services.items[service].guid;
	const size_t length = strlen(guid);

	if (typed != NULL)
		buf_adds(ret, typed);
	else
		buf_addf(ret, "..%s",
			 guid + (length > GUID_TAIL ? length - GUID_TAIL : 0));
}

/* Services that got their name from an earlier import are among what is kept. */
static void add_services(struct reading *r)
{
	const struct uptrends_import *import = &r->desk->import;

	for (size_t i = 0; i < import->services.count; i++) {
		const struct uptrends_service *service = &import->services.items[i];
		bool named = uptrends_desk_is_named(r->desk, i);
		DEFER(buf_done) struct buf what = BUF_INIT(2 * ROW_NOTE);
		DEFER(buf_done) struct buf about = BUF_INIT(4 * ROW_NOTE);
		if (named && uptrends_desk_typed_name(r->desk, i) == NULL)
			continue;
		buf_adds(&what, "service ");
		add_service_name(r->desk, i, &what);
		buf_addf(&what, " of %s", uptrends_import_integration(import, service));
		uptrends_import_add_links(import, service, &about);
		add_row(r, named ? PLAN_NAMED : PLAN_WANTED, i, buf_text(&what),
			buf_text(&about));
	}
}

/* Is there a line of the plan that changes it? */
static bool is_changed(const char *plan, const char *title)
{
	const char *at = plan;
	const size_t length = strlen(title);

	while ((at = strstr(at, "~ ")) != NULL) {
		at += 2;
		if (text_starts_with(at, title) && at[length] == ':')
			return true;
	}
	return false;
}

static void add_known(void *arg, const char *kind, const char *integration,
		      const char *name, bool is_there)
{
	struct reading *r = arg;
	DEFER(buf_done) struct buf title = BUF_INIT(4 * NAME_SIZE);

	buf_addf(&title, "%s %s%s%s", kind, integration,
		 integration[0] != '\0' ? "/" : "", name);
	if (!is_there)
		add_row(r, PLAN_GONE, 0, buf_text(&title),
			"it stays until you delete it");
	else if (!is_changed(buf_text(&r->desk->import.importing.plan), buf_text(&title)))
		add_row(r, PLAN_KEPT, 0, buf_text(&title), "");
}

void plan_list_load(struct list *list, const struct uptrends_desk *desk,
		    size_t ret_counts[PLAN_KIND_COUNT])
{
	const struct uptrends_import *import = &desk->import;
	struct reading r = { list, desk, ret_counts };

	memset(ret_counts, 0, PLAN_KIND_COUNT * sizeof(ret_counts[0]));
	list_begin(list);
	add_services(&r);
	if (desk->fetched_ms != 0 && desk->failure[0] == '\0') {
		plan_add_changes(list, ret_counts, buf_text(&import->importing.plan));
		plan_add_lines(list, ret_counts, PLAN_NOTE, buf_text(&import->notes));
		plan_add_lines(list, ret_counts, PLAN_NOTE,
			       buf_text(&import->window_notes));
		uptrends_import_each_known(import, add_known, &r);
	}
	list_end(list);
}
