/* Applying a document as a whole, or not at all. */
#include "db/import.h"

#include <string.h>

#include "core/base/text.h"
#include "db/document.h"
#include "db/keep.h"
#include "db/name.h"
#include "db/record.h"

enum { AUDIT_PLAN_MAX = 16384, SENTENCE_MAX = 256, PLACE_MAX = 8192 };

static void import_done(struct import *im)
{
	name_set_done(&im->seen);
	name_set_done(&im->told);
	name_set_done(&im->kept);
	import_secrets_done(im);
}

/* ---- the document ---- */

static void check_top(struct import *im, const struct json *document)
{
	static const char *const keys[] = { DOCUMENT_VERSION_KEY, "monitors",
					    "integrations",       "alert_definitions",
					    "maintenance",        DOCUMENT_KEEP_KEY };
	int64_t version = 0;
	const struct spot at_version = { .key = DOCUMENT_VERSION_KEY };
	const struct json *stated = json_get(document, DOCUMENT_VERSION_KEY);
	if (stated == NULL)
		import_fault(im, &at_version, "this is missing; it must be %d",
			     DOCUMENT_VERSION);
	else if (!json_integer(stated, &version) || version != DOCUMENT_VERSION)
		import_fault(im, &at_version,
			     "this hublink reads documents of version %d",
			     DOCUMENT_VERSION);
	for (const struct json *i = json_first(document); i != NULL; i = json_next(i)) {
		const struct spot at = { .key = json_key(i) };
		bool known = false;
		for (size_t k = 0; k < COUNT_OF(keys); k++)
			known = known || text_equal(keys[k], json_key(i));
		if (!known)
			import_fault(im, &at, "this key is unknown");
	}
}

static bool apply(struct import *im, const struct json *document)
{
	if (!import_is_object(im, NULL, document))
		return true;
	check_top(im, document);
	return import_rename(im, document) && import_monitors(im, document) &&
	       import_integrations(im, document) && import_definitions(im, document) &&
	       import_maintenance(im, document) && import_keep(im, document) &&
	       import_other_secrets(im);
}

static bool refuse_faults(const struct import *im, struct err *err)
{
	return fail(err, ERR_INVALID, "The document has %zu fault%s; nothing was changed",
		    im->fault_count, im->fault_count == 1 ? "" : "s");
}

/* One row for the whole import. */
static bool audit(struct import *im)
{
	size_t changes = im->created + im->changed + im->removed;
	if (changes == 0)
		return true;
	DEFER(buf_done) struct buf what = BUF_INIT(AUDIT_PLAN_MAX + SENTENCE_MAX);
	buf_addf(&what, "%zu added, %zu changed, %zu removed\n", im->created, im->changed,
		 im->removed);
	buf_add(&what, buf_text(im->plan),
		im->plan->len < AUDIT_PLAN_MAX ? im->plan->len : 0);
	return store_audit(im->store, "import", "document", 0, "", NULL, buf_text(&what),
			   im->err) &&
	       record_configuration_changed(im->store, im->err);
}

static bool apply_in_transaction(struct import *im, const struct json *document,
				 struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	if (!store_begin(im->store, &tx, err) || !apply(im, document))
		return false;
	if (im->fault_count > 0)
		return refuse_faults(im, err);
	if (im->refusal.code != ERR_NONE)
		return fail(err, ERR_REFUSED, "%s; nothing was imported",
			    im->refusal.text);
	return audit(im) && store_commit(&tx, err);
}

struct parsing {
	struct import *im;
	const char *what; /* "", or of which text */
};

/* What the parser finds; the same place has no second fault for it later. */
static void tell_fault(void *arg, const char *path, const char *what)
{
	const struct parsing *parsing = arg;
	DEFER(buf_done) struct buf place = BUF_INIT(PLACE_MAX);
	buf_addf(&place, "%s%s%s", parsing->what, *parsing->what ? "." : "", path);
	if (name_set_add(&parsing->im->told, buf_text(&place), 0, NULL))
		import_tell(parsing->im, buf_text(&place), what);
}

/* Text that is no JSON at all is one fault. */
static struct json *parse(struct import *im, const char *what, const char *text,
			  size_t bytes)
{
	struct err why = { 0 };
	struct parsing parsing = { im, what };
	struct json *value = json_parse_telling(text, bytes, tell_fault, &parsing, &why);
	if (value == NULL)
		import_fault(im, NULL, "%s%s%s", what, *what ? ": " : "", why.text);
	return value;
}

bool store_import(struct store *store, const char *text, size_t bytes,
		  const struct import_options *options, struct buf *ret_plan,
		  struct buf *ret_faults, struct err *err)
{
	DEFER(json_done) struct json *document = NULL;
	DEFER(json_done) struct json *secrets = NULL;
	DEFER(import_done)
	struct import im = { .store = store,
			     .options = options,
			     .plan = ret_plan,
			     .faults = ret_faults,
			     .err = err };
	document = parse(&im, "", text, bytes);
	if (options->secrets != NULL)
		secrets = parse(&im, import_secrets_word(&im), options->secrets,
				strlen(options->secrets));
	import_open_secrets(&im, secrets);
	if (document == NULL)
		return refuse_faults(&im, err);
	return apply_in_transaction(&im, document, err);
}
