/* Records as operators save and delete them: limits, lost edits, dependencies, audit. */
#include "db/record.h"

#include <stdio.h>
#include <string.h>

#include "core/base/text.h"
#include "tests/support/check.h"
#include "tests/support/place.h"

enum { SHOP = 1, BATCH = 2, STATUSHUB = 1, WEBSITE = 1 }; /* ids of the example */

static struct place place;

static int open_as_anna(void **state)
{
	(void)place_set_up_example(state);
	const struct actor anna = { .name = "anna",
				    .source = "10.0.0.1",
				    .because = "T-1" };
	store_set_actor(place.store, &anna);
	return 0;
}

static int64_t number_of(const char *sql)
{
	struct err err = { 0 };
	int64_t number = -1;
	place_must(db_pragma_number(place.store, sql, &number, &err), &err);
	return number;
}

static struct monitor get_monitor(int64_t id)
{
	struct err err = { 0 };
	struct monitor monitor;
	place_must(store_get(place.store, RECORD_MONITOR, id, &monitor, &err), &err);
	return monitor;
}

static bool refused(bool done, const struct err *err, enum err_code code,
		    const char *part)
{
	bool as_wanted = !done && err->code == code && strstr(err->text, part) != NULL;
	if (!as_wanted)
		print_message("done %d, code %d: %s\n", done, (int)err->code, err->text);
	return as_wanted;
}

static void store_put__stores_every_field__of_every_kind(void **state)
{
	(void)state;
	struct err err = { 0 };
	for (int kind = 0; kind < RECORD_MAINTENANCE; kind++) {
		DEFER(mem_free) void *rec = record_new((enum record_kind)kind);
		DEFER(mem_free) void *again = record_new((enum record_kind)kind);
		place_must(store_get(place.store, (enum record_kind)kind, 1, rec, &err),
			   &err);
		place_must(store_put(place.store, (enum record_kind)kind, rec, &err),
			   &err);
		place_must(store_get(place.store, (enum record_kind)kind, 1, again, &err),
			   &err);
		assert_true(record_equal((enum record_kind)kind, rec, again));
		assert_int_equal(((struct record_head *)again)->revision, 2);
	}
}

static void store_put__fills_id_and_revision__of_a_new_one(void **state)
{
	(void)state;
	struct err err = { 0 };
	struct monitor monitor;
	record_defaults(RECORD_MONITOR, &monitor);
	assert_true(text_copy(monitor.name, sizeof(monitor.name), "Mail"));
	int64_t before =
		number_of("SELECT number FROM setting WHERE name = 'config_revision'");
	place_must(store_put(place.store, RECORD_MONITOR, &monitor, &err), &err);
	assert_int_equal(monitor.head.id, 3);
	assert_int_equal(monitor.head.revision, 1);
	assert_string_equal(get_monitor(3).name, "Mail");
	assert_int_equal(
		number_of("SELECT number FROM setting WHERE name = 'config_revision'"),
		before + 1);
}

static void store_put__never_gives_an_id_again__after_a_delete(void **state)
{
	(void)state;
	struct err err = { 0 };
	struct monitor monitor = get_monitor(BATCH);
	place_must(store_delete(place.store, RECORD_MONITOR, BATCH, &err), &err);
	monitor.head = (struct record_head){ 0 };
	place_must(store_put(place.store, RECORD_MONITOR, &monitor, &err), &err);
	assert_int_equal(monitor.head.id, 3);
}

static void store_put__names_who_was_faster_and_when__on_a_stale_save(void **state)
{
	(void)state;
	struct err err = { 0 };
	const struct clock noon = { .fixed = true, .fixed_ms = INT64_C(1790000000000) };
	char when[TIME_TEXT_SIZE];
	struct monitor mine = get_monitor(SHOP);
	struct monitor theirs = mine;
	store_set_clock(place.store, &noon);
	theirs.active = false;
	place_must(store_put(place.store, RECORD_MONITOR, &theirs, &err), &err);
	mine.check_every_ms = 5 * MINUTE_MS;
	bool done = store_put(place.store, RECORD_MONITOR, &mine, &err);
	assert_true(
		refused(done, &err, ERR_REFUSED, "'Shop' was changed meanwhile by anna"));
	assert_non_null(strstr(err.text, time_format_local(when, noon.fixed_ms)));
	assert_false(get_monitor(SHOP).active);
	assert_int_equal(get_monitor(SHOP).check_every_ms, MINUTE_MS);
	assert_int_equal(mine.head.revision, 1);
}

static void store_put__says_that_it_is_gone__when_it_was_deleted(void **state)
{
	(void)state;
	struct err err = { 0 };
	struct monitor mine = get_monitor(SHOP);
	place_must(store_delete(place.store, RECORD_MONITOR, SHOP, &err), &err);
	bool done = store_put(place.store, RECORD_MONITOR, &mine, &err);
	assert_true(refused(done, &err, ERR_REFUSED, "was deleted meanwhile by anna"));
}

static void store_put__refuses__what_breaks_a_rule(void **state)
{
	(void)state;
	struct err err = { 0 };
	struct monitor twin = get_monitor(BATCH);
	assert_true(text_copy(twin.name, sizeof(twin.name), "Shop"));
	assert_true(refused(store_put(place.store, RECORD_MONITOR, &twin, &err), &err,
			    ERR_INVALID, "Monitor 'Shop' exists already"));
	twin = get_monitor(BATCH);
	assert_true(text_copy(twin.guid, sizeof(twin.guid), "0B1F"));
	assert_true(refused(store_put(place.store, RECORD_MONITOR, &twin, &err), &err,
			    ERR_INVALID, "GUID is that of monitor 'Shop'"));
	struct level level;
	place_must(store_get(place.store, RECORD_LEVEL, 1, &level, &err), &err);
	level.after_minutes = 10;
	assert_true(refused(store_put(place.store, RECORD_LEVEL, &level, &err), &err,
			    ERR_INVALID, "errors or after minutes"));
	DEFER(mem_free) void *rec = record_new(RECORD_INTEGRATION);
	struct integration *integration = rec;
	place_must(
		store_get(place.store, RECORD_INTEGRATION, STATUSHUB, integration, &err),
		&err);
	integration->storm_within_ms = 0;
	assert_true(refused(store_put(place.store, RECORD_INTEGRATION, integration, &err),
			    &err, ERR_INVALID, "Storm within is 0s"));
	integration->storm_max_new = 0;
	integration->payload = PAYLOAD_CUSTOM;
	assert_true(refused(store_put(place.store, RECORD_INTEGRATION, integration, &err),
			    &err, ERR_INVALID, "Template is missing"));
}

static void store_put__refuses_a_link__to_another_integrations_service(void **state)
{
	(void)state;
	struct err err = { 0 };
	place_import(
		&place,
		"{\"hublink\": 1, \"integrations\": [{\"name\": \"Other\", \"services\": "
		"[{\"name\": \"Wiki\", \"url\": \"https://h.example/?t=1\"}]}]}",
		false);
	struct link link = { .placement_id = 1, .monitor_id = SHOP, .service_id = 2 };
	assert_true(refused(store_put(place.store, RECORD_LINK, &link, &err), &err,
			    ERR_INVALID, "not one of the integration"));
}

static void store_get__reads_the_integrations_name__of_a_service(void **state)
{
	(void)state;
	struct err err = { 0 };
	DEFER(mem_free) void *rec = record_new(RECORD_SERVICE);
	const struct service *service = rec;
	place_must(store_get(place.store, RECORD_SERVICE, WEBSITE, rec, &err), &err);
	assert_string_equal(service->integration, "Statushub");
	assert_true(refused(store_get(place.store, RECORD_SERVICE, 99, rec, &err), &err,
			    ERR_NOT_FOUND, "#99"));
}

/* Shop's error stands on the page of Website. */
static struct incident an_open_incident(void)
{
	struct err err = { 0 };
	struct incident incident = { .service_id = WEBSITE,
				     .status = INCIDENT_INVESTIGATING,
				     .service_status = SERVICE_DISRUPTION,
				     .reach = REACH_YES };
	place_must(store_incident_put(place.store, &incident, &err), &err);
	const struct join join = { .incident_id = incident.id,
				   .monitor_id = SHOP,
				   .episode = 1,
				   .in_error = true };
	place_must(store_join_put(place.store, &join, &err), &err);
	return incident;
}

/* R8 */
static void store_delete__is_refused_by_name__while_an_incident_is_open(void **state)
{
	(void)state;
	struct err err = { 0 };
	struct incident incident = an_open_incident();
	assert_true(refused(store_delete(place.store, RECORD_MONITOR, SHOP, &err), &err,
			    ERR_REFUSED, "joined to incident #1 of 'Website'"));
	assert_true(refused(store_delete(place.store, RECORD_SERVICE, WEBSITE, &err),
			    &err, ERR_REFUSED, "incident #1"));
	assert_true(
		refused(store_delete(place.store, RECORD_INTEGRATION, STATUSHUB, &err),
			&err, ERR_REFUSED, "service 'Website'"));
	place_must(store_delete(place.store, RECORD_MONITOR, BATCH, &err), &err);
	incident.status = INCIDENT_RESOLVED;
	place_must(store_incident_put(place.store, &incident, &err), &err);
	place_must(store_delete(place.store, RECORD_MONITOR, SHOP, &err), &err);
	place_must(store_delete(place.store, RECORD_INTEGRATION, STATUSHUB, &err), &err);
	assert_int_equal(number_of("SELECT count(*) FROM service"), 0);
	assert_int_equal(number_of("SELECT count(*) FROM link"), 0);
}

/* R8 */
static void store_delete__is_refused__while_a_delivery_is_unfinished(void **state)
{
	(void)state;
	struct err err = { 0 };
	struct delivery delivery = { .service_id = WEBSITE,
				     .kind = KIND_RECOVERY,
				     .state = DELIVERY_QUEUED,
				     .incident_status = INCIDENT_MONITORING };
	place_must(store_delivery_add(place.store, &delivery, "{}", &err), &err);
	assert_true(refused(store_delete(place.store, RECORD_SERVICE, WEBSITE, &err),
			    &err, ERR_REFUSED, "delivery #1"));
	assert_true(
		refused(store_delete(place.store, RECORD_INTEGRATION, STATUSHUB, &err),
			&err, ERR_REFUSED, "delivery #1"));
	delivery.state = DELIVERY_DELIVERED;
	place_must(store_delivery_put(place.store, &delivery, &err), &err);
	place_must(store_delete(place.store, RECORD_SERVICE, WEBSITE, &err), &err);
}

static void audit__has_one_row_for_each_act__with_who_and_why(void **state)
{
	(void)state;
	struct err err = { 0 };
	struct monitor monitor = get_monitor(SHOP);
	int64_t before = number_of("SELECT count(*) FROM audit");
	monitor.active = false;
	place_must(store_put(place.store, RECORD_MONITOR, &monitor, &err), &err);
	place_must(store_rename(place.store, RECORD_MONITOR, "Shop", "Shop EU", &err),
		   &err);
	place_must(store_delete(place.store, RECORD_MONITOR, SHOP, &err), &err);
	assert_int_equal(number_of("SELECT count(*) FROM audit"), before + 3);
	DEFER(buf_done) struct buf rows = BUF_INIT(10000);
	assert_true(place_sql(
		&place,
		"SELECT actor, source, because, action, object_kind, object_id, "
		"object, json(before) ->> 'active', json(after) ->> 'active' FROM "
		"audit WHERE id > 1 ORDER BY id",
		&rows));
	assert_string_equal(buf_text(&rows),
			    "anna|10.0.0.1|T-1|update|monitor|1|Shop|1|0\n"
			    "anna|10.0.0.1|T-1|rename|monitor|1|Shop EU|0|0\n"
			    "anna|10.0.0.1|T-1|delete|monitor|1|Shop EU|0|NULL\n");
}

/* I30: the token is nowhere but in its column, and gone from the files when it is
 * changed. */
static void secrets__are_in_their_column_alone__and_leave_no_trace(void **state)
{
	(void)state;
	struct err err = { 0 };
	DEFER(mem_free) void *rec = record_new(RECORD_SERVICE);
	struct service *service = rec;
	place_must(store_get(place.store, RECORD_SERVICE, WEBSITE, service, &err), &err);
	assert_true(text_copy(service->url, sizeof(service->url),
			      "https://hooks.statushub.io/hooks/uptrends?token=another"));
	place_must(store_put(place.store, RECORD_SERVICE, service, &err), &err);
	assert_int_equal(
		number_of("SELECT count(*) FROM audit WHERE before || after LIKE "
			  "'%598f3b0da9ba4738%' OR after LIKE '%another%'"),
		0);
	static const char *const suffixes[] = { "", "-wal" };
	for (size_t i = 0; i < COUNT_OF(suffixes); i++) {
		char path[sizeof(place.path) + 8];
		(void)snprintf(path, sizeof(path), "%s%s", place.path, suffixes[i]);
		DEFER(buf_done) struct buf bytes = BUF_INIT(1 << 24);
		place_read(path, &bytes);
		static const char token[] = "598f3b0da9ba4738";
		assert_null(memmem(buf_text(&bytes), bytes.len, token, strlen(token)));
	}
}

static bool collect(void *arg, const void *rec)
{
	buf_addf(arg, "%s;", record_name(RECORD_MONITOR, rec));
	return true;
}

static void store_list__is_sorted_by_name__and_may_ask_inside(void **state)
{
	(void)state;
	struct err err = { 0 };
	DEFER(buf_done) struct buf names = BUF_INIT(1000);
	place_must(store_list(place.store, RECORD_MONITOR, 0, collect, &names, &err),
		   &err);
	assert_string_equal(buf_text(&names), "Nightly batch;Shop;");
}

#define ON_THE_EXAMPLE(test) PLACE_TEST(test, open_as_anna, &place)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_THE_EXAMPLE(store_put__stores_every_field__of_every_kind),
		ON_THE_EXAMPLE(store_put__fills_id_and_revision__of_a_new_one),
		ON_THE_EXAMPLE(store_put__never_gives_an_id_again__after_a_delete),
		ON_THE_EXAMPLE(store_put__names_who_was_faster_and_when__on_a_stale_save),
		ON_THE_EXAMPLE(store_put__says_that_it_is_gone__when_it_was_deleted),
		ON_THE_EXAMPLE(store_put__refuses__what_breaks_a_rule),
		ON_THE_EXAMPLE(
			store_put__refuses_a_link__to_another_integrations_service),
		ON_THE_EXAMPLE(store_get__reads_the_integrations_name__of_a_service),
		ON_THE_EXAMPLE(
			store_delete__is_refused_by_name__while_an_incident_is_open),
		ON_THE_EXAMPLE(store_delete__is_refused__while_a_delivery_is_unfinished),
		ON_THE_EXAMPLE(audit__has_one_row_for_each_act__with_who_and_why),
		ON_THE_EXAMPLE(secrets__are_in_their_column_alone__and_leave_no_trace),
		ON_THE_EXAMPLE(store_list__is_sorted_by_name__and_may_ask_inside),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
