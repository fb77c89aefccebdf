/* explain, next and simulate: why, what comes, what would (R2, R3, R11, R16, R19). */
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "tests/support/stage.h"

static const char twin[] =
	"{'hublink': 1, 'integrations': [{'name': 'Hub2', 'services': ["
	" {'name': 'Website', 'url': '{hub}/twin'}]}]}";

/* ---- explain ---- */

static void explain__is_0__when_an_error_would_reach_the_service(void **state)
{
	struct stage *s = *state;
	const char *out = stage_out(s, 0, "explain Shop Website");
	assert_holds(out, "REACHES Default level 1 -> Hub/Website\n");
	assert_lacks(out, "SHUT");
	stage_out(s, 0, "explain Shop");
	stage_out(s, 1, "explain Shop Partner");
}

static void explain__has_its_shape(void **state)
{
	struct stage *s = *state;
	static const char *const gates[] = { "monitor", "maintenance", "definition",
					     "level",   "integration", "link",
					     "mode",    "threshold" };
	struct json *path =
		assert_object(stage_out(s, 0, "--json explain Shop"), 0,
			      "reaches definition level integration service gates[]");
	const struct json *gate = json_first(json_get(path, "gates"));
	for (size_t i = 0; i < COUNT_OF(gates); i++, gate = json_next(gate)) {
		bool open = false;
		assert_string_equal(json_string(json_get(gate, "gate")), gates[i]);
		assert_true(json_bool(json_get(gate, "open"), &open));
		assert_true(open);
		assert_non_null(json_string(json_get(gate, "text")));
	}
	assert_null(gate);
	json_free(path);
}

/* Each gate of R3, shut by itself. */
static void explain__is_1__and_names_the_shut_gate(void **state) /* R3 */
{
	static const struct {
		const char *document, *says;
	} gates[] = {
		{ "{'hublink':1,'monitors':[{'name':'Shop','active':false}]}",
		  "SHUT  monitor" },
		{ "{'hublink':1,'alert_definitions':[{'name':'Default','active':false}]}",
		  "SHUT  definition" },
		{ "{'hublink':1,'alert_definitions':[{'name':'Default','levels':["
		  "{'level':1,'active':false}]}]}",
		  "SHUT  level" },
		{ "{'hublink':1,'alert_definitions':[{'name':'Default','levels':["
		  "{'level':1,'integrations':[{'integration':'Hub','active':false}]}]}]}",
		  "SHUT  integration" },
	};
	struct stage *s = *state;
	for (size_t i = 0; i < COUNT_OF(gates); i++) {
		char *before = mem_strdup(stage_out(s, 0, "export"));
		stage_import(s, gates[i].document);
		assert_holds(stage_out(s, 1, "explain Shop Website"), gates[i].says);
		(void)cli_out_fed(&s->sandbox, 0, "import -", before);
		free(before);
		stage_import(s, "{'hublink':1,'integrations':[{'name':'Hub','services':["
				"{'name':'Website','url':'{hub}/website'}]}]}");
		stage_out(s, 0, "explain Shop Website");
	}
	assert_holds(stage_out(s, 1, "explain Shop Partner"), "SHUT  link");
}

static void explain__counts_dry_run_and_maintenance_as_shut__not_paused(
	void **state) /* R11, R19 */
{
	struct stage *s = *state;
	stage_do(s, "mode paused");
	assert_holds(stage_out(s, 0, "explain Shop"), "open  mode        the mode is "
						      "paused");
	stage_do(s, "mode dry-run");
	assert_holds(stage_out(s, 1, "explain Shop"), "SHUT  mode        the mode is "
						      "dry-run");
	stage_do(s, "mode live");
	stage_do(s, "mute Shop --for 10m");
	assert_holds(stage_out(s, 1, "explain Shop"), "(window #1)");
	assert_holds(stage_out(s, 0, "explain Shop --at +11m"), "REACHES");
}

static void explain__tells_thresholds__as_they_are_now(void **state)
{
	struct stage *s = *state;
	stage_import(s, "{'hublink':1,'alert_definitions':[{'name':'Default','levels':["
			"{'level':1,'after':{'errors':3}}]}]}");
	stage_do(s, "event Shop error");
	stage_settle(s);
	assert_holds(stage_out(s, 0, "explain Shop"), "at error 3 in a row; so far 1");
}

static void explain__echoes_the_time__in_utc_and_local(void **state)
{
	struct stage *s = *state;
	assert_string_equal(
		stage_err(s, 0, "explain Shop --at 2099-12-01T00:00:00+01:00"),
		"--at: 2099-11-30T23:00:00Z (2099-11-30 23:00:00 UTC)\n");
}

static void explain__is_refused__by_its_words(void **state)
{
	struct stage *s = *state;
	stage_import(s, twin);
	assert_holds(stage_err(s, 3, "explain Shop Website"),
		     "'Hub/Website', 'Hub2/Website'");
	stage_out(s, 0, "explain Shop Hub/Website");
	assert_holds(stage_err(s, 5, "explain Shp"), "'Shop' is the nearest name");
	assert_holds(stage_err(s, 5, "explain Shop Nix"), "Service 'Nix'");
	assert_holds(stage_err(s, 3, "explain Shop --at noon"), "--at");
	stage_err(s, 2, "explain");
	stage_out(s, 0, "--read-only explain Shop");
}

/* ---- next ---- */

static void next__is_empty__when_nothing_waits(void **state)
{
	struct stage *s = *state;
	assert_string_equal(stage_out(s, 0, "next"), "");
	assert_string_equal(stage_err(s, 0, "next"), "Nothing waits to go public\n");
	assert_string_equal(stage_out(s, 0, "--json next"), "");
}

static void next__tells_a_held_update(void **state) /* R16 */
{
	struct stage *s = *state;
	stage_import(s, "{'hublink':1,'integrations':[{'name':'Hub','services':["
			"{'name':'Website','publish_after':'10m'}]}]}");
	stage_do(s, "event Shop error");
	stage_settle(s);
	assert_holds(stage_out(s, 0, "next"),
		     "m Website goes red (held by publish_after, incident #1)\n");
	struct json *item = assert_object(stage_out(s, 0, "--json next"), 0,
					  "at kind text delivery incident");
	assert_string_equal(json_string(json_get(item, "kind")), "held");
	json_free(item);
}

static void next__tells_a_window_that_ends__and_a_retry(void **state) /* R11 */
{
	static const struct receiver_rule refuses = { .path = "/partner", .status = 422 };
	struct stage *s = *state;
	receiver_rule(s->receiver, refuses);
	stage_do(s, "mute Shop API --for 10m");
	stage_do(s, "event Shop error");
	stage_do(s, "event API error");
	stage_do(s, "event Batch error");
	stage_settle(s);
	const char *out = stage_out(s, 0, "next");
	const char *window =
		strstr(out, "m Website goes red (window #1 ends, 2 monitors in error)\n");
	const char *retry = strstr(out, "m Partner goes red (attempt 2 after answer 422");
	assert_non_null(window);
	assert_non_null(retry);
	assert_true(window < retry); /* soonest first */
}

static void next__tells_what_waits_for_the_mode__last(void **state) /* R19 */
{
	struct stage *s = *state;
	stage_do(s, "mode paused");
	stage_do(s, "event Shop error");
	stage_settle(s);
	assert_holds(stage_out(s, 0, "next"), "waits: Website goes red");
	struct json *item =
		assert_object(stage_out(s, 0, "--json next"), 0, "at kind text");
	assert_null(json_string(json_get(item, "at")));
	json_free(item);
}

static void next__tells_a_level_by_minutes(void **state) /* R2 */
{
	struct stage *s = *state;
	stage_import(s, "{'hublink':1,'alert_definitions':[{'name':'Default','levels':["
			"{'level':1,'after':{'minutes':8}}]}]}");
	stage_do(s, "event Shop error");
	stage_settle(s);
	assert_holds(stage_out(s, 0, "next"),
		     "m Website goes red (level 1 of 'Default', 'Shop' in error)\n");
}

/* ---- simulate ---- */

static const char two_levels[] =
	"{'hublink':1,'alert_definitions':[{'name':'Default','levels':["
	"{'level':1,'after':{'errors':2},'reminder':{'every_minutes':30,'max':1},"
	" 'integrations':[{'integration':'Hub','send_reminders':true}]},"
	"{'level':2,'after':{'minutes':10},'integrations':[{'integration':'Hub',"
	" 'active':true,'links':[{'monitor':'Shop','service':'Partner'}]}]}]}]}";

/* "60 Error 1 Website disruption investigating" a line. */
static const char *simulated(struct stage *s, const char *line)
{
	const char *out = stage_out(s, 0, "--json simulate %s", line);
	static struct buf text = { .max = 65536 };
	int lines = count_lines(out);
	buf_reset(&text);
	for (int i = 0; i < lines; i++) {
		struct json *u = assert_object(
			out, i,
			"at after_seconds alert definition level integration service "
			"service_status incident_status");
		int64_t after = 0, level = 0;
		assert_true(json_integer(json_get(u, "after_seconds"), &after));
		assert_true(json_integer(json_get(u, "level"), &level));
		buf_addf(&text, "%s%lld %s %lld %s %s %s", i ? "; " : "",
			 (long long)after, json_string(json_get(u, "alert")),
			 (long long)level, json_string(json_get(u, "service")),
			 json_string(json_get(u, "service_status")),
			 json_string(json_get(u, "incident_status")));
		json_free(u);
	}
	return buf_text(&text);
}

static void simulate__tells_every_update__and_when(void **state) /* R2, R5 */
{
	struct stage *s = *state;
	stage_import(s, two_levels);
	assert_string_equal(simulated(s, "Shop --error-for 45m"),
			    "60 Error 1 Website disruption investigating; "
			    "600 Error 2 Partner disruption investigating; "
			    "1860 Reminder 1 Website disruption investigating; "
			    "2700 Ok 1 Website operational monitoring; "
			    "2700 Ok 2 Partner operational monitoring");
}

static void simulate__takes_the_ok__with_the_first_check_at_or_after_the_end(void **state)
{
	struct stage *s = *state;
	stage_import(s, two_levels);
	assert_string_equal(simulated(s, "Shop --error-for 60s"), "");
	assert_string_equal(simulated(s, "Shop --error-for 61s"),
			    "60 Error 1 Website disruption investigating; "
			    "120 Ok 1 Website operational monitoring");
	assert_string_equal(simulated(s, "Shop --error-for 50s --check-every 20s"),
			    "20 Error 1 Website disruption investigating; "
			    "60 Ok 1 Website operational monitoring");
}

static void simulate__reads_well__with_exact_times(void **state)
{
	struct stage *s = *state;
	stage_import(s, two_levels);
	assert_string_equal(
		stage_out(s, 0,
			  "simulate Shop --error-for 70s --check-every 45s --at "
			  "2099-12-01T00:00:00Z"),
		"+45s      2099-12-01 00:00:45 UTC  Error    Default level 1 -> "
		"Hub/Website: service disruption, incident investigating\n"
		"+90s      2099-12-01 00:01:30 UTC  Ok       Default level 1 -> "
		"Hub/Website: service operational, incident monitoring\n");
	assert_string_equal(
		stage_err(s, 0, "simulate Shop --error-for 5m --at 2099-12-01T00:00:00Z"),
		"--at: 2099-12-01T00:00:00Z (2099-12-01 00:00:00 UTC)\n");
}

static void simulate__is_live_and_clean__and_writes_nothing(void **state) /* R19 */
{
	struct stage *s = *state;
	stage_do(s, "event Shop error");
	stage_settle(s);
	stage_do(s, "event Shop ok");
	stage_settle(s);
	stage_do(s, "mode dry-run");
	char *before = mem_strdup(stage_out(s, 0, "list deliveries"));
	assert_string_equal(simulated(s, "Shop --error-for 2m"),
			    "0 Error 1 Website disruption investigating; "
			    "120 Ok 1 Website operational monitoring");
	assert_string_equal(stage_out(s, 0, "list deliveries"), before);
	assert_holds(stage_out(s, 0, "--read-only simulate Shop --error-for 2m"),
		     "Error");
	free(before);
}

static void simulate__says_so__when_nothing_would_be_sent(void **state)
{
	struct stage *s = *state;
	stage_import(s, "{'hublink':1,'monitors':[{'name':'Idle'}]}");
	assert_string_equal(stage_out(s, 0, "simulate Idle --error-for 5m"), "");
	assert_holds(stage_err(s, 0, "simulate Idle --error-for 5m"),
		     "`hublink explain 'Idle'`");
	assert_string_equal(stage_out(s, 0, "--json simulate Idle --error-for 5m"), "");
}

static void simulate__is_refused__by_its_content(void **state)
{
	struct stage *s = *state;
	assert_holds(stage_err(s, 5, "simulate Nix --error-for 5m"), "Monitor 'Nix'");
	assert_holds(stage_err(s, 3, "simulate Shop --error-for 0s"), "lasts no time");
	assert_holds(stage_err(s, 3, "simulate Shop --error-for -5m"), "--error-for");
	assert_holds(stage_err(s, 3, "simulate Shop --error-for 5m --check-every 0s"),
		     "1s or more");
	assert_holds(stage_err(s, 3, "simulate Shop --error-for 3650d"),
		     "check less often");
	assert_holds(stage_err(s, 3, "simulate Shop --error-for 5m --at then"), "--at");
	assert_holds(stage_err(s, 2, "simulate Shop"), "needs --error-for DUR");
	stage_err(s, 2, "simulate --error-for 5m");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STAGE_TEST(explain__is_0__when_an_error_would_reach_the_service),
		STAGE_TEST(explain__has_its_shape),
		STAGE_TEST(explain__is_1__and_names_the_shut_gate),
		STAGE_TEST(explain__counts_dry_run_and_maintenance_as_shut__not_paused),
		STAGE_TEST(explain__tells_thresholds__as_they_are_now),
		STAGE_TEST(explain__echoes_the_time__in_utc_and_local),
		STAGE_TEST(explain__is_refused__by_its_words),
		STAGE_TEST(next__is_empty__when_nothing_waits),
		STAGE_TEST(next__tells_a_held_update),
		STAGE_TEST(next__tells_a_window_that_ends__and_a_retry),
		STAGE_TEST(next__tells_what_waits_for_the_mode__last),
		STAGE_TEST(next__tells_a_level_by_minutes),
		STAGE_TEST(simulate__tells_every_update__and_when),
		STAGE_TEST(
			simulate__takes_the_ok__with_the_first_check_at_or_after_the_end),
		STAGE_TEST(simulate__reads_well__with_exact_times),
		STAGE_TEST(simulate__is_live_and_clean__and_writes_nothing),
		STAGE_TEST(simulate__says_so__when_nothing_would_be_sent),
		STAGE_TEST(simulate__is_refused__by_its_content),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
