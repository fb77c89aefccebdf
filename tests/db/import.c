/* Documents: what they change and what they keep. */
#include <string.h>

#include "db/db.h"
#include "tests/support/check.h"
#include "tests/support/place.h"

enum { REPORT_MAX = 1 << 20 };

static struct place place;

static bool import(const char *document, const struct import_options *options,
		   struct buf *plan, struct buf *faults, struct err *err)
{
	return store_import(place.store, document, strlen(document), options, plan,
			    faults, err);
}

/* ---- what changes ---- */

static void import__changes_nothing_and_leaves_no_row__the_second_time(void **state)
{
	(void)state;
	place_must_plan(&place, place_example, false, "");
	place_must_plan(&place, place_example, true, "");
	place_must_read(&place, "SELECT count(*) FROM audit", "1\n");
	place_must_read(&place,
			"SELECT action, object_kind, substr(after, 1, 30) FROM audit",
			"import|document|12 added, 0 changed, 0 removed\n");
}

static void import__takes_defaults__for_what_is_absent(void **state)
{
	(void)state;
	place_must_read(
		&place,
		"SELECT active, check_type FROM monitor WHERE name = 'Nightly batch'",
		"1|none\n");
	place_must_read(&place, "SELECT policy, reopen_within_ms, page_url FROM service",
			"per-service|0|NULL\n");
	place_must_plan(
		&place,
		"{\"hublink\": 1, \"alert_definitions\": [{\"name\": \"Default\", "
		"\"levels\": "
		"[{\"level\": 2, \"integrations\": [{\"integration\": "
		"\"Statushub\"}]}]}]}",
		false,
		"+ level 2 of Default\n+ integration Statushub in level 2 of Default\n");
	place_must_read(
		&place,
		"SELECT active, send_ok, send_reminders FROM placement WHERE id = 2",
		"0|1|0\n");
}

static void import__changes_what_is_named__and_nothing_else(void **state)
{
	(void)state;
	place_must_plan(
		&place,
		"{\"hublink\": 1, \"monitors\": [{\"name\": \"Shop\", \"active\": "
		"false}],"
		" \"integrations\": [{\"name\": \"Statushub\", \"services\": [{\"name\": "
		"\"Website\", \"publish_after\": \"5m\"}]}]}",
		false,
		"~ monitor Shop: active yes -> no\n"
		"~ service Statushub/Website: publish_after 0s -> 5m\n");
	place_must_read(&place,
			"SELECT guid, check_type FROM monitor WHERE name = 'Shop'",
			"0b1f|http\n");
	place_must_read(&place, "SELECT storm_max_new FROM integration", "5\n");
}

static void import__takes_away_what_is_null__where_it_may_be_absent(void **state)
{
	(void)state;
	place_must_plan(
		&place,
		"{\"hublink\": 1, \"monitors\": [{\"name\": \"Shop\", \"guid\": null, "
		"\"check\": "
		"null}], \"integrations\": [{\"name\": \"Statushub\", \"storm\": null}]}",
		false,
		"~ monitor Shop: guid 0b1f -> none, check.type http -> none, "
		"check.target "
		"https://shop.example/ -> none\n"
		"~ integration Statushub: storm.max_new 5 -> 0, storm.within 10m -> 0s, "
		"storm.release_after 30m -> 0s\n");
}

static void import__replaces_storm_and_after_as_a_whole__when_named(void **state)
{
	(void)state;
	place_must_plan(
		&place,
		"{\"hublink\": 1, \"integrations\": [{\"name\": \"Statushub\", "
		"\"storm\": "
		"{\"max_new\": 5, \"within\": \"10m\"}}], \"alert_definitions\": "
		"[{\"name\": "
		"\"Default\", \"levels\": [{\"level\": 1, \"after\": {\"minutes\": "
		"10}}]}]}",
		false,
		"~ integration Statushub: storm.release_after 30m -> 0s\n"
		"~ level 1 of Default: after.errors 2 -> 0, after.minutes 0 -> 10\n");
}

static const char one_link_less[] =
	"{\"hublink\": 1, \"monitors\": [{\"name\": \"Shop\", \"groups\": [\"new\"]}],"
	" \"alert_definitions\": [{\"name\": \"Default\", \"monitors\": [], \"levels\": "
	"[{\"level\": 1, \"integrations\": [{\"integration\": \"Statushub\", \"links\": "
	"[{\"monitor\": \"Shop\", \"service\": \"Website\"}]}]}]}]}";

static void import__merges_lists__without_prune(void **state)
{
	(void)state;
	place_must_plan(&place, one_link_less, false, "+ monitor Shop in group new\n");
}

static void import__makes_lists_equal__with_prune(void **state)
{
	(void)state;
	place_must_plan(&place, one_link_less, true,
			"+ monitor Shop in group new\n"
			"- monitor Shop in group web\n"
			"- monitor Nightly batch\n");
	place_must_read(&place, "SELECT count(*) FROM link", "1\n");
	place_must_read(&place, "SELECT group_name FROM definition_group", "web\n");
	place_must_plan(&place,
			"{\"hublink\": 1, \"integrations\": [], \"alert_definitions\": "
			"[{\"name\": "
			"\"Default\", \"groups\": [], \"levels\": []}]}",
			true,
			"- integration Statushub\n- group web in definition Default\n"
			"- level 1 of Default\n");
	place_must_read(
		&place,
		"SELECT (SELECT count(*) FROM service), (SELECT count(*) FROM level), "
		"(SELECT "
		"count(*) FROM monitor)",
		"0|0|1\n");
}

static void import__finds_dangling_names__of_what_it_prunes(void **state)
{
	(void)state;
	struct err err = { 0 };
	DEFER(buf_done) struct buf plan = BUF_INIT(REPORT_MAX);
	DEFER(buf_done) struct buf faults = BUF_INIT(REPORT_MAX);
	const struct import_options options = { .prune = true };
	assert_false(
		import("{\"hublink\": 1, \"monitors\": [{\"name\": \"Shop\"}], "
		       "\"alert_definitions\": [{\"name\": \"Default\", \"monitors\": "
		       "[\"Nightly batch\"]}]}",
		       &options, &plan, &faults, &err));
	assert_string_equal(
		buf_text(&faults),
		"alert_definitions[0].monitors[0]: there is no monitor of this name\n");
}

/* R8 */
static void import__is_refused_as_a_whole__when_prune_meets_a_dependency(void **state)
{
	(void)state;
	struct err err = { 0 };
	struct delivery delivery = { .service_id = 1, .state = DELIVERY_QUEUED };
	place_must(store_delivery_add(place.store, &delivery, "{}", &err), &err);
	DEFER(buf_done) struct buf plan = BUF_INIT(REPORT_MAX);
	DEFER(buf_done) struct buf faults = BUF_INIT(REPORT_MAX);
	const struct import_options options = { .prune = true };
	assert_false(import("{\"hublink\": 1, \"monitors\": [{\"name\": \"New\"}], "
			    "\"integrations\": []}",
			    &options, &plan, &faults, &err));
	assert_int_equal((int)err.code, ERR_REFUSED);
	assert_non_null(strstr(err.text, "delivery #1"));
	place_must_read(&place, "SELECT name FROM monitor ORDER BY name",
			"Nightly batch\nShop\n");
}

/* ---- renames ---- */

static void import__renames__and_keeps_the_id(void **state)
{
	(void)state;
	static const char document[] =
		"{\"hublink\": 1, \"monitors\": [{\"name\": \"Shop EU\", \"was\": "
		"\"Shop\"}], "
		"\"integrations\": [{\"name\": \"Hub\", \"was\": \"Statushub\", "
		"\"services\": "
		"[{\"name\": \"Web\", \"was\": \"Website\", \"url\": "
		"\"https://hooks.statushub.io/hooks/uptrends?token=***\"}]}], "
		"\"alert_definitions\": [{\"name\": \"D\", \"was\": \"Default\"}]}";
	place_must_plan(&place, document, false,
			"~ monitor Shop renamed to Shop EU\n"
			"~ integration Statushub renamed to Hub\n"
			"~ definition Default renamed to D\n"
			"~ service Website renamed to Web\n");
	place_must_read(&place, "SELECT id, name FROM monitor ORDER BY id",
			"1|Shop EU\n2|Nightly batch\n");
	place_must_plan(&place, document, false, "");
}

static void import__swaps_names__when_each_was_the_other(void **state)
{
	(void)state;
	place_must_plan(
		&place,
		"{\"hublink\": 1, \"monitors\": [{\"name\": \"Shop\", \"was\": \"Nightly "
		"batch\"}, {\"name\": \"Nightly batch\", \"was\": \"Shop\"}]}",
		false,
		"~ monitor Nightly batch renamed to Shop\n"
		"~ monitor Shop renamed to Nightly batch\n");
	place_must_read(&place, "SELECT id, name FROM monitor ORDER BY id",
			"1|Nightly batch\n2|Shop\n");
}

static void import__refuses_a_rename__of_nothing_or_to_a_taken_name(void **state)
{
	(void)state;
	place_must_refuse(
		&place,
		"{\"hublink\": 1, \"monitors\": [{\"name\": \"New\", \"was\": "
		"\"Nothing\"}, "
		"{\"name\": \"Shop\", \"was\": \"Nightly batch\"}]}",
		NULL,
		"monitors[0].was: there is no monitor of this name\n"
		"monitors[1].was: both names exist: one of the two must go first\n");
}

static void import__calls_what_it_cannot_rename__as_before(void **state)
{
	(void)state;
	place_import(&place,
		     "{\"hublink\": 1, \"monitors\": [{\"name\": \"Shop\", \"guid\": "
		     "\"g1\"}]}",
		     false);
	place_must_refuse(
		&place,
		"{\"hublink\": 1, \"monitors\": [{\"name\": \"Nightly batch\", \"was\": "
		"\"Shop\"}, {\"name\": \"New\", \"guid\": \"g1\"}]}",
		NULL,
		"monitors[0].was: both names exist: one of the two must go first\n"
		"monitors[1].guid: GUID is that of monitor 'Shop' already\n");
}

/* ---- secrets ---- */

#define WITH_URL(url)                                                                  \
	"{\"hublink\": 1, \"integrations\": [{\"name\": \"Statushub\", \"services\": " \
	"[{\"name\": \"Website\", \"url\": \"" url "\"}]}]}"

static void masked_url__keeps_the_stored_one__if_the_rest_is_the_same(void **state)
{
	(void)state;
	place_must_plan(&place,
			WITH_URL("https://hooks.statushub.io/hooks/uptrends?token=***"),
			false, "");
	place_must_read(
		&place, "SELECT url FROM service",
		"https://hooks.statushub.io/hooks/uptrends?token=598f3b0da9ba4738\n");
}

static void masked_url__is_a_fault__if_the_rest_differs_or_nothing_is_stored(void **state)
{
	(void)state;
	place_must_refuse(
		&place, WITH_URL("https://other.example/hooks/uptrends?token=***"), NULL,
		"integrations[0].services[0].url: *** keeps the stored URL only if "
		"the rest is "
		"the same; give the new one in full\n");
	place_must_refuse(
		&place,
		"{\"hublink\": 1, \"integrations\": [{\"name\": \"Statushub\", "
		"\"services\": "
		"[{\"name\": \"New\", \"url\": \"https://h.example/?token=***\"}]}]}",
		NULL,
		"integrations[0].services[0].url: *** keeps the stored URL, and this "
		"service "
		"has none yet; give it in full, or with --secrets\n");
}

static void secrets__fill_masked_and_stored_urls__and_show_in_no_plan(void **state)
{
	(void)state;
	struct err err = { 0 };
	DEFER(buf_done) struct buf plan = BUF_INIT(REPORT_MAX);
	DEFER(buf_done) struct buf faults = BUF_INIT(REPORT_MAX);
	const struct import_options options = {
		.secrets =
			"{\"Statushub/Website\": \"https://h.example/?token=CANARY1\", "
			"\"Statushub/New\": \"https://h.example/?token=CANARY2\"}"
	};
	place_must(import("{\"hublink\": 1, \"integrations\": [{\"name\": \"Statushub\", "
			  "\"services\": [{\"name\": \"New\", \"url\": "
			  "\"https://h.example/?token=***\"}]}]}",
			  &options, &plan, &faults, &err),
		   &err);
	place_must_read(&place, "SELECT url FROM service ORDER BY id",
			"https://h.example/?token=CANARY1\n"
			"https://h.example/?token=CANARY2\n");
	assert_non_null(strstr(buf_text(&plan), "url changed (fingerprint "));
	assert_null(strstr(buf_text(&plan), "CANARY"));
	place_must_read(&place, "SELECT count(*) FROM audit WHERE after LIKE '%CANARY%'",
			"0\n");
}

static void secrets__are_refused__for_unknown_services_and_bad_urls(void **state)
{
	(void)state;
	place_must_refuse(&place, "{\"hublink\": 1}",
			  "{\"Statushub/None\": \"https://h.example/?token=x\", "
			  "\"Statushub/Website\": "
			  "\"ftp://h.example/\", \"x\": 1}",
			  "--secrets.x: this is a number, it must be a URL in a string\n"
			  "--secrets.Statushub/None: there is no service of this name\n"
			  "--secrets.Statushub/Website: Service URL: the URL "
			  "'ftp://h.example/' must begin with https://\n");
}

#define ON_THE_EXAMPLE(test) PLACE_TEST(test, place_set_up_example, &place)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_THE_EXAMPLE(
			import__changes_nothing_and_leaves_no_row__the_second_time),
		ON_THE_EXAMPLE(import__takes_defaults__for_what_is_absent),
		ON_THE_EXAMPLE(import__changes_what_is_named__and_nothing_else),
		ON_THE_EXAMPLE(import__takes_away_what_is_null__where_it_may_be_absent),
		ON_THE_EXAMPLE(import__replaces_storm_and_after_as_a_whole__when_named),
		ON_THE_EXAMPLE(import__merges_lists__without_prune),
		ON_THE_EXAMPLE(import__makes_lists_equal__with_prune),
		ON_THE_EXAMPLE(import__finds_dangling_names__of_what_it_prunes),
		ON_THE_EXAMPLE(
			import__is_refused_as_a_whole__when_prune_meets_a_dependency),
		ON_THE_EXAMPLE(import__renames__and_keeps_the_id),
		ON_THE_EXAMPLE(import__swaps_names__when_each_was_the_other),
		ON_THE_EXAMPLE(import__calls_what_it_cannot_rename__as_before),
		ON_THE_EXAMPLE(import__refuses_a_rename__of_nothing_or_to_a_taken_name),
		ON_THE_EXAMPLE(masked_url__keeps_the_stored_one__if_the_rest_is_the_same),
		ON_THE_EXAMPLE(
			masked_url__is_a_fault__if_the_rest_differs_or_nothing_is_stored),
		ON_THE_EXAMPLE(secrets__fill_masked_and_stored_urls__and_show_in_no_plan),
		ON_THE_EXAMPLE(secrets__are_refused__for_unknown_services_and_bad_urls),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
