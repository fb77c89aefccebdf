/* Names and URLs of services: all that the Uptrends API does not tell. */
#include <string.h>

#include "core/base/text.h"
#include "tui/cli/uptrends.h"

enum { QUESTION_MAX = 4096 };

struct naming {
	struct cli *cli;
	struct uptrends_import *import;
	const struct json *answers;
	bool must;
	size_t missing;
};

/* ---- out of a file ---- */

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
	return uptrends_import_name(n->import, n->cli->store, service, name,
				    json_string(json_get(answer, "url")), err);
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
	uptrends_import_add_links(n->import, service, &question);
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
		if (!uptrends_import_is_here(n->import, n->cli->store, service,
					     buf_text(&name)) &&
		    !cli_ask("  Its URL (it is not shown): ", false, &url, err))
			return false;
		if (uptrends_import_name(n->import, n->cli->store, service,
					 buf_text(&name),
					 url.len > 0 ? buf_text(&url) : NULL, &why))
			return true;
		cli_note("%s", why.text);
	}
}

static bool name_service(struct naming *n, const struct uptrends_service *service,
			 struct err *err)
{
	const struct json *answer = find_answer(n->answers, service->guid);
	bool answered = false;
	if (uptrends_import_has_name(n->import, service))
		return true;
	if (answer)
		return take_from_file(n, service, answer, err);
	if (n->must && n->cli->terminal && !ask_on_terminal(n, service, &answered, err))
		return false;
	n->missing += !answered;
	return true;
}

bool uptrends_name_services(struct cli *cli, struct uptrends_import *import,
			    const struct json *answers, bool must, struct err *err)
{
	struct naming n = {
		.cli = cli, .import = import, .answers = answers, .must = must
	};
	const struct uptrends_services *services = &import->services;
	for (size_t i = 0; i < services->count; i++)
		if (!name_service(&n, &services->items[i], err))
			return false;
	if (n.missing == 0 || !must || cli->terminal)
		return true;
	return fail(err, ERR_INVALID,
		    "%zu of %zu services have no name and URL yet, which the API does "
		    "not tell; give them with --services FILE, {\"GUID\": {\"name\": …, "
		    "\"url\": …}}: `hublink uptrends import --dry-run` lists the GUIDs",
		    n.missing, services->count);
}
