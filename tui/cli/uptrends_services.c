/* Names and URLs of services: all that the Uptrends API does not tell. */
#include <inttypes.h>
#include <string.h>

#include "core/base/text.h"
#include "core/peers/uptrends_guid.h"
#include "core/rules/secret.h"
#include "tui/cli/uptrends.h"

enum { MONITORS_SHOWN = 3, QUESTION_MAX = 4096 };

struct naming {
	struct cli *cli;
	const struct json *account, *answers;
	struct uptrends_book *book;
	struct buf *notes;
	bool must;
	size_t missing;
};

/* ---- who links a service ---- */

static const char *monitor_name(const struct json *account, const struct json *guid)
{
	char wanted[GUID_SIZE], one[GUID_SIZE];
	const struct json *monitor = json_first(json_get(account, "monitors"));
	if (!uptrends_guid(wanted, guid))
		return NULL;
	while (monitor && !(uptrends_guid(one, json_get(monitor, "MonitorGuid")) &&
			    text_equal(one, wanted)))
		monitor = json_next(monitor);
	return json_string(json_get(monitor, "Name"));
}

static void add_monitors_of_level(const struct json *account, const struct json *level,
				  const char *service, int *shown, struct buf *ret)
{
	const struct json *placement, *link;
	char guid[GUID_SIZE];
	for (placement = json_first(json_get(level, "Integration")); placement;
	     placement = json_next(placement))
		for (link = json_first(json_get(placement, "StatusHubServiceList")); link;
		     link = json_next(link)) {
			const struct json *at = json_get(link, "IntegrationServiceGuid");
			if (*shown == MONITORS_SHOWN || !uptrends_guid(guid, at) ||
			    !text_equal(guid, service))
				continue;
			const char *name =
				monitor_name(account, json_get(link, "MonitorGuid"));
			buf_adds(ret, (*shown)++ > 0 ? ", " : ": ");
			text_add_safe(ret, name ? name : "?", false);
		}
}

/* "12 links: Shop, API, Mail" */
static void add_links(const struct json *account, const struct uptrends_service *service,
		      struct buf *ret)
{
	const struct json *definition, *level;
	int shown = 0;
	buf_addf(ret, "%" PRId64 " link%s", service->links,
		 service->links == 1 ? "" : "s");
	for (definition = json_first(json_get(account, "definitions")); definition;
	     definition = json_next(definition))
		for (level = json_first(json_get(definition, "EscalationLevel")); level;
		     level = json_next(level))
			add_monitors_of_level(account, level, service->guid, &shown, ret);
	if (service->links > shown)
		buf_adds(ret, " …");
}

/* ---- an answer ---- */

/* Is there such a service here already? Then its URL is known. */
static bool is_here(struct naming *n, const struct uptrends_service *service,
		    const char *name)
{
	const struct uptrends_entry *integration = uptrends_book_find(
		n->book, UPTRENDS_INTEGRATION, service->integration_guid);
	DEFER(buf_done) struct buf full = BUF_INIT(2 * NAME_SIZE);
	struct err ignored = { 0 };
	int64_t id;
	buf_addf(&full, "%s/%s",
		 integration ? integration->name
			     : (service->integration ? service->integration : ""),
		 name);
	return store_find_id(n->cli->store, RECORD_SERVICE, buf_text(&full), &id,
			     &ignored);
}

static bool check_name(const struct uptrends_service *service, const char *name,
		       struct err *err)
{
	if (*name && utf8_valid(name, strlen(name)) && text_no_controls(name) &&
	    text_length(name) <= NAME_CHARS_MAX)
		return true;
	return fail(err, ERR_INVALID,
		    "Service %s: its name has 1 to %d characters and no control "
		    "characters",
		    service->guid, NAME_CHARS_MAX);
}

static bool take_answer(struct naming *n, const struct uptrends_service *service,
			const char *name, const char *url, struct err *err)
{
	if (!check_name(service, name, err) ||
	    (url && !url_check(url, err) && !fail_in(err, "Service %s", service->guid)))
		return false;
	if (!url && !is_here(n, service, name))
		return fail(err, ERR_INVALID,
			    "Service %s: a URL is wanted too; StatusHub shows it under "
			    "Service & integrations",
			    service->guid);
	if (!text_equal(uptrends_book_name(n->book, UPTRENDS_SERVICE, service->guid,
					   service->integration_guid, name),
			name))
		return fail(err, ERR_INVALID,
			    "Service %s: another service of its integration is named "
			    "'%s'",
			    service->guid, name);
	struct uptrends_entry *entry =
		uptrends_book_find(n->book, UPTRENDS_SERVICE, service->guid);
	entry->url = url ? mem_strdup(url) : NULL;
	return true;
}

/* The answer of the file, whose keys may be in any case. */
static const struct json *find_answer(const struct json *answers, const char *guid)
{
	const struct json *one = json_first(answers);
	while (one && !text_equal_nocase(json_key(one), guid))
		one = json_next(one);
	return one;
}

static bool take_from_file(struct naming *n, const struct uptrends_service *service,
			   const struct json *answer, struct err *err)
{
	const char *name = json_string(json_get(answer, "name"));
	if (!name)
		return fail(err, ERR_INVALID, "Service %s: the file gives it no name",
			    service->guid);
	return take_answer(n, service, name, json_string(json_get(answer, "url")), err);
}

/* ---- asking ---- */

static bool ask_name(struct naming *n, const struct uptrends_service *service,
		     struct buf *ret, struct err *err)
{
	DEFER(buf_done) struct buf question = BUF_INIT(QUESTION_MAX);
	buf_addf(&question, "Service %s of integration '", service->guid);
	text_add_safe(&question, service->integration ? service->integration : "?",
		      false);
	buf_adds(&question, "', ");
	add_links(n->account, service, &question);
	buf_adds(&question, ".\n  Its name (nothing: leave it out): ");
	return cli_ask(buf_text(&question), true, ret, err);
}

/* Asked again until it is right, or left out. */
static bool ask_on_terminal(struct naming *n, const struct uptrends_service *service,
			    bool *ret_answered, struct err *err)
{
	for (;;) {
		DEFER(buf_done) struct buf name = BUF_INIT(NAME_SIZE);
		DEFER(buf_done) struct buf url = BUF_INIT(URL_SIZE);
		struct err why = { 0 };
		if (!ask_name(n, service, &name, err))
			return false;
		*ret_answered = name.len > 0;
		if (!*ret_answered)
			return true;
		if (!is_here(n, service, buf_text(&name)) &&
		    !cli_ask("  Its URL (it is not shown): ", false, &url, err))
			return false;
		if (take_answer(n, service, buf_text(&name),
				url.len > 0 ? buf_text(&url) : NULL, &why))
			return true;
		cli_note("%s", why.text);
	}
}

static void leave_out(struct naming *n, const struct uptrends_service *service)
{
	n->missing++;
	buf_addf(n->notes, "Service %s of '", service->guid);
	text_add_safe(n->notes, service->integration ? service->integration : "?", false);
	buf_adds(n->notes, "' was left out, because its name and URL are wanted; ");
	add_links(n->account, service, n->notes);
	buf_addc(n->notes, '\n');
}

static bool name_service(struct naming *n, const struct uptrends_service *service,
			 struct err *err)
{
	const struct json *answer = find_answer(n->answers, service->guid);
	bool answered = false;
	if (uptrends_book_find(n->book, UPTRENDS_SERVICE, service->guid))
		return true;
	if (answer)
		return take_from_file(n, service, answer, err);
	if (n->must && n->cli->terminal && !ask_on_terminal(n, service, &answered, err))
		return false;
	if (!answered)
		leave_out(n, service);
	return true;
}

bool uptrends_name_services(struct cli *cli, const struct json *account,
			    const struct json *answers, bool must,
			    struct uptrends_book *book, struct buf *ret_notes,
			    struct err *err)
{
	DEFER(uptrends_services_done) struct uptrends_services services = { 0 };
	struct naming n = { .cli = cli,
			    .account = account,
			    .answers = answers,
			    .book = book,
			    .notes = ret_notes,
			    .must = must };
	uptrends_list_services(account, &services);
	for (size_t i = 0; i < services.count; i++)
		if (!name_service(&n, &services.items[i], err))
			return false;
	if (n.missing == 0 || !must || cli->terminal)
		return true;
	return fail(err, ERR_INVALID,
		    "%zu of %zu services have no name and URL yet, which the API does "
		    "not tell; give them with --services FILE, {\"GUID\": {\"name\": …, "
		    "\"url\": …}}: `hublink uptrends import --dry-run` lists the GUIDs",
		    n.missing, services.count);
}
