#include "tests/support/stage.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/clock.h"
#include "core/base/text.h"

enum { LINE_SIZE = 4096, WAIT_MS = 60 * 1000, LOOK_EVERY_MS = 20 };

static const char document[] =
	"{'hublink': 1,"
	" 'monitors': [{'name': 'Shop', 'groups': ['web']}, {'name': 'API'},"
	"  {'name': 'Batch'}],"
	" 'integrations': [{'name': 'Hub', 'services': ["
	"  {'name': 'Website', 'url': '{hub}/website'},"
	"  {'name': 'Partner', 'url': '{hub}/partner'}]}],"
	" 'alert_definitions': [{'name': 'Default', 'groups': ['web'],"
	"  'monitors': ['API', 'Batch'],"
	"  'levels': [{'level': 1, 'after': {'errors': 1}, 'integrations': ["
	"   {'integration': 'Hub', 'active': true, 'links': ["
	"    {'monitor': 'Shop', 'service': 'Website'},"
	"    {'monitor': 'API', 'service': 'Website'},"
	"    {'monitor': 'Batch', 'service': 'Partner'}]}]}]}]}";

/* ---- life ---- */

int stage_setup(void **state)
{
	struct stage *s = mem_new(1, sizeof(*s));
	*state = s;
	sandbox_open(&s->sandbox);
	s->receiver = receiver_new();
	s->text = BUF_INIT(64 * 1024);
	stage_import(s, document);
	stage_do(s, "mode live");
	return 0;
}

int stage_teardown(void **state)
{
	struct stage *s = *state;
	if (s->engine)
		(void)stage_engine_end(s, SIGKILL);
	receiver_free(s->receiver);
	sandbox_close(&s->sandbox);
	buf_done(&s->text);
	free(s);
	return 0;
}

/* ---- commands ---- */

static const char *PRINTF_LIKE(4, 0)
	run(struct stage *s, int exit_code, bool errors, const char *format, va_list args)
{
	char line[LINE_SIZE];
	int bytes = vsnprintf(line, sizeof(line), format, args);
	assert_in_range(bytes, 0, LINE_SIZE - 1);
	return errors ? cli_err(&s->sandbox, exit_code, line)
		      : cli_out(&s->sandbox, exit_code, line);
}

const char *stage_out(struct stage *s, int exit_code, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	const char *text = run(s, exit_code, false, format, args);
	va_end(args);
	return text;
}

const char *stage_err(struct stage *s, int exit_code, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	const char *text = run(s, exit_code, true, format, args);
	va_end(args);
	return text;
}

void stage_do(struct stage *s, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	(void)run(s, 0, false, format, args);
	va_end(args);
}

/* Double quotes for single ones, the receiver's address for {hub}. */
static void write_document(struct stage *s, const char *text, struct buf *ret)
{
	static const char hub[] = "{hub}";
	char url[64];
	receiver_url(s->receiver, "", url, sizeof(url));
	while (*text) {
		bool is_hub = strncmp(text, hub, sizeof(hub) - 1) == 0;
		if (is_hub)
			buf_adds(ret, url);
		else
			buf_addc(ret, *text == '\'' ? '"' : *text);
		text += is_hub ? sizeof(hub) - 1 : 1;
	}
}

const char *stage_import_with(struct stage *s, int exit_code, const char *options,
			      const char *text)
{
	DEFER(buf_done) struct buf written = BUF_INIT(64 * 1024);
	char line[LINE_SIZE];
	write_document(s, text, &written);
	snprintf(line, sizeof(line), "import - %s", options);
	return exit_code == 0
		       ? cli_out_fed(&s->sandbox, 0, line, buf_text(&written))
		       : cli_err_fed(&s->sandbox, exit_code, line, buf_text(&written));
}

const char *stage_import(struct stage *s, const char *text)
{
	return stage_import_with(s, 0, "", text);
}

/* "12:00 Shop error" as a line of a batch. */
static void write_event(const char *text, size_t bytes, struct buf *ret)
{
	char event[128], at[16], monitor[64], state[16];
	assert_true(bytes < sizeof(event));
	memcpy(event, text, bytes);
	event[bytes] = '\0';
	if (sscanf(event, " %15s '%63[^']' %15s", at, monitor, state) != 3 &&
	    sscanf(event, " %15s %63s %15s", at, monitor, state) != 3)
		fail_msg("no event: '%s'", event);
	buf_addf(ret,
		 "{\"at\":\"2026-01-05T%s%sZ\",\"monitor\":\"%s\",\"state\":\"%s\"}\n",
		 at, strlen(at) == 5 ? ":00" : "", monitor, state);
}

void stage_events(struct stage *s, const char *events)
{
	DEFER(buf_done) struct buf batch = BUF_INIT(64 * 1024);
	while (*events) {
		size_t bytes = strcspn(events, ",");
		write_event(events, bytes, &batch);
		events += bytes + (events[bytes] == ',');
	}
	(void)cli_out_fed(&s->sandbox, 0, "event --batch -", buf_text(&batch));
}

void stage_change(struct stage *s, const char *sql)
{
	sqlite3 *db = NULL;
	char *said = NULL;
	assert_int_equal(sqlite3_open(s->sandbox.db, &db), SQLITE_OK);
	sqlite3_busy_timeout(db, WAIT_MS);
	if (sqlite3_exec(db, sql, NULL, NULL, &said) != SQLITE_OK)
		fail_msg("%s: %s", sql, said);
	sqlite3_close(db);
}

/* ---- the engine ---- */

void stage_settle(struct stage *s)
{
	stage_do(s, "engine --until-idle");
}

void stage_event(struct stage *s, const char *words)
{
	stage_do(s, "event %s", words);
	stage_settle(s);
}

static bool engine_runs(struct stage *s)
{
	return strstr(stage_out(s, 0, "--json status"), "\"running\":true") != NULL;
}

void stage_engine_start(struct stage *s)
{
	const char *const argv[] = { program_path("hublink-engine"), "engine", "--db",
				     s->sandbox.db, NULL };
	assert_int_equal(s->engine, 0);
	s->engine = fork();
	assert_true(s->engine >= 0);
	if (s->engine == 0) {
		int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
		dup2(nowhere, STDIN_FILENO);
		dup2(nowhere, STDERR_FILENO);
		execv(argv[0], (char *const *)(uintptr_t)argv);
		_exit(126);
	}
	const int64_t until_ms = clock_boot_ms() + WAIT_MS;
	while (!engine_runs(s))
		if (clock_boot_ms() > until_ms)
			fail_msg("the engine does not start");
}

int stage_engine_end(struct stage *s, int signal_number)
{
	int status;
	assert_int_equal(kill(s->engine, signal_number), 0);
	assert_int_equal(waitpid(s->engine, &status, 0), s->engine);
	s->engine = 0;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* ---- what came of it ---- */

static struct json *parse(const char *text, size_t bytes)
{
	struct err err = { 0 };
	struct json *value = json_parse(text, bytes, &err);
	if (!value)
		fail_msg("%s: %.*s", err.text, (int)bytes, text);
	return value;
}

/* The value at "published.status". */
static const struct json *find(const struct json *value, const char *path)
{
	char key[64];
	while (*path) {
		size_t bytes = strcspn(path, ".");
		assert_true(bytes < sizeof(key));
		memcpy(key, path, bytes);
		key[bytes] = '\0';
		value = json_get(value, key);
		path += bytes + (path[bytes] == '.');
	}
	return value;
}

static void add_member(struct buf *ret, const struct json *object, const char *path)
{
	const struct json *value = find(object, path);
	const char *text = json_string(value);
	if (text)
		buf_adds(ret, text);
	else if (value)
		json_add_value(ret, value);
	else
		buf_adds(ret, "absent");
}

/* Two members of every row, oldest first or as they come. */
static const char *rows(struct stage *s, const char *list, bool oldest_first,
			const char *first, const char *second)
{
	const char *text = stage_out(s, 0, "--json list %s", list);
	int count = count_lines(text);
	buf_reset(&s->text);
	for (int i = 0; i < count; i++) {
		struct json *row =
			assert_object(text, oldest_first ? count - 1 - i : i, first);
		buf_adds(&s->text, i ? ", " : "");
		add_member(&s->text, row, first);
		buf_addc(&s->text, ' ');
		add_member(&s->text, row, second);
		json_free(row);
	}
	return buf_text(&s->text);
}

const char *stage_incidents(struct stage *s)
{
	return rows(s, "incidents", true, "service", "status");
}

const char *stage_deliveries(struct stage *s)
{
	return rows(s, "deliveries", true, "kind", "state");
}

const char *stage_alerts(struct stage *s)
{
	return rows(s, "alerts", true, "type", "monitor");
}

const char *stage_services(struct stage *s)
{
	return rows(s, "services", false, "name", "status");
}

void stage_wait(struct stage *s, stage_fn *what, const char *expected)
{
	const int64_t until_ms = clock_boot_ms() + WAIT_MS;
	while (strcmp(what(s), expected) != 0 && clock_boot_ms() < until_ms)
		(void)poll(NULL, 0, LOOK_EVERY_MS);
	assert_string_equal(what(s), expected);
}

const char *stage_member(struct stage *s, const char *list, int row, const char *path)
{
	const char *text = stage_out(s, 0, "--json list %s", list);
	struct json *object = assert_object(text, count_lines(text) - 1 - row, "");
	buf_reset(&s->text);
	add_member(&s->text, object, path);
	json_free(object);
	return buf_text(&s->text);
}

/* ---- what the receiver took ---- */

struct json *stage_body(struct stage *s, size_t index)
{
	struct received request = receiver_get(s->receiver, index);
	return parse(request.body, request.body_bytes);
}

const char *stage_sent(struct stage *s, size_t index, const char *path)
{
	struct json *body = stage_body(s, index);
	buf_reset(&s->text);
	add_member(&s->text, body, path);
	json_free(body);
	return buf_text(&s->text);
}

static void add_told(struct stage *s, size_t index)
{
	struct json *body = stage_body(s, index);
	buf_adds(&s->text, s->text.len ? ", " : "");
	add_member(&s->text, body, "state");
	if (json_get(body, "service_status")) {
		buf_addc(&s->text, ' ');
		add_member(&s->text, body, "service_status");
	}
	json_free(body);
}

const char *stage_told(struct stage *s, const char *path)
{
	buf_reset(&s->text);
	for (size_t i = 0; i < receiver_count(s->receiver); i++)
		if (text_equal(receiver_get(s->receiver, i).path, path))
			add_told(s, i);
	return buf_text(&s->text);
}
