/* tui/uptrends_import: an account, the names that it lacks, and what comes of both. */
#include "tui/uptrends_import.h"

#include <stdlib.h>
#include <string.h>

#include "core/judge/act.h"
#include "tests/support/check.h"
#include "tests/support/cli.h"
#include "tests/support/place.h"

static const char account[] =
	"{\"monitors\": [{\"MonitorGuid\": \"0b1f6c58-19b4-4f80-9f19-aaaaaaaaaaa1\","
	" \"Name\": \"Shop\"}],"
	" \"integrations\": [{\"IntegrationGuid\": \"cccccccc-0000\", \"Name\": \"Hub\","
	" \"IntegrationServices\": [\"BBBB-1\", \"bbbb-2\"]}],"
	" \"definitions\": [{\"AlertDefinitionGuid\": \"dddd\", \"AlertName\": \"All\","
	" \"EscalationLevel\": [{\"Id\": 1, \"Integration\": ["
	"{\"IntegrationGuid\": \"cccccccc-0000\", \"Name\": \"Hub\","
	" \"StatusHubServiceList\": [{\"MonitorGuid\": "
	"\"0B1F6C58-19b4-4f80-9f19-aaaaaaaaaaa1\","
	" \"IntegrationServiceGuid\": \"bbbb-1\"}]}]}]}]}";

struct fixture {
	struct place place;
	struct uptrends_import import;
};

static int open_fixture(void **state)
{
	struct fixture *f = mem_new(1, sizeof(*f));
	const struct uptrends_account known = { .url = "https://api.example/v4",
						.user = "me",
						.password = "secret",
						.every_ms = UPTRENDS_EVERY_MS,
						.pause_ms = UPTRENDS_PAUSE_MS };
	struct err err = { 0 };

	place_init(&f->place);
	place_open(&f->place, STORE_CREATE);
	place_must(store_put_uptrends_account(f->place.store, &known, &err), &err);
	f->import = UPTRENDS_IMPORT_INIT;
	place_must(uptrends_import_take(&f->import, account, strlen(account), &err),
		   &err);
	place_must(uptrends_import_begin(&f->import, f->place.store, &err), &err);
	*state = f;
	return 0;
}

static int close_fixture(void **state)
{
	struct fixture *f = *state;

	uptrends_import_done(&f->import);
	place_done(&f->place);
	free(f);
	return 0;
}

static bool name(struct fixture *f, size_t service, const char *text, const char *url,
		 struct err *err)
{
	return uptrends_import_name(&f->import, f->place.store,
				    &f->import.services.items[service], text, url, err);
}

static void apply(struct fixture *f)
{
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;
	struct err err = { 0 };

	uptrends_import_write(&f->import);
	place_must(act_configure(f->place.store, importing_apply, &f->import.importing,
				 false, 1790000000000, &result, &err),
		   &err);
}

static void import__refuses_a_name_that_is_taken__and_takes_the_next(void **state)
{
	struct fixture *f = *state;
	struct err err = { 0 };

	assert_int_equal(f->import.services.count, 2);
	assert_true(name(f, 0, "Website", "https://hub.example/1", &err));
	assert_false(name(f, 1, "Website", "https://hub.example/2", &err));
	assert_holds(err.text, "another service of its integration is named 'Website'");
	assert_false(uptrends_import_has_name(&f->import, &f->import.services.items[1]));
	assert_false(name(f, 1, "Mail", NULL, &err));
	assert_holds(err.text, "a URL is wanted");
	assert_true(name(f, 1, "Mail", "https://hub.example/2", &err));
	assert_true(uptrends_import_has_name(&f->import, &f->import.services.items[1]));
}

static void import__plans_the_same__however_often_it_is_written(void **state)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;

	for (int i = 0; i < 2; i++) {
		place_must(uptrends_import_begin(&f->import, f->place.store, &err), &err);
		assert_true(name(f, 0, "Website", "https://hub.example/1", &err));
		uptrends_import_write(&f->import);
		place_must(act_configure(f->place.store, importing_apply,
					 &f->import.importing, true, 1790000000000,
					 &result, &err),
			   &err);
		assert_string_equal(buf_text(&f->import.importing.plan),
				    "+ monitor Shop\n"
				    "+ integration Hub\n"
				    "+ service Hub/Website\n"
				    "+ definition All\n"
				    "+ level 1 of All\n"
				    "+ integration Hub in level 1 of All\n"
				    "+ link Shop -> Hub/Website in level 1 of All\n");
		assert_holds(buf_text(&f->import.notes), "bbbb-2");
		assert_lacks(buf_text(&f->import.notes), "bbbb-1");
	}
}

static void add_known(void *arg, const char *kind, const char *integration,
		      const char *text, bool is_there)
{
	buf_addf(arg, "%s %s/%s %s\n", kind, integration, text,
		 is_there ? "there" : "gone");
}

/* Later, the account has another monitor and no second service. */
static void import__tells_what_was_known__and_whether_it_is_still_there(void **state)
{
	static const char later[] =
		"{\"monitors\": [{\"MonitorGuid\": \"0b1f-2\", \"Name\": \"API\"}],"
		" \"integrations\": [{\"IntegrationGuid\": \"cccccccc-0000\","
		" \"Name\": \"Hub\", \"IntegrationServices\": [\"bbbb-1\"]}]}";
	struct fixture *f = *state;
	struct err err = { 0 };
	DEFER(buf_done) struct buf known = BUF_INIT(4096);

	assert_true(name(f, 0, "Website", "https://hub.example/1", &err));
	assert_true(name(f, 1, "Mail", "https://hub.example/2", &err));
	apply(f);
	uptrends_import_done(&f->import);
	f->import = UPTRENDS_IMPORT_INIT;
	place_must(uptrends_import_take(&f->import, later, strlen(later), &err), &err);
	place_must(uptrends_import_begin(&f->import, f->place.store, &err), &err);
	uptrends_import_write(&f->import);
	uptrends_import_each_known(&f->import, add_known, &known);
	assert_holds(buf_text(&known), "integration /Hub there\n");
	assert_holds(buf_text(&known), "service Hub/Website there\n");
	assert_holds(buf_text(&known), "service Hub/Mail gone\n");
	assert_holds(buf_text(&known), "monitor /Shop gone\n");
	assert_holds(buf_text(&known), "definition /All gone\n");
	assert_lacks(buf_text(&known), "API");
}

#define WITH_ACCOUNT(test) \
	cmocka_unit_test_setup_teardown(test, open_fixture, close_fixture)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_ACCOUNT(import__refuses_a_name_that_is_taken__and_takes_the_next),
		WITH_ACCOUNT(import__plans_the_same__however_often_it_is_written),
		WITH_ACCOUNT(import__tells_what_was_known__and_whether_it_is_still_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
