#include "tui/console/uptrends_desk.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/text.h"
#include "tui/console/form_value.h"
#include "tui/console/name_offers.h"
#include "tui/engine_process.h"

enum { CHUNK_BYTES = 64 * 1024 };

struct uptrends_desk *uptrends_desk_of(struct app *app)
{
	if (app->uptrends == NULL) {
		app->uptrends = mem_new(1, sizeof(*app->uptrends));
		*app->uptrends =
			(struct uptrends_desk){ .import = UPTRENDS_IMPORT_INIT,
						.fd = -1,
						.line = BUF_INIT(DOCUMENT_MAX_BYTES) };
	}
	return app->uptrends;
}

static void stop_listening(struct uptrends_desk *desk)
{
	if (desk->fd >= 0)
		(void)close(desk->fd);
	desk->fd = -1;
	buf_done(&desk->line);
	desk->line = (struct buf)BUF_INIT(DOCUMENT_MAX_BYTES);
}

void uptrends_desk_free(struct uptrends_desk *desk)
{
	if (desk == NULL)
		return;
	stop_listening(desk);
	uptrends_import_done(&desk->import);
	for (size_t i = 0; i < desk->answer_count; i++)
		form_free(desk->answers[i].form);
	free(desk->answers);
	free(desk);
}

/* ---- asking ---- */

bool uptrends_desk_ask(struct uptrends_desk *desk, struct app *app, struct err *err)
{
	const char *const words[] = {
		"hublink-engine",       "uptrends", "--progress", "--db",
		store_path(app->store), "fetch",    NULL
	};
	struct uptrends_account account;

	const bool is_known = store_need_uptrends_account(app->store, &account, err);
	explicit_bzero(&account, sizeof(account)); /* its password is hublink-engine's */
	if (!is_known || !engine_child_start(words, &desk->fd, err))
		return false;
	(void)text_cut(desk->progress, sizeof(desk->progress), "Asking Uptrends",
		       sizeof(desk->progress));
	desk->has_answered = false;
	desk->refusal.code = ERR_NONE;
	return true;
}

/* The account takes the place of the one before; what was typed stays, by GUID. */
static void take_account(struct uptrends_desk *desk, struct app *app)
{
	struct uptrends_import fresh = UPTRENDS_IMPORT_INIT;

	if (!uptrends_import_take(&fresh, buf_text(&desk->line), desk->line.len,
				  &desk->refusal)) {
		uptrends_import_done(&fresh);
		return;
	}
	uptrends_import_done(&desk->import);
	desk->import = fresh;
	desk->fetched_ms = app_now(app);
	uptrends_desk_plan(desk, app);
}

/* The account, why it cannot be had, or how far it is. */
static void take_line(struct uptrends_desk *desk, struct app *app)
{
	static const char refused[] = "hublink: ";
	const char *text = buf_text(&desk->line);

	desk->has_answered |= text[0] == '{' || text_starts_with(text, refused);
	if (text[0] == '{')
		take_account(desk, app);
	else if (text_starts_with(text, refused))
		(void)fail(&desk->refusal, ERR_FAILED, "%.800s",
			   text + sizeof(refused) - 1);
	else
		(void)text_cut(desk->progress, sizeof(desk->progress), text,
			       sizeof(desk->progress));
	buf_reset(&desk->line);
}

static void take_bytes(struct uptrends_desk *desk, struct app *app, const char *bytes,
		       size_t count)
{
	while (count > 0) {
		const char *end = memchr(bytes, '\n', count);
		const size_t part = end != NULL ? (size_t)(end - bytes) : count;
		buf_add(&desk->line, bytes, part);
		if (end != NULL)
			take_line(desk, app);
		bytes += part + (end != NULL);
		count -= part + (end != NULL);
	}
}

bool uptrends_desk_read(struct uptrends_desk *desk, struct app *app)
{
	char *bytes = mem_new(CHUNK_BYTES, 1);
	ssize_t count;

	while ((count = read(desk->fd, bytes, CHUNK_BYTES)) > 0)
		take_bytes(desk, app, bytes, (size_t)count);
	free(bytes);
	if (count < 0 && (errno == EAGAIN || errno == EINTR))
		return false;
	if (!desk->has_answered)
		(void)fail(&desk->refusal, ERR_FAILED,
			   "hublink-engine ended without an answer");
	stop_listening(desk);
	return true;
}

/* ---- names ---- */

static const struct uptrends_service *service_at(const struct uptrends_desk *desk,
						 size_t service)
{
	return &desk->import.services.items[service];
}

static struct uptrends_answer *answer_of(const struct uptrends_desk *desk, size_t service)
{
	const char *guid = service_at(desk, service)->guid;

	for (size_t i = 0; i < desk->answer_count; i++)
		if (text_equal(desk->answers[i].guid, guid))
			return &desk->answers[i];
	return NULL;
}

/* Of a service's form only what is asked for; the rest is the form's of the service. */
static void keep_name_and_url(struct form *form)
{
	size_t kept = 0;

	for (size_t i = 0; i < form->count; i++) {
		struct form_field *f = &form->fields[i];
		bool asked = f->field != NULL && (text_equal(f->field->column, "name") ||
						  text_equal(f->field->column, "url"));
		if (asked) {
			form->fields[kept++] = *f;
			continue;
		}
		field_edit_done(&f->edit);
		names_done(&f->names);
		free(f->loaded);
	}
	form->count = kept;
}

/* The names of services that its integration has here. */
static bool offer_names(const struct uptrends_desk *desk, struct app *app, size_t service,
			struct names *ret, struct err *err)
{
	struct err ignored = { 0 };
	int64_t id;
	const char *name =
		uptrends_import_integration(&desk->import, service_at(desk, service));

	if (!store_find_id(app->store, RECORD_INTEGRATION, name, &id, &ignored))
		return true;
	return offer_records(app->store, RECORD_SERVICE, id, ret, err);
}

static struct form *new_form(void)
{
	struct service *rec = mem_new(1, sizeof(*rec));

	record_defaults(RECORD_SERVICE, rec);
	rec->integration_id = 1; /* it is never stored: it has to be one to be valid */
	struct form *form = form_new(RECORD_SERVICE, rec);
	free(rec);
	keep_name_and_url(form);
	return form;
}

struct form *uptrends_desk_form(struct uptrends_desk *desk, struct app *app,
				size_t service, struct err *err)
{
	const struct uptrends_answer *known = answer_of(desk, service);

	if (known != NULL)
		return known->form;
	DEFER(form_done) struct form *form = new_form();
	if (!offer_names(desk, app, service, &form_field_of(form, "name")->names, err))
		return NULL;
	struct uptrends_answer *answer =
		&VEC_PUSH(desk->answers, desk->answer_count, desk->answer_capacity);
	memcpy(answer->guid, service_at(desk, service)->guid, sizeof(answer->guid));
	answer->form = TAKE(form);
	return answer->form;
}

/* The URL that the service of that name has here; empty: there is none. */
static void read_url(struct app *app, const struct form_field *name, struct buf *ret)
{
	const struct name_item *item =
		names_find(&name->names, field_edit_text(&name->edit));
	struct service *service = mem_new(1, sizeof(*service));
	struct err ignored = { 0 };

	if (item != NULL &&
	    store_get(app->store, RECORD_SERVICE, item->id, service, &ignored))
		buf_adds(ret, service->url);
	free(service);
}

void uptrends_desk_typed(struct app *app, struct form *form)
{
	struct form_field *url = form_field_of(form, "url");
	DEFER(buf_done) struct buf here = BUF_INIT(URL_SIZE);

	read_url(app, form_field_of(form, "name"), &here);
	if (field_set_text(url->field, form->base, buf_text(&here)))
		form_value_changed(form, url);
}

static bool is_filled_in(const struct form *form)
{
	for (size_t i = 0; i < form->count; i++)
		if (form->fields[i].fault[0] != '\0')
			return false;
	return ((const struct service *)form->rec)->name[0] != '\0';
}

const char *uptrends_desk_typed_name(const struct uptrends_desk *desk, size_t service)
{
	const struct uptrends_answer *answer = answer_of(desk, service);
	const char *name =
		answer != NULL
			? field_edit_text(&form_field_of(answer->form, "name")->edit)
			: "";

	return name[0] != '\0' ? name : NULL;
}

bool uptrends_desk_has_taken(const struct uptrends_desk *desk, const struct form *form)
{
	size_t i = 0;

	while (i < desk->answer_count && desk->answers[i].form != form)
		i++;
	return i < desk->answer_count &&
	       uptrends_book_find(&desk->import.book, UPTRENDS_SERVICE,
				  desk->answers[i].guid) != NULL;
}

bool uptrends_desk_is_named(const struct uptrends_desk *desk, size_t service)
{
	return uptrends_import_has_name(&desk->import, service_at(desk, service));
}

/* ---- the plan ---- */

static void give_name(struct uptrends_desk *desk, struct app *app, size_t service)
{
	const struct uptrends_service *at = service_at(desk, service);
	const struct uptrends_answer *answer = answer_of(desk, service);
	DEFER(buf_done) struct buf why = BUF_INIT(2 * ERR_TEXT_SIZE);
	struct err refused = { 0 };

	if (uptrends_desk_is_named(desk, service) || answer == NULL ||
	    !is_filled_in(answer->form))
		return;
	const struct service *typed = answer->form->rec;
	const char *url = field_edit_text(&form_field_of(answer->form, "url")->edit);
	if (uptrends_import_name(&desk->import, app->store, at, typed->name,
				 url[0] != '\0' ? url : NULL, &refused))
		return;
	/* The form knows which service it is of. */
	const char *colon = strstr(refused.text, ": ");
	buf_addf(&why, "Name: %s", colon != NULL ? colon + 2 : refused.text);
	form_blame(answer->form, buf_text(&why));
}

/* One that is refused is still wanted; its form says why. */
static void give_names(struct uptrends_desk *desk, struct app *app)
{
	desk->wanted = 0;
	for (size_t i = 0; i < desk->import.services.count; i++) {
		give_name(desk, app, i);
		desk->wanted += !uptrends_desk_is_named(desk, i);
	}
}

static bool work(struct uptrends_desk *desk, struct app *app, bool dry_run,
		 struct act_result *ret, struct err *err)
{
	desk->import.now_ms = app_now(app);
	if (!uptrends_import_begin(&desk->import, app->store, err))
		return false;
	give_names(desk, app);
	uptrends_import_write(&desk->import);
	return act_configure(app->store, importing_apply, &desk->import.importing,
			     dry_run, app_now(app), ret, err);
}

void uptrends_desk_plan(struct uptrends_desk *desk, struct app *app)
{
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;
	const struct buf *faults = &desk->import.importing.faults;
	struct err err = { 0 };

	desk->failure[0] = '\0';
	if (desk->fetched_ms == 0)
		return;
	if (work(desk, app, true, &result, &err))
		desk->incidents = result.count;
	else
		(void)text_cut(desk->failure, sizeof(desk->failure),
			       faults->len > 0 ? buf_text(faults) : err.text,
			       sizeof(desk->failure));
}

bool uptrends_desk_apply(struct uptrends_desk *desk, struct app *app,
			 struct act_result *ret, struct err *err)
{
	return work(desk, app, false, ret, err);
}
