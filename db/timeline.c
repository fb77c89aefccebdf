/* An incident's timeline: told by the rows that it left in the journal and the outbox,
 * and by the lines that people's acts added. */
#include <inttypes.h>

#include "core/base/buf.h"
#include "core/base/text.h"
#include "db/journal.h"

/* Where a line comes from, as the question numbers them; its columns mean something
 * else each. */
enum source {
	SOURCE_ALERT,    /* type, level, is the opening one; monitor, definition */
	SOURCE_OK,       /* monitor */
	SOURCE_DECIDED,  /* kind, incident status, service status, dry */
	SOURCE_ATTEMPT,  /* kind, http status, no answer, ms; error */
	SOURCE_ENDED,    /* kind, state; why */
	SOURCE_RECORDED, /* text, kind */
	SOURCE_COUNT,
};

enum {
	COLUMN_AT,
	COLUMN_SOURCE,
	COLUMN_A,
	COLUMN_B,
	COLUMN_C,
	COLUMN_D,
	COLUMN_TEXT,
	COLUMN_MORE,
	COLUMN_ACTOR,
	COLUMN_DELIVERY,
};

static const char *kind_title(int64_t kind)
{
	static const char *const titles[] = {
		[KIND_DISRUPTION] = "Disruption",
		[KIND_RECOVERY] = "Recovery",
		[KIND_REMINDER] = "Reminder",
		[KIND_REOPEN] = "Reopening",
		[KIND_SEVERITY] = "Severity",
		[KIND_NOTE] = "Note",
		[KIND_TEST] = "Test",
	};
	_Static_assert(COUNT_OF(titles) == KIND_COUNT, "every kind has its title");
	return kind >= 0 && kind < KIND_COUNT ? titles[kind] : "Update";
}

static const char *tell_alert(const struct stmt *s, struct buf *text)
{
	enum alert_type type = (enum alert_type)column_int(s, COLUMN_A);
	buf_addf(text, "%s alert of monitor '%s' (level %" PRId64 " of '%s')",
		 alert_type_text(type), column_text(s, COLUMN_TEXT),
		 column_int(s, COLUMN_B), column_text(s, COLUMN_MORE));
	if (type == ALERT_REMINDER)
		return "reminder";
	return column_bool(s, COLUMN_C) ? "alert" : "joined";
}

static const char *tell_ok(const struct stmt *s, struct buf *text)
{
	buf_addf(text, "Monitor '%s' is OK", column_text(s, COLUMN_TEXT));
	return "ok";
}

static const char *tell_decided(const struct stmt *s, struct buf *text)
{
	buf_addf(text, "%s decided: incident %s, service %s%s",
		 kind_title(column_int(s, COLUMN_A)),
		 incident_status_text((enum incident_status)column_int(s, COLUMN_B)),
		 service_status_text((enum service_status)column_int(s, COLUMN_C)),
		 column_bool(s, COLUMN_D) ? " (dry-run: recorded only)" : "");
	return "decided";
}

static const char *tell_attempt(const struct stmt *s, struct buf *text)
{
	const char *title = kind_title(column_int(s, COLUMN_A));
	int64_t status = column_int(s, COLUMN_B);
	const char *why = column_text(s, COLUMN_TEXT);
	if (status != 0)
		buf_addf(text, "%s answered with %" PRId64 " after %" PRId64 " ms", title,
			 status, column_int(s, COLUMN_D));
	else if (column_bool(s, COLUMN_C))
		buf_addf(text, "%s sent, but not answered", title);
	else
		buf_addf(text, "%s could not be sent", title);
	if (status == 0 && why[0] != '\0')
		buf_addf(text, ": %s", why);
	return "attempt";
}

static const char *tell_ended(const struct stmt *s, struct buf *text)
{
	const char *state =
		delivery_state_text((enum delivery_state)column_int(s, COLUMN_B));
	const char *why = column_text(s, COLUMN_TEXT);
	buf_addf(text, "%s %s", kind_title(column_int(s, COLUMN_A)), state);
	if (why[0] != '\0')
		buf_addf(text, ": %s", why);
	return state;
}

static const char *tell_recorded(const struct stmt *s, struct buf *text)
{
	buf_adds(text, column_text(s, COLUMN_TEXT));
	return column_text(s, COLUMN_MORE);
}

/* Each writes its text and returns the line's kind. */
static const char *(*const tellers[])(const struct stmt *s, struct buf *text) = {
	[SOURCE_ALERT] = tell_alert,     [SOURCE_OK] = tell_ok,
	[SOURCE_DECIDED] = tell_decided, [SOURCE_ATTEMPT] = tell_attempt,
	[SOURCE_ENDED] = tell_ended,     [SOURCE_RECORDED] = tell_recorded,
};
_Static_assert(COUNT_OF(tellers) == SOURCE_COUNT, "every source has its teller");

static void tell(const struct stmt *s, struct timeline_entry *ret)
{
	*ret = (struct timeline_entry){ .at_ms = column_int(s, COLUMN_AT),
					.delivery_id = column_int(s, COLUMN_DELIVERY) };
	DEFER(buf_done) struct buf text = BUF_INIT(sizeof(ret->text) - 1);
	const char *kind = tellers[column_int(s, COLUMN_SOURCE)](s, &text);
	text_cut(ret->kind, sizeof(ret->kind), kind, sizeof(ret->kind));
	text_cut(ret->text, sizeof(ret->text), buf_text(&text), PUBLIC_TEXT_CHARS_MAX);
	column_copy(s, COLUMN_ACTOR, ret->actor, sizeof(ret->actor));
}

bool store_incident_message(struct store *store, int64_t id, struct buf *ret,
			    struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_INCIDENT_MESSAGE);
	bind_int(s, ":incident", id);
	int got = stmt_step(s, err);
	if (got > 0)
		column_add(s, 0, ret);
	return got >= 0;
}

bool store_timeline(struct store *store, int64_t incident_id, bool newest_first,
		    bool (*row)(void *, const struct timeline_entry *), void *arg,
		    struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_TIMELINE);
	bind_int(s, ":incident", incident_id);
	bind_int(s, ":direction", newest_first ? -1 : 1);
	int got = 0;
	bool go_on = true;
	while (go_on && (got = stmt_step(s, err)) > 0) {
		struct timeline_entry entry;
		tell(s, &entry);
		go_on = row(arg, &entry);
	}
	return got >= 0;
}
