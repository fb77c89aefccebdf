/* A scratch store has the configuration and nothing else, and is nobody's but the
 * simulation's. */
#include "db/db.h"
#include "tests/support/check.h"
#include "tests/support/place.h"

enum { NIGHTLY = 2 }; /* the example's monitor "Nightly batch" */

static struct place place;

static int64_t number(struct store *store, const char *sql)
{
	struct err err = { 0 };
	int64_t found = -1;
	place_must(db_pragma_number(store, sql, &found, &err), &err);
	return found;
}

static void store_open_scratch__copies_the_configuration__with_its_ids(void **state)
{
	(void)state;
	struct err err = { 0 };
	DEFER(store_done) struct store *scratch = NULL;
	DEFER(buf_done) struct buf original = BUF_INIT(1 << 20);
	DEFER(buf_done) struct buf copied = BUF_INIT(1 << 20);
	struct incident incident = { .service_id = 1, .status = INCIDENT_INVESTIGATING };
	place_must(store_incident_put(place.store, &incident, &err), &err);
	place_must(store_delete(place.store, RECORD_MONITOR, 1, &err), &err);
	place_must(store_open_scratch(place.store, NIGHTLY, &scratch, &err), &err);
	place_must(store_export(place.store, true, &original, &err), &err);
	place_must(store_export(scratch, true, &copied, &err), &err);
	assert_string_equal(buf_text(&original), buf_text(&copied));
	assert_int_equal(number(scratch, "SELECT id FROM monitor"), 2);
	assert_int_equal(number(scratch, "SELECT count(*) FROM incident"), 0);
	assert_int_equal(number(scratch, "SELECT count(*) FROM audit"), 0);
	enum mode mode = MODE_DRY_RUN;
	place_must(store_mode(scratch, &mode, &err), &err);
	assert_int_equal((int)mode, MODE_LIVE);
}

static void store_open_scratch__is_apart__from_its_source(void **state)
{
	(void)state;
	struct err err = { 0 };
	DEFER(store_done) struct store *scratch = NULL;
	place_open(&place, STORE_READ);
	place_must(store_open_scratch(place.store, NIGHTLY, &scratch, &err), &err);
	place_must(store_delete(scratch, RECORD_INTEGRATION, 1, &err), &err);
	assert_int_equal(number(place.store, "SELECT count(*) FROM integration"), 1);
	assert_int_equal(number(place.store,
				"SELECT text = 'dry-run' FROM setting WHERE name = "
				"'mode'"),
			 1);
}

static void store_open_scratch__sees_what_is_not_committed__of_its_source(void **state)
{
	(void)state;
	struct err err = { 0 };
	DEFER(store_done) struct store *scratch = NULL;
	DEFER(store_abort) struct transaction tx = { 0 };
	place_must(store_begin(place.store, &tx, &err), &err);
	place_must(store_delete(place.store, RECORD_MONITOR, 1, &err), &err);
	place_must(store_open_scratch(place.store, NIGHTLY, &scratch, &err), &err);
	assert_int_equal(number(scratch, "SELECT count(*) FROM monitor"), 1);
}

/* R21 counts all that is linked to a service; what leads elsewhere is not copied. */
static void store_open_scratch__copies_no_more__than_concerns_the_monitor(void **state)
{
	(void)state;
	struct err err = { 0 };
	DEFER(store_done) struct store *scratch = NULL;
	place_import(
		&place,
		"{\"hublink\":1,\"monitors\":[{\"name\":\"Other\",\"groups\":[\"web\"]}],"
		"\"integrations\":[{\"name\":\"Statushub\",\"services\":[{\"name\":"
		"\"Far\","
		"\"url\":\"http://127.0.0.1:1/hooks?token=0123456789abcdef\"}]}],"
		"\"alert_definitions\":[{\"name\":\"Default\",\"levels\":[{\"level\":1,"
		"\"integrations\":[{\"integration\":\"Statushub\",\"links\":["
		"{\"monitor\":\"Other\",\"service\":\"Far\"}]}]}]}],"
		"\"maintenance\":[{\"name\":\"M\",\"every\":\"day\",\"from\":\"01:00\","
		"\"until\":\"02:00\",\"covers\":[\"Other\",\"Shop\",\"service:Far\"]}]}",
		false);
	place_must(store_open_scratch(place.store, NIGHTLY, &scratch, &err), &err);
	assert_int_equal(number(place.store, "SELECT count(*) FROM monitor"), 3);
	assert_int_equal(number(scratch, "SELECT count(*) FROM monitor"), 2);
	assert_int_equal(number(scratch, "SELECT count(*) FROM service"), 1);
	assert_int_equal(number(scratch, "SELECT count(*) FROM link"), 2);
	assert_int_equal(number(scratch, "SELECT count(*) FROM schedule_target"), 1);
	assert_int_equal(number(scratch, "SELECT count(*) FROM definition_group"),
			 number(place.store, "SELECT count(*) FROM definition_group"));
}

#define ON_THE_EXAMPLE(test) PLACE_TEST(test, place_set_up_example, &place)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_THE_EXAMPLE(
			store_open_scratch__copies_the_configuration__with_its_ids),
		ON_THE_EXAMPLE(store_open_scratch__is_apart__from_its_source),
		ON_THE_EXAMPLE(
			store_open_scratch__copies_no_more__than_concerns_the_monitor),
		ON_THE_EXAMPLE(
			store_open_scratch__sees_what_is_not_committed__of_its_source),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
