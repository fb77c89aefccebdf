/* I26, T20: whatever changes or reveals something leaves exactly one act in the audit, with
 * who, from where and why, before and after, and no secret; whatever only looks leaves none.
 * Every command is in the table: a new one without its line here fails. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/base/text.h"
#include "tests/support/canary.h"
#include "tests/support/check.h"
#include "tests/support/stage.h"
#include "tui/cli/command.h"

#define TOKEN "Kx9QwT7zLm2PvR4yTk"
#define OTHER "sG8mW3nB6vC1xZq5Lp"
#define PASSWORD "nM2bV8cX4zL6kJ9hGf"
#define BECAUSE "ticket 4711"

enum { EXPORT_MAX = 1 << 20, BEFORE = 1, AFTER = 2, BOTH = BEFORE | AFTER };

/* What is done, in this order: each finds what those before it left. */
static const struct act {
	const char *line;
	const char *action; /* of its row; NULL: it leaves none */
	int told;           /* BEFORE, AFTER: what the row says */
	int exit_code;
	const char *input;
} acts[] = {
	{ "init", NULL, 0, 0, NULL },
	{ "event Shop error", NULL, 0, 0, NULL },
	{ "event Batch error", NULL, 0, 0, NULL },
	{ "engine --until-idle", NULL, 0, 0, NULL },
	{ "import -", "import", AFTER, 0,
	  "{\"hublink\":1,\"monitors\":[{\"name\":\"Spare\"}]}" },
	{ "import - --dry-run", NULL, 0, 0,
	  "{\"hublink\":1,\"monitors\":[{\"name\":\"Other\"}]}" },
	{ "import -", NULL, 0, 3, "{\"hublink\":1,\"monitors\":[{}]}" },
	{ "export", NULL, 0, 0, NULL },
	{ "export --with-secrets", "reveal", 0, 0, NULL },
	{ "export --secrets-only", "reveal", 0, 0, NULL },
	{ "check", NULL, 0, 0, NULL },
	{ "rename monitor Spare Reserve", "rename", BOTH, 0, NULL },
	{ "rename monitor Nothing Reserve", NULL, 0, 5, NULL },
	{ "service set-url Website", "update", BOTH, 0,
	  "http://127.0.0.1:1/website?token=" OTHER "\n" },
	{ "service find-url -", NULL, 0, 0,
	  "http://127.0.0.1:1/website?token=" OTHER "\n" },
	{ "test Website", NULL, 0, 0, NULL },
	{ "test Website --show-secrets", "reveal", 0, 0, NULL },
	{ "test Website --connect", NULL, 0, 1, NULL },
	{ "test Spare --state disruption --send --yes", "test", AFTER, 0, NULL },
	{ "simulate Shop --error-for 5m", NULL, 0, 0, NULL },
	{ "explain Shop", NULL, 0, 0, NULL },
	{ "probe Shop", NULL, 0, 3, NULL },
	{ "next", NULL, 0, 0, NULL },
	{ "status", NULL, 0, 0, NULL },
	{ "list audit", NULL, 0, 0, NULL },
	{ "incident show 1", NULL, 0, 0, NULL },
	{ "incident report 1", NULL, 0, 0, NULL },
	{ "incident identify 1", "identify", BOTH, 0, NULL },
	{ "incident note 1 --message words", "note", BOTH, 0, NULL },
	{ "incident recover 1", NULL, 0, 4, NULL },
	{ "incident recover 1 --force", "recover", BOTH, 0, NULL },
	{ "incident resolve 1 --force", "resolve", BOTH, 0, NULL },
	{ "incident open Spare --message words", "open", AFTER, 0, NULL },
	{ "incident detach 3", "detach", BOTH, 0, NULL },
	{ "history Website", NULL, 0, 0, NULL },
	{ "delivery show 1", NULL, 0, 0, NULL },
	{ "delivery retry --all-waiting", "retry", AFTER, 0, NULL },
	{ "delivery retry --all-failed", NULL, 0, 0, NULL },
	{ "delivery cancel 1", NULL, 0, 4, NULL },
	{ "delivery release 2", "release", BOTH, 0, NULL },
	{ "delivery cancel 2", "cancel", BOTH, 0, NULL },
	{ "resync --all --dry-run", NULL, 0, 0, NULL },
	{ "resync --all", "resync", AFTER, 0, NULL },
	{ "mode", NULL, 0, 0, NULL },
	{ "mode paused", "mode", BOTH, 0, NULL },
	{ "mode paused", NULL, 0, 0, NULL },
	{ "mute API --for 10m", "create", AFTER, 0, NULL },
	{ "maintenance add Batch --from 2030-01-01T00:00:00Z --until "
	  "2030-01-01T01:00:00Z",
	  "create", AFTER, 0, NULL },
	{ "maintenance add Batch --from 02:00 --until 03:00 --every day --name Nightly",
	  "create", AFTER, 0, NULL },
	{ "maintenance extend 2 --until 2031-01-01T00:00:00Z", "update", BOTH, 0, NULL },
	{ "maintenance end 1", "update", BOTH, 0, NULL },
	{ "maintenance pause Nightly", "update", BOTH, 0, NULL },
	{ "maintenance resume Nightly", "update", BOTH, 0, NULL },
	{ "maintenance delete Nightly", "delete", BEFORE, 0, NULL },
	{ "keep", NULL, 0, 0, NULL },
	{ "keep alerts 30 --yes", "keep", BOTH, 0, NULL },
	{ "audit verify", NULL, 0, 0, NULL },
	{ "audit export", NULL, 0, 0, NULL },
	{ "token new prober", "create", 0, 0, NULL },
	{ "token list", NULL, 0, 0, NULL },
	{ "token revoke prober", "delete", 0, 0, NULL },
	{ "unmatched adopt 1", "create", AFTER, 0, NULL },
	{ "unmatched adopt 2 --as Shop", "adopt", AFTER, 0, NULL },
	{ "uptrends account me --url http://127.0.0.1:1/v4", "create", AFTER, 0,
	  PASSWORD "\n" },
	{ "uptrends account", NULL, 0, 0, NULL },
	{ "uptrends import --dry-run", NULL, 0, 1, NULL },
	{ "uptrends follow on", "update", BOTH, 0, NULL },
	{ "uptrends follow", NULL, 0, 0, NULL },
	{ "uptrends account --forget", "delete", BEFORE, 0, NULL },
	{ "hub --listen 127.0.0.1:none", NULL, 0, 3, NULL },
	{ "backup -", "backup", 0, 0, NULL },
	{ "restore /nowhere/at/all", NULL, 0, 5, NULL },
	{ "migrate", NULL, 0, 0, NULL },
	{ "doctor", NULL, 0, 0, NULL },
	{ "gate --as anna --role viewer", NULL, 0, 2, NULL },
	{ "version", NULL, 0, 0, NULL },
	{ "help", NULL, 0, 0, NULL },
};

static struct canaries canaries;
static int faults;

/* Rows of one act tell the id of its first: what belongs to a record has rows of its own. */
static bool begins_act(const char *text, size_t length)
{
	DEFER(json_done) struct json *row = json_parse(text, length, NULL);
	int64_t id, act;
	assert_true(json_integer(json_get(row, "id"), &id));
	assert_true(json_integer(json_get(row, "act"), &act));
	return id == act;
}

/* How many acts the audit tells of; the first row of the last. */
static int read_acts(struct stage *s, struct buf *ret_last)
{
	DEFER(ran_done) struct ran ran = { 0 };
	int count = 0;
	assert_int_equal(hublink_feed(&s->sandbox, &ran, "audit export", NULL), 0);
	const char *found = canary_in(&canaries, buf_text(&ran.out), ran.out.len);
	if (found)
		fail_msg("the audit shows %s", found);
	const char *end;
	for (const char *row = buf_text(&ran.out); (end = strchr(row, '\n'));
	     row = end + 1)
		if (begins_act(row, (size_t)(end - row))) {
			count++;
			buf_reset(ret_last);
			buf_add(ret_last, row, (size_t)(end - row));
		}
	return count;
}

PRINTF_LIKE(2, 3) static void complain(const struct act *act, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	print_error("%s: ", act->line);
	vprint_error(format, args);
	print_error("\n");
	va_end(args);
	faults++;
}

static const char *member(const struct json *row, const char *name)
{
	const char *text = json_string(json_get(row, name));
	return text ? text : "";
}

static void expect_row(const struct act *act, const char *text)
{
	DEFER(json_done) struct json *row = json_parse(text, strlen(text), NULL);
	assert_non_null(row);
	const int told =
		(json_type_of(json_get(row, "before")) != JSON_NULL ? BEFORE : 0) |
		(json_type_of(json_get(row, "after")) != JSON_NULL ? AFTER : 0);
	if (!text_equal(member(row, "action"), act->action) || told != act->told ||
	    !text_equal(member(row, "because"), BECAUSE) ||
	    member(row, "actor")[0] == '\0' || member(row, "source")[0] == '\0' ||
	    member(row, "object_kind")[0] == '\0')
		complain(act, "leaves %s", text);
}

static void play(struct stage *s, const struct act *act)
{
	DEFER(ran_done) struct ran ran = { 0 };
	DEFER(buf_done) struct buf last = BUF_INIT(EXPORT_MAX);
	char line[512];
	const int before = read_acts(s, &last);
	(void)snprintf(line, sizeof(line), "--because '" BECAUSE "' %s", act->line);
	const int code = hublink_feed(&s->sandbox, &ran, line, act->input);
	if (code != act->exit_code)
		complain(act, "ended with %d: %s", code, buf_text(&ran.err));
	const int left = read_acts(s, &last) - before;
	if (left != (act->action != NULL))
		complain(act, "leaves %d acts, the last %s", left, buf_text(&last));
	else if (act->action != NULL)
		expect_row(act, buf_text(&last));
}

/* The audit comes back as it was when the copy was made, and says who put it there. */
static void expect_row_of_restoring(struct stage *s)
{
	DEFER(buf_done) struct buf last = BUF_INIT(EXPORT_MAX);
	const char *folder = s->sandbox.folder;
	stage_do(s, "--because '" BECAUSE "' backup %s/copy.db", folder);
	stage_do(s, "--because '" BECAUSE "' restore %s/copy.db", folder);
	(void)read_acts(s, &last);
	expect_row(&(struct act){ .line = "restore FILE", .action = "restore" },
		   buf_text(&last));
}

static bool is_played(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(acts); i++)
		if (text_starts_with(acts[i].line, name))
			return true;
	return false;
}

static void commands__leave_one_row__for_each_act(void **state)
{
	struct stage *s = *state;
	canaries = (struct canaries){ 0 };
	faults = 0;
	canary_add(&canaries, "a URL's token", TOKEN);
	canary_add(&canaries, "another URL's token", OTHER);
	canary_add(&canaries, "the account's password", PASSWORD);
	stage_import(s, "{'hublink': 1, 'integrations': [{'name': 'Hub', 'services': ["
			" {'name': 'Website', 'url': '{hub}/website?token=" TOKEN
			"'}, {'name': 'Partner', 'publish_after': '1h'},"
			" {'name': 'Spare', 'url': '{hub}/spare'}]}]}");
	stage_change(s,
		     "INSERT INTO unmatched (guid, name, events, first_ms, monitor_id, "
		     "state, confirmed, explicit_at, at_ms, received_ms, effect, "
		     "errors, started_ms) VALUES "
		     "('', 'Stray', 1, 1, 0, 1, 1, 0, 1, 1, 1, 0, 0), "
		     "('', 'Store', 1, 1, 0, 1, 1, 0, 1, 1, 1, 0, 0)");
	for (size_t i = 0; i < COUNT_OF(acts); i++)
		play(s, &acts[i]);
	expect_row_of_restoring(s);
	for (size_t i = 0; i < command_count; i++)
		if (!is_played(commands[i]->name))
			fail_msg("%s: has no line in the table of acts above",
				 commands[i]->name);
	assert_int_equal(faults, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STAGE_TEST(commands__leave_one_row__for_each_act),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
