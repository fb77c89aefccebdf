/* Everything that can be wrong with a document is found at once. */
#include <string.h>

#include "db/db.h"
#include "tests/support/check.h"
#include "tests/support/place.h"

static struct place place;

static const struct {
	const char *document, *faults;
} cases[] = {
	{ "[]", "this is a list, it must be an object\n" },
	{ "{}", "hublink: this is missing; it must be 1\n" },
	{ "{\"hublink\": 2, \"monitros\": []}",
	  "hublink: this hublink reads documents of version 1\n"
	  "monitros: this key is unknown\n" },
	{ "{\"hublink\": 1, \"monitors\": {}}",
	  "monitors: this is an object, it must be a list\n" },
	{ "{\"hublink\": 1, \"monitors\": [7, {\"guid\": 5}, {\"name\": \"A\", "
	  "\"nmae\": 1}, "
	  "{\"name\": \"A\", \"active\": \"yes\", \"groups\": [\"g\", 3, \"g\", "
	  "\"\"]}]}",
	  "monitors[0]: this is a number, it must be an object\n"
	  "monitors[1].name: this is missing\n"
	  "monitors[1].guid: this is a number, it must be a string\n"
	  "monitors[2].nmae: this key is unknown; 'name' is the nearest one\n"
	  "monitors[3].name: this is at monitors[2] already\n"
	  "monitors[3].active: this is a string, it must be true or false\n"
	  "monitors[3].groups[1]: this is a number, it must be a string\n"
	  "monitors[3].groups[2]: this is at monitors[3].groups[0] already\n"
	  "monitors[3].groups[3]: group: Name is missing\n" },
	{ "{\"hublink\": 1, \"monitors\": [{\"name\": \"a\\nb\"}, {\"name\": "
	  "\"B\", "
	  "\"guid\": \"0B1F\"}]}",
	  "monitors[0].name: Name has control characters; take them out\n"
	  "monitors[1].guid: GUID is that of monitor 'Shop' already\n" },
	{ "{\"hublink\": 1, \"integrations\": [{\"name\": \"I\", \"type\": "
	  "\"slack\", "
	  "\"max_per_second\": 1.5, \"storm\": {\"max_new\": 3}, \"text\": "
	  "{\"title\": "
	  "\"{{@nope}}\", \"titel\": \"\"}, \"template\": \"x\", \"services\": "
	  "[{\"name\": "
	  "\"S\"}, {\"name\": \"T\", \"url\": \"http://example.com/?t=SECRET\", "
	  "\"publish_after\": 5, \"incident_policy\": \"none\"}]}]}",
	  "integrations[0].max_per_second: Updates per second must be a whole "
	  "number\n"
	  "integrations[0].storm.within: this is missing\n"
	  "integrations[0].text.title: Title: "
	  "there is no variable {{@nope}}\n"
	  "integrations[0].text.titel: this key is unknown\n"
	  "integrations[0].template: this is a string, it must be an object\n"
	  "integrations[0].type: hublink knows one type of integration: "
	  "'statushub'\n"
	  "integrations[0].services[0].url: this is missing\n"
	  "integrations[0].services[1].publish_after: this is a number, it must "
	  "be a string\n"
	  "integrations[0].services[1].incident_policy: Incident policy: 'none' "
	  "is none of "
	  "per-service, per-monitor\n"
	  "integrations[0].services[1].url: Service URL: the URL "
	  "'http://example.com/?t=***' must begin with https://; http:// is for "
	  "loopback "
	  "only\n" },
	{ "{\"hublink\": 1, \"integrations\": [{\"name\": \"J\", \"payload\": "
	  "\"custom\"}]}",
	  "integrations[0].template: Template is missing: payload custom posts "
	  "it\n" },
	{ "{\"hublink\": 1, \"integrations\": [{\"name\": \"J\", \"storm\": "
	  "{\"max_new\": 5, \"within\": \"0s\"}}]}",
	  "integrations[0].storm.within: Storm within is 0s: the storm guard needs a "
	  "time in which it counts new incidents\n" },
	{ "{\"hublink\": 1, \"integrations\": [{\"name\": \"J\", \"payload\": "
	  "\"custom\", \"template\": {\"a\": \"{{@x}}\"}}]}",
	  "integrations[0].template: Template: there is no variable {{@x}}\n" },
	{ "{\"hublink\": 1, \"alert_definitions\": [{\"name\": \"D\", "
	  "\"monitors\": "
	  "[\"Shop\", \"Nobody\"], \"levels\": [{\"level\": 1, \"after\": "
	  "{\"errors\": 1, "
	  "\"minutes\": 2}}, {\"level\": 1}, {\"level\": 9}, {\"active\": true}, "
	  "{\"level\": "
	  "2, \"integrations\": [{\"integration\": \"None\", \"links\": "
	  "[{\"monitor\": "
	  "\"Nobody\", \"service\": \"Website\"}]}, {\"integration\": "
	  "\"Statushub\", "
	  "\"links\": [{\"monitor\": \"Shop\", \"service\": \"None\"}, "
	  "{\"monitor\": "
	  "\"Shop\", \"service\": \"Website\"}, {\"monitor\": \"Shop\", "
	  "\"service\": "
	  "\"Website\"}, {\"monitor\": \"Shop\", \"extra\": 1}]}]}]}]}",
	  "alert_definitions[0].monitors[1]: there is no monitor of this name\n"
	  "alert_definitions[0].levels[0].after: a level triggers after errors "
	  "or after "
	  "minutes: name one\n"
	  "alert_definitions[0].levels[1].level: this is at "
	  "alert_definitions[0].levels[0] "
	  "already\n"
	  "alert_definitions[0].levels[2].level: Level is 9; it must be from 1 "
	  "to 4\n"
	  "alert_definitions[0].levels[3].level: this is missing\n"
	  "alert_definitions[0].levels[4].integrations[0].integration: there is "
	  "no "
	  "integration of this name\n"
	  "alert_definitions[0].levels[4].integrations[0].links[0].monitor: "
	  "there is no "
	  "monitor of this name\n"
	  "alert_definitions[0].levels[4].integrations[1].links[0].service: "
	  "integration "
	  "'Statushub' has no service of this name\n"
	  "alert_definitions[0].levels[4].integrations[1].links[2]: this is at "
	  "alert_definitions[0].levels[4].integrations[1].links[1] already\n"
	  "alert_definitions[0].levels[4].integrations[1].links[3].extra: this "
	  "key is "
	  "unknown\n"
	  "alert_definitions[0].levels[4].integrations[1].links[3].service: this "
	  "is "
	  "missing\n" },
};

static void import__finds_every_fault__each_with_its_place(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		place_must_refuse(&place, cases[i].document, NULL, cases[i].faults);
}

static void import__finds_repeated_keys_and_bad_bytes__beside_the_rest(void **state)
{
	(void)state;
	place_must_refuse(&place,
			  "{\"hublink\": 1, \"monitors\": [{\"name\": \"A\"}, {\"name\": "
			  "\"B\xff\", "
			  "\"active\": true, \"active\": false}], \"hublink\": 1, "
			  "\"integrations\": 5}",
			  NULL,
			  "monitors[1].name: a byte is not valid UTF-8\n"
			  "monitors[1].active: this key is there twice\n"
			  "hublink: this key is there twice\n"
			  "integrations: this is a number, it must be a list\n");
}

static void import__tells_line_and_column__of_what_is_no_json(void **state)
{
	(void)state;
	place_must_refuse(&place, "{\"hublink\": 1,\n \"monitors\": [}", NULL,
			  "JSON, line 2, column 15: a value is missing or unknown\n");
}

static void import__changes_nothing__when_the_caller_aborts(void **state)
{
	(void)state;
	struct err err = { 0 };
	{
		DEFER(store_abort) struct transaction tx = { 0 };
		place_must(store_begin(place.store, &tx, &err), &err);
		place_import(&place,
			     "{\"hublink\": 1, \"monitors\": [{\"name\": \"New\"}]}",
			     false);
	}
	place_must_read(&place, "SELECT count(*) FROM monitor", "2\n");
	place_must_read(&place, "SELECT count(*) FROM audit", "1\n");
}

#define ON_THE_EXAMPLE(test) PLACE_TEST(test, place_set_up_example, &place)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_THE_EXAMPLE(import__finds_every_fault__each_with_its_place),
		ON_THE_EXAMPLE(
			import__finds_repeated_keys_and_bad_bytes__beside_the_rest),
		ON_THE_EXAMPLE(import__tells_line_and_column__of_what_is_no_json),
		ON_THE_EXAMPLE(import__changes_nothing__when_the_caller_aborts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
