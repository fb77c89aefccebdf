/* The configuration document, explained from the field tables: hublink-document(5), and the same
 * as `hublink help document`. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/rules/fields.h"
#include "core/rules/keep.h"
#include "tui/cli/command.h"
#include "tui/cli/guide.h"

enum { TEXT_INDENT = 8, TEXT_WIDTH = 78, TEXT_MAX = 4096, RECORD_MAX = 65536 };

/* ---- a page, as troff or as text ---- */

struct page {
	struct buf *out;
	bool is_man;
};

static void add_heading(const struct page *page, const char *text)
{
	buf_addf(page->out, page->is_man ? ".SH %s\n" : "\n%s\n", text);
}

static void add_section(const struct page *page, const char *text)
{
	buf_addf(page->out, page->is_man ? ".SS %s\n" : "\n%s\n", text);
}

static void add_paragraph(const struct page *page, const char *text)
{
	if (page->is_man)
		guide_add_troff(page->out, text);
	else
		guide_add_wrapped(page->out, text, 0, TEXT_WIDTH);
}

static void add_entry(const struct page *page, const char *key, const char *text)
{
	if (page->is_man) {
		buf_adds(page->out, ".TP\n.B ");
		guide_add_troff(page->out, key);
		guide_add_troff(page->out, text);
		return;
	}
	buf_addf(page->out, "    %s\n", key);
	guide_add_wrapped(page->out, text, TEXT_INDENT, TEXT_WIDTH);
}

/* ---- a field ---- */

static void add_choices(const struct field *field, struct buf *ret)
{
	for (int i = 0; i < field->choices; i++)
		buf_addf(ret, "%s%s", i > 0 ? ", " : "one of ", field->choice_text(i));
}

static void add_type(const struct field *field, struct buf *ret)
{
	char from[DURATION_TEXT_SIZE], to[DURATION_TEXT_SIZE];
	switch (field->type) {
	case FIELD_TEXT:
	case FIELD_LONG:
		buf_addf(ret, "text of at most %" PRId64 " characters%s", field->max,
			 field->type == FIELD_LONG ? ", in lines if you like" : "");
		break;
	case FIELD_URL: buf_adds(ret, "a URL"); break;
	case FIELD_BOOL: buf_adds(ret, "true or false"); break;
	case FIELD_INTEGER:
		buf_addf(ret, "a whole number from %" PRId64 " to %" PRId64, field->min,
			 field->max);
		break;
	case FIELD_DURATION:
		buf_addf(ret, "a duration from %s to %s",
			 duration_format(from, field->min),
			 duration_format(to, field->max));
		break;
	case FIELD_TIME: buf_adds(ret, "a time"); break;
	case FIELD_CHOICE: add_choices(field, ret); break;
	case FIELD_REFERENCE:
		buf_addf(ret, "the name of a%s %s",
			 strchr("aeiou", record_types[field->reference].name[0]) ? "n"
										 : "",
			 record_types[field->reference].name);
		break;
	}
}

static void add_default(const struct field *field, const void *defaults, struct buf *ret)
{
	if (field->type == FIELD_REFERENCE)
		return;
	if (field_is_text(field) && field_text(field, defaults)[0] == '\0') {
		buf_adds(ret, field->optional ? "; absent: none" : "; needed");
		return;
	}
	buf_adds(ret, "; default ");
	if (field->type == FIELD_BOOL)
		buf_adds(ret, field_number(field, defaults) != 0 ? "true" : "false");
	else
		field_format(field, defaults, ret);
}

static void add_field(const struct page *page, const struct field *field,
		      const void *defaults)
{
	DEFER(buf_done) struct buf text = BUF_INIT(TEXT_MAX);
	buf_addf(&text, "%s (", field->help);
	add_type(field, &text);
	add_default(field, defaults, &text);
	buf_addc(&text, ')');
	add_entry(page, field->key, buf_text(&text));
}

static void add_fields(const struct page *page, enum record_kind kind)
{
	const struct record_type *type = &record_types[kind];
	void *defaults = mem_new(1, type->size);
	record_defaults(kind, defaults);
	for (size_t i = 0; i < type->field_count; i++)
		if (type->fields[i].key)
			add_field(page, &type->fields[i], defaults);
	free(defaults);
}

/* ---- the sections ---- */

enum { ENTRIES_MAX = 12 };

/* Entries that stand in no field table: lists of names and of what hangs on a record. */
struct entry {
	const char *key, *help;
};

#define WAS                                                                        \
	{                                                                          \
		"was", "The name it had: the record is renamed, with its history." \
	}

static const struct section {
	const char *title, *what;
	enum record_kind kind;
	struct entry entries[ENTRIES_MAX];
} sections[] = {
	{ "monitors[]",
	  "What is watched. A monitor without check is fed by events alone.",
	  RECORD_MONITOR,
	  { { "groups",
	      "Names of the groups it is in; a group exists while it is named." },
	    WAS } },
	{ "integrations[]",
	  "Ways to a status page.",
	  RECORD_INTEGRATION,
	  { { "type", "statushub; there is no other." },
	    { "services", "What it has services for, below." },
	    WAS } },
	{ "integrations[].services[]",
	  "One for each service of the status page.",
	  RECORD_SERVICE,
	  { WAS } },
	{ "alert_definitions[]",
	  "Which monitors alert, and when.",
	  RECORD_DEFINITION,
	  { { "monitors", "Names of the monitors it holds." },
	    { "groups", "Names of the groups whose monitors it holds." },
	    { "levels", "Its escalation levels, below." },
	    WAS } },
	{ "alert_definitions[].levels[]",
	  "When it alerts: after errors in a row, or after minutes; one of the two.",
	  RECORD_LEVEL,
	  { { "integrations", "Whom it alerts, below." } } },
	{ "alert_definitions[].levels[].integrations[]",
	  "An integration in a level.",
	  RECORD_PLACEMENT,
	  { { "links", "Which monitor changes which service, below." } } },
	{ "alert_definitions[].levels[].integrations[].links[]",
	  "A monitor and the service whose status it changes.",
	  RECORD_LINK,
	  { { NULL, NULL } } },
	{ "maintenance[]",
	  "Maintenance that recurs. Windows themselves are history, and in no document.",
	  RECORD_SCHEDULE,
	  { { "covers",
	      "Names of monitors, \"group:NAME\", \"service:INTEGRATION/NAME\"." },
	    WAS } },
};

static void add_keep(const struct page *page)
{
	add_section(page, "keep");
	add_paragraph(page, "For how many days the journals are kept; 0 is for ever. "
			    "Default 400 each; exported where it is not that.");
	for (enum journal i = 0; i < JOURNAL_COUNT; i++) {
		DEFER(buf_done) struct buf text = BUF_INIT(TEXT_MAX);
		buf_addf(&text, "Of %s (0 to %d).", journal_help(i), KEEP_DAYS_MAX);
		add_entry(page, journal_text(i), buf_text(&text));
	}
}

static void add_sections(const struct page *page)
{
	for (size_t i = 0; i < COUNT_OF(sections); i++) {
		const struct section *section = &sections[i];
		add_section(page, section->title);
		add_paragraph(page, section->what);
		add_fields(page, section->kind);
		for (size_t e = 0; e < ENTRIES_MAX && section->entries[e].key; e++)
			add_entry(page, section->entries[e].key,
				  section->entries[e].help);
	}
}

static const char intro[] = "What hublink import takes and hublink export prints: one "
			    "JSON object in UTF-8, with "
			    "\"hublink\": 1 and the lists below, each of which may be "
			    "absent. Names are unique in "
			    "their kind; a service's in its integration. A field that is "
			    "absent keeps what it has, "
			    "or gets its default when its record is new; null takes away "
			    "what is optional. Lists are "
			    "merged by name; only import --prune makes them equal. "
			    "Everything that is wrong is told "
			    "at once, each with its path, and then nothing is changed.";
static const char keys[] =
	"A key like check.every stands in an object: "
	"\"check\": {\"every\": \"1m\"}. Durations are 90s, 5m, 2h, 1d.";
static const char secrets[] = "Secret parts of a URL (user information, values of the "
			      "query, long segments of the "
			      "path) are written as ***, and *** keeps the stored one "
			      "where the rest is the same. "
			      "export --with-secrets prints them; import --secrets FILE "
			      "takes them from another file.";
static const char texts[] = "Public text names variables, replaced when an update is "
			    "decided: {{@service.name}}, "
			    "{{@monitor.name}}, {{@alert.failureMessage}} and the others "
			    "that Uptrends has. An "
			    "unknown one is refused.";

static void add_page(const struct page *page)
{
	add_heading(page, "DESCRIPTION");
	add_paragraph(page, intro);
	buf_adds(page->out, page->is_man ? ".PP\n" : "\n");
	add_paragraph(page, keys);
	add_heading(page, "LISTS");
	add_sections(page);
	add_keep(page);
	add_heading(page, "SECRETS");
	add_paragraph(page, secrets);
	add_heading(page, "TEXTS");
	add_paragraph(page, texts);
}

void guide_add_document(struct buf *ret)
{
	buf_adds(ret, "The configuration document\n");
	add_page(&(struct page){ .out = ret });
}

void guide_add_document_man(struct buf *ret)
{
	buf_addf(ret,
		 ".TH HUBLINK\\-DOCUMENT 5 \"\" \"hublink %s\"\n.ad l\n.nh\n"
		 ".SH NAME\nhublink\\-document \\- the configuration of hublink(1) as "
		 "JSON\n",
		 HUBLINK_VERSION);
	add_page(&(struct page){ .out = ret, .is_man = true });
	buf_adds(ret, ".SH EXAMPLE\n.nf\n"
		      "{\"hublink\": 1,\n"
		      " \"monitors\": [{\"name\": \"Shop\"}],\n"
		      " \"integrations\": [{\"name\": \"Statushub\", \"services\": [\n"
		      "  {\"name\": \"Website\",\n"
		      "   \"url\": "
		      "\"https://hooks.statushub.io/hooks/uptrends?token=***\"}]}],\n"
		      " \"alert_definitions\": [{\"name\": \"Default\", \"monitors\": "
		      "[\"Shop\"],\n"
		      "  \"levels\": [{\"level\": 1, \"after\": {\"errors\": 2},\n"
		      "   \"integrations\": [{\"integration\": \"Statushub\", "
		      "\"active\": true,\n"
		      "    \"links\": [{\"monitor\": \"Shop\", \"service\": "
		      "\"Website\"}]}]}]}]}\n"
		      ".fi\n.SH SEE ALSO\n.BR hublink (1)\n");
}
