/* Secrets stay where they belong (I30, T1, T5): canaries in every place that holds
 * one, every command run with them, whole and failing, several screens of the console; then
 * no byte that came out holds a canary, in whatever form. */
#include <stdio.h>
#include <string.h>

#include "core/base/text.h"
#include "tests/support/canary.h"
#include "tests/support/check.h"
#include "tests/support/console.h"
#include "tests/support/stage.h"
#include "tui/cli/command.h"

enum { DOCUMENT_MAX = 16 * 1024 };

#define TOKEN "Kx9QwT7zLm2PvR4yTk"
#define SEGMENT "sG8mW3nB6vC1xZq5Lp"
#define HEADER "hD4jK7pZ9xQ2wVe7Rt"
#define TARGET_KEY "qY6uI1oP0aS5dF3gHj"
#define PASSWORD "nM2bV8cX4zL6kJ9hGf"
#define REFUSED "rF5eD1sW7qA3zX9cVb"

#define PATH "/website/" SEGMENT
#define BAD_URL "ftp://me:" REFUSED "@h.example/" SEGMENT "?token=" REFUSED "#" REFUSED

static struct canaries canaries;
static int leaks;

/* ---- what is looked at ---- */

static void look(const char *where, const char *bytes, size_t count)
{
	const char *found = canary_in(&canaries, bytes, count);
	if (found == NULL)
		return;
	print_error("%s: shows %s\n", where, found);
	leaks++;
}

/* Both outputs of the command, plain and as JSON. */
static void witness(struct stage *s, const char *line, const char *input)
{
	static const char *const ways[] = { "", "--json " };
	for (size_t i = 0; i < COUNT_OF(ways); i++) {
		DEFER(ran_done) struct ran ran = { 0 };
		char whole[512];
		(void)snprintf(whole, sizeof(whole), "%s%s", ways[i], line);
		if (hublink_feed(&s->sandbox, &ran, whole, input) >= 128)
			fail_msg("%s: ended by a signal", whole);
		look(whole, buf_text(&ran.out), ran.out.len);
		look(whole, buf_text(&ran.err), ran.err.len);
	}
}

/* ---- where the canaries are ---- */

static void make_document(const struct stage *s, const char *name, struct buf *ret)
{
	char hub[64];
	receiver_url(s->receiver, "", hub, sizeof(hub));
	buf_addf(ret,
		 "{\"hublink\":1,\"monitors\":[{\"name\":\"%s\",\"check\":{\"type\":"
		 "\"http\",\"target\":\"%s/health/" SEGMENT "?key=" TARGET_KEY
		 "\",\"headers\":{\"X-Key\":\"" HEADER "\"}}}],",
		 name, hub);
	buf_addf(ret,
		 "\"integrations\":[{\"name\":\"Hub\",\"services\":[{\"name\":"
		 "\"Website\",\"url\":\"%s" PATH "?token=" TOKEN "\"},{\"name\":"
		 "\"Partner\",\"url\":\"%s/partner/" SEGMENT "?" TOKEN "\"}]}]}",
		 hub, hub);
}

static void hide_token(struct stage *s)
{
	char token[CANARY_SIZE] = "";
	const char *printed = stage_out(s, 0, "token new prober");
	(void)sscanf(printed, "%95s", token);
	assert_true(strlen(token) >= 16);
	canary_add(&canaries, "the listener's token", token);
}

static void hide_canaries(struct stage *s)
{
	DEFER(buf_done) struct buf document = BUF_INIT(DOCUMENT_MAX);
	canaries = (struct canaries){ 0 };
	leaks = 0;
	canary_add(&canaries, "the URL's token", TOKEN);
	canary_add(&canaries, "the URL's path segment", SEGMENT);
	canary_add(&canaries, "a check's header", HEADER);
	canary_add(&canaries, "a check's URL", TARGET_KEY);
	canary_add(&canaries, "the account's password", PASSWORD);
	canary_add(&canaries, "a refused URL", REFUSED);
	make_document(s, "Shop", &document);
	(void)cli_out_fed(&s->sandbox, 0, "import -", buf_text(&document));
	(void)cli_out_fed(&s->sandbox, 0,
			  "uptrends account user --url http://127.0.0.1:1/v4 --pause 0s",
			  "a\"\\" PASSWORD "\n");
	hide_token(s);
}

/* ---- every command ---- */

/* An incident, and deliveries that went well, were refused and found nobody; what the
 * receiver answers repeats the address. */
static void have_a_history(struct stage *s)
{
	static char echo[512], location[512];
	char url[256];
	receiver_url(s->receiver, PATH "?token=" TOKEN, url, sizeof(url));
	(void)snprintf(echo, sizeof(echo),
		       "{\"error\": \"no such hook: %s (" TOKEN ")\"}", url);
	(void)snprintf(location, sizeof(location), "Location: %s\r\n", url);
	receiver_rule(s->receiver, (struct receiver_rule){ .path = PATH,
							   .times = 1,
							   .status = 302,
							   .headers = location,
							   .body = echo });
	receiver_rule(s->receiver, (struct receiver_rule){ .path = PATH,
							   .times = 1,
							   .end = RECEIVER_RESETS });
	receiver_rule(s->receiver,
		      (struct receiver_rule){
			      .path = PATH, .times = 2, .status = 400, .body = echo });
	receiver_rule(s->receiver, (struct receiver_rule){ .path = PATH,
							   .times = 2,
							   .raw = "HTTP/1.1 \r\n\r\n" });
	receiver_rule(s->receiver, (struct receiver_rule){ .status = 404, .body = echo });
	witness(s, "event Shop error --message 'HTTP 500'", NULL);
	for (int i = 0; i < 4; i++) {
		witness(s, "engine --until-idle", NULL);
		witness(s, "delivery show 1", NULL);
		witness(s, "delivery retry --all-failed", NULL);
		witness(s, "delivery retry --all-waiting", NULL);
	}
	assert_true(receiver_count(s->receiver) > 2);
}

/* One a line at least for each command; near misses of names among them. */
static const char *const lines[] = {
	"init",
	"engine --max-in-flight none",
	"event Shp error",
	"event --batch -",
	"export",
	"check",
	"rename service Websit Web",
	"rename service Website Website",
	"test Website",
	"test Websit",
	"test --all --state disruption",
	"test Website --connect",
	"test Website --send --yes",
	"test Partner --send",
	"test Partner --send --yes",
	"simulate Shop --error-for 10m",
	"explain Shop",
	"explain Shop Website",
	"explain Shop Websit",
	"probe Shop",
	"probe Shp",
	"next",
	"status",
	"status --check",
	"list monitors",
	"list groups",
	"list integrations",
	"list services",
	"list definitions",
	"list links",
	"list incidents",
	"list alerts",
	"list deliveries",
	"list maintenance",
	"list audit",
	"list unmatched",
	"list deliveries --service Websit",
	"incident show 1",
	"incident report 1",
	"incident report 1 --format markdown",
	"incident identify 1",
	"incident note 1 --message words",
	"incident recover 1",
	"incident resolve 99",
	"incident detach 1",
	"incident open Partner --message words",
	"history Website",
	"delivery show 1",
	"delivery show 99",
	"delivery retry 1",
	"delivery release 1",
	"delivery cancel 1",
	"resync Website --dry-run",
	"resync --all",
	"mode",
	"mute Shop --for 10m",
	"maintenance add Shop --from 2030-01-01T00:00Z --until 2030-01-01T01:00Z",
	"maintenance extend 1 --until 2031-01-01T00:00Z",
	"maintenance end 1",
	"maintenance pause Nightly",
	"maintenance resume Nightly",
	"maintenance delete 1",
	"keep",
	"audit verify",
	"audit export",
	"token list",
	"token new prober",
	"token revoke probe",
	"unmatched adopt 1",
	"uptrends account",
	"uptrends account user --url http://127.0.0.1:1/other --zone mars",
	"uptrends import --dry-run",
	"uptrends follow",
	"uptrends follow on",
	"hub --listen 127.0.0.1:none",
	"backup /nowhere/at/all",
	"restore /nowhere/at/all",
	"migrate --dry-run",
	"doctor",
	"gate --as anna --role viewer",
	"version",
	"help",
	"help service set-url",
};

static void witness_what_is_fed(struct stage *s)
{
	DEFER(buf_done) struct buf document = BUF_INIT(DOCUMENT_MAX);
	make_document(s, "Shop", &document);
	witness(s, "check -", buf_text(&document));
	witness(s, "import - --dry-run", buf_text(&document));
	buf_reset(&document);
	buf_addf(&document,
		 "{\"hublink\":1,\"integrations\":[{\"name\":\"Hub\",\"services\":["
		 "{\"name\":\"Website\",\"url\":\"" BAD_URL "\",\"page_url\":\"" BAD_URL
		 "\"}]}],\"monitors\":[{\"name\":\"Shop\",\"check\":{\"type\":\"http\","
		 "\"target\":\"" BAD_URL "\",\"headers\":{\"X Key\":\"" REFUSED
		 "\"}}}]}");
	witness(s, "check -", buf_text(&document));
	witness(s, "import -", buf_text(&document));
	witness(s, "service set-url Website", BAD_URL "\n");
	witness(s, "service set-url Websit", BAD_URL "\n");
	witness(s, "service set-url Website", REFUSED "\n");
	witness(s, "service find-url -", BAD_URL "\n");
	witness(s, "service find-url -", REFUSED "\n");
	witness(s, "--plain",
		"list services\ndeliveries\nmonitors\nlist audit\ntest Website\n"
		"explain Shop\nnonsense\nquit\n");
}

static bool is_run(const char *name)
{
	static const char *const fed[] = { "import", "service set-url",
					   "service find-url" };
	for (size_t i = 0; i < COUNT_OF(fed); i++)
		if (text_equal(name, fed[i]))
			return true;
	for (size_t i = 0; i < COUNT_OF(lines); i++)
		if (text_starts_with(lines[i], name))
			return true;
	return false;
}

static void commands__show_no_secret__whatever_happens(void **state)
{
	struct stage *s = *state;
	hide_canaries(s);
	have_a_history(s);
	for (size_t i = 0; i < COUNT_OF(lines); i++)
		witness(s, lines[i], NULL);
	witness_what_is_fed(s);
	for (size_t i = 0; i < command_count; i++)
		if (!is_run(commands[i]->name))
			fail_msg("%s: is not run here", commands[i]->name);
	assert_int_equal(leaks, 0);
}

static void commands__show_secrets__only_when_told_to(void **state)
{
	struct stage *s = *state;
	hide_canaries(s);
	assert_holds(stage_out(s, 0, "export --with-secrets"), TOKEN);
	assert_holds(stage_out(s, 0, "export --secrets-only"), TOKEN);
	assert_holds(stage_out(s, 0, "test Website --show-secrets"), TOKEN);
	witness(s, "list audit", NULL);
	witness(s, "audit export", NULL);
	assert_int_equal(leaks, 0);
}

/* ---- the console ---- */

/* Keys, and what they lead to: lists, details, forms, tests, histories, what was pasted. */
static const struct {
	const char *keys, *awaited;
} screens[] = {
	{ "1", "Incidents open" },
	{ "2", "Website" },
	{ "\r", "Timeline" },
	{ KEY_ESC "3jj", "Website" },
	{ "\r", "***" },
	{ "e", "***" },
	{ KEY_ESC "t", "DRY RUN" },
	{ KEY_ESC "h", "by hand" },
	{ KEY_ESC KEY_ESC "4G", "Shop" },
	{ "\r", "***" },
	{ "e", "***" },
	{ KEY_ESC KEY_ESC "7", "disruption" },
	{ "\r", "400" },
	{ KEY_ESC "9", "Told to the public" },
};

static void console__shows_no_secret__on_its_screens(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = NULL;
	size_t count;

	hide_canaries(s);
	have_a_history(s);
	vt = console_open_sized(&s->sandbox, 120, 40, NULL);
	for (size_t i = 0; i < COUNT_OF(screens); i++)
		console_act(vt, screens[i].keys, screens[i].awaited);
	const char *bytes = vt_bytes(vt, &count);
	look("the console", bytes, count);
	assert_true(count > 1000);
	assert_int_equal(leaks, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STAGE_TEST(commands__show_no_secret__whatever_happens),
		STAGE_TEST(commands__show_secrets__only_when_told_to),
		STAGE_TEST(console__shows_no_secret__on_its_screens),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
