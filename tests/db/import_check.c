/* A monitor's check in the document: merged, removed by null, its secrets masked. */
#include <string.h>

#include "db/db.h"
#include "tests/support/check.h"
#include "tests/support/cli.h"
#include "tests/support/place.h"

enum { REPORT_MAX = 1 << 20 };

static struct place place;

static const char guarded[] =
	"{\"hublink\": 1, \"monitors\": [{\"name\": \"Api\", \"check\": {\"type\": "
	"\"https\", "
	"\"target\": \"https://api.example/health?key=s3cr3t-k\", \"every\": \"30s\", "
	"\"headers\": {\"Authorization\": \"Bearer s3cr3t-t\", \"Accept\": "
	"\"text/plain\"}, "
	"\"status\": \"200,204\", \"contains\": \"well\", \"redirects\": 0, "
	"\"certificate_days\": 7}}]}";

static int open_guarded(void **state)
{
	(void)place_set_up_store(state);
	place_import(&place, guarded, false);
	return 0;
}

static void export__masks_what_is_secret_of_a_check__and_takes_it_back(void **state)
{
	struct err err = { 0 };
	DEFER(buf_done) struct buf document = BUF_INIT(REPORT_MAX);
	(void)state;
	assert_true(store_export(place.store, false, &document, &err));
	assert_holds(buf_text(&document), "https://api.example/health?key=***");
	assert_holds(buf_text(&document), "\"Authorization\": \"***\"");
	assert_holds(buf_text(&document), "\"Accept\": \"text/plain\"");
	assert_null(strstr(buf_text(&document), "s3cr3t"));
	place_import(&place, buf_text(&document), true);
	place_must_read(&place, "SELECT revision, check_headers FROM monitor",
			"1|Authorization: Bearer s3cr3t-t\nAccept: text/plain\n");
}

static void export__tells_secrets__when_asked_for_them(void **state)
{
	struct err err = { 0 };
	DEFER(buf_done) struct buf document = BUF_INIT(REPORT_MAX);
	(void)state;
	assert_true(store_export(place.store, true, &document, &err));
	assert_holds(buf_text(&document), "key=s3cr3t-k");
	assert_holds(buf_text(&document), "Bearer s3cr3t-t");
}

static void audit__has_no_secret_of_a_check__only_fingerprints(void **state)
{
	struct monitor monitor;
	struct err err = { 0 };
	(void)state;
	assert_true(store_get(place.store, RECORD_MONITOR, 1, &monitor, &err));
	monitor.check_redirects = 1;
	assert_true(store_put(place.store, RECORD_MONITOR, &monitor, &err));
	place_must_read(&place, "SELECT count(*) FROM audit WHERE instr(after, 's3cr3t')",
			"0\n");
	place_must_read(&place,
			"SELECT count(*) FROM audit WHERE instr(after, 'key=*** (')",
			"1\n");
}

static void import__leaves_a_check_alone__that_it_does_not_name(void **state)
{
	(void)state;
	place_import(&place, "{\"hublink\": 1, \"monitors\": [{\"name\": \"Api\"}]}",
		     true);
	place_import(&place,
		     "{\"hublink\": 1, \"monitors\": [{\"name\": \"Api\", \"check\": "
		     "{\"every\": \"1m\"}}]}",
		     false);
	place_must_read(&place,
			"SELECT check_type, check_every_ms, check_status FROM monitor",
			"https|60000|200,204\n");
}

static void import__removes_a_check__by_null(void **state)
{
	(void)state;
	place_import(&place,
		     "{\"hublink\": 1, \"monitors\": [{\"name\": \"Api\", \"check\": "
		     "null}]}",
		     false);
	place_must_read(&place,
			"SELECT check_type, check_target, check_headers, check_status, "
			"check_redirects FROM monitor",
			"none|NULL|NULL|200-399|5\n");
}

static void import__tells_what_a_check_cannot_be__each_at_its_place(void **state)
{
	(void)state;
	place_must_refuse(
		&place,
		"{\"hublink\": 1, \"monitors\": [{\"name\": \"New\", \"check\": "
		"{\"target\": \"https://x.example/\", \"every\": \"9s\", \"headers\": "
		"{\"X-Key\": \"***\"}}}]}",
		NULL,
		"monitors[0].check.every: Check every is 9s; it must be from 10s to "
		"1d\n"
		"monitors[0].check.headers: Headers: *** keeps what is stored only if "
		"the rest is the same; give the new one in full\n"
		"monitors[0].check.type: this is missing\n");
	place_must_refuse(
		&place,
		"{\"hublink\": 1, \"monitors\": [{\"name\": \"New\", \"check\": "
		"{\"type\": \"https\", \"target\": \"http://x.example/?t=s3cr3t\"}}]}",
		NULL,
		"monitors[0].check.target: Check target: the URL "
		"'http://x.example/?t=***' must "
		"begin with https://\n");
}

static void import__refuses_what_a_tcp_check_cannot_have__each_at_its_place(void **state)
{
	(void)state;
	place_must_refuse(
		&place,
		"{\"hublink\": 1, \"monitors\": [{\"name\": \"New\", \"check\": "
		"{\"type\": \"tcp\", \"target\": \"db.example:5432\", \"contains\": "
		"\"x\", "
		"\"status\": \"200\", \"method\": \"HEAD\", \"headers\": {\"Accept\": "
		"\"a\"}}}]}",
		NULL,
		"monitors[0].check.method: Method: only http and https checks have this, "
		"tcp just connects; set it back to GET\n"
		"monitors[0].check.headers: Headers: only http and https checks have "
		"this, tcp just connects; empty it\n"
		"monitors[0].check.status: Expected status: only http and https checks "
		"have this, tcp just connects; set it back to 200-399\n"
		"monitors[0].check.contains: Must contain: only http and https checks "
		"have this, tcp just connects; empty it\n");
}

static void import__tells_status_and_target__beside_other_faults(void **state)
{
	(void)state;
	place_must_refuse(
		&place,
		"{\"hublink\": 1, \"monitors\": [{\"name\": \"New\", \"check\": "
		"{\"type\": \"tcp\", \"target\": \"nowhere\", \"every\": \"1s\"}}, "
		"{\"name\": "
		"\"Api\", \"guid\": 7, \"check\": {\"status\": \"abc\"}}]}",
		NULL,
		"monitors[0].check.every: Check every is 1s; it must be from 10s to 1d\n"
		"monitors[0].check.target: Check target 'nowhere' must look like "
		"host:port, with a port from 1 to 65535\n"
		"monitors[1].guid: this is a number, it must be a string\n"
		"monitors[1].check.status: Expected status must be like 200-399 or "
		"200,204,300-302, with statuses from 100 to 599\n");
}

static void import__tells_a_bad_header__at_its_own_place(void **state)
{
	(void)state;
	place_must_refuse(
		&place,
		"{\"hublink\": 1, \"monitors\": [{\"name\": \"New\", \"check\": "
		"{\"type\": \"http\", \"target\": \"http://x.example/\", \"headers\": "
		"{\"X Y\": "
		"\"a\", \"Accept\": 7, \"Expect\": \"a\"}}}]}",
		NULL,
		"monitors[0].check.headers.X Y: a header's name is one word of letters, "
		"digits and hyphens\n"
		"monitors[0].check.headers.Accept: this is a number, it must be a "
		"string\n"
		"monitors[0].check.headers.Expect: the check sets this header itself; "
		"take "
		"it out\n");
}

#define TEST(name) PLACE_TEST(name, open_guarded, &place)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(export__masks_what_is_secret_of_a_check__and_takes_it_back),
		TEST(export__tells_secrets__when_asked_for_them),
		TEST(audit__has_no_secret_of_a_check__only_fingerprints),
		TEST(import__leaves_a_check_alone__that_it_does_not_name),
		TEST(import__removes_a_check__by_null),
		TEST(import__tells_what_a_check_cannot_be__each_at_its_place),
		TEST(import__refuses_what_a_tcp_check_cannot_have__each_at_its_place),
		TEST(import__tells_status_and_target__beside_other_faults),
		TEST(import__tells_a_bad_header__at_its_own_place),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
