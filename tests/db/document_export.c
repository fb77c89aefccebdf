/* I23: export and import are each other's inverse. */
#include <stdio.h>

#include "core/base/random.h"
#include "db/db.h"
#include "tests/support/check.h"
#include "tests/support/place.h"

enum { REPORT_MAX = 1 << 20 };

static struct place place;

/* A configuration from a seed: names, members, levels and links at random. */
static const char *name_of(uint64_t *seed, const char *kind, unsigned count, char ret[64])
{
	(void)snprintf(ret, 64, "%s %u ä\\\"\\u202e", kind,
		       (unsigned)(random_step(seed) % count));
	return ret;
}

static bool coin(uint64_t *seed)
{
	return random_step(seed) % 2 == 0;
}

static void add_services(struct buf *b, uint64_t *seed, unsigned number)
{
	char name[64];
	for (unsigned s = 0; s < 4; s++) {
		(void)snprintf(name, sizeof(name), "service %u ä\\\"\\u202e", s);
		buf_addf(b,
			 "%s{\"name\": \"%s\", \"url\": "
			 "\"https://h%u.example/?token=%u\", "
			 "\"page_url\": %s, \"publish_after\": \"%us\", \"text\": %s}",
			 s == 0 ? "" : ",", name, number, s,
			 coin(seed) ? "null" : "\"https://page.example/\"",
			 (unsigned)(random_step(seed) % 1000),
			 coin(seed) ? "null"
				    : "{\"title\": \"T {{@service.name}}\\nline\"}");
	}
}

static void add_links(struct buf *b, uint64_t *seed)
{
	char monitor[64];
	char service[64];
	bool used[6][4] = { { false } };
	const char *comma = "";
	for (int i = 0; i < 8; i++) {
		unsigned m = (unsigned)(random_step(seed) % 6);
		unsigned s = (unsigned)(random_step(seed) % 4);
		if (used[m][s])
			continue;
		used[m][s] = true;
		(void)snprintf(monitor, sizeof(monitor), "monitor %u ä\\\"\\u202e", m);
		(void)snprintf(service, sizeof(service), "service %u ä\\\"\\u202e", s);
		buf_addf(b, "%s{\"monitor\": \"%s\", \"service\": \"%s\"}", comma,
			 monitor, service);
		comma = ",";
	}
}

static void add_monitors(struct buf *b, uint64_t *seed)
{
	char group[64];
	for (unsigned m = 0; m < 6; m++)
		buf_addf(b,
			 "%s{\"name\": \"monitor %u ä\\\"\\u202e\", \"active\": %s, "
			 "\"groups\": "
			 "[\"%s\"], \"guid\": \"%s-%u\", \"check\": %s}",
			 m == 0 ? "" : ",", m, coin(seed) ? "true" : "false",
			 name_of(seed, "group", 3, group), coin(seed) ? "g" : "h", m,
			 coin(seed) ? "null"
				    : "{\"type\": \"tcp\", \"target\": \"h:1\", "
				      "\"every\": \"90s\"}");
}

static void make_document(uint64_t *seed, struct buf *b)
{
	buf_adds(b, "{\"hublink\": 1, \"monitors\": [");
	add_monitors(b, seed);
	buf_adds(b, "], \"integrations\": [");
	for (unsigned i = 0; i < 2; i++) {
		buf_addf(b,
			 "%s{\"name\": \"integration %u\", \"storm\": %s, %s, "
			 "\"services\": [",
			 i == 0 ? "" : ",", i,
			 coin(seed) ? "null" : "{\"max_new\": 3, \"within\": \"1h30m\"}",
			 coin(seed) ? "\"payload\": \"generic-v2\", \"template\": null"
				    : "\"payload\": \"custom\", \"template\": {\"a\": "
				      "[1, 2.5, {\"b\": \"{{@service.name}}\"}]}");
		add_services(b, seed, i);
		buf_adds(b, "]}");
	}
	buf_adds(b, "], \"alert_definitions\": [{\"name\": \"D\", \"groups\": [\"x\"], "
		    "\"levels\": [");
	for (unsigned level = 1; level <= 4; level++) {
		buf_addf(b,
			 "%s{\"level\": %u, \"after\": {\"%s\": %u}, \"integrations\": "
			 "[{\"integration\": \"integration %u\", \"active\": %s, "
			 "\"links\": [",
			 level == 1 ? "" : ",", level, coin(seed) ? "errors" : "minutes",
			 (unsigned)(1 + random_step(seed) % 50), (unsigned)coin(seed),
			 coin(seed) ? "true" : "false");
		add_links(b, seed);
		buf_adds(b, "]}]}");
	}
	buf_adds(b, "]}]}");
}

static void export__import__export__gives_the_same_bytes__on_any_database(void **state)
{
	(void)state;
	uint64_t seed = 20261123;
	for (int round = 0; round < 25; round++) {
		DEFER(buf_done) struct buf document = BUF_INIT(REPORT_MAX);
		DEFER(buf_done) struct buf first = BUF_INIT(REPORT_MAX);
		DEFER(buf_done) struct buf same = BUF_INIT(REPORT_MAX);
		DEFER(buf_done) struct buf fresh = BUF_INIT(REPORT_MAX);
		make_document(&seed, &document);
		/* Pruning whatever the round before has left. */
		place_import(&place, buf_text(&document), true);
		place_export(&place, &first);
		place_import(&place, buf_text(&first), true);
		place_export(&place, &same);
		assert_string_equal(buf_text(&first), buf_text(&same));
		struct place other;
		place_init(&other);
		place_open(&other, STORE_CREATE);
		place_import(&other, buf_text(&first), false);
		place_export(&other, &fresh);
		assert_string_equal(buf_text(&first), buf_text(&fresh));
		place_done(&other);
	}
}

#define ON_THE_EXAMPLE(test) PLACE_TEST(test, place_set_up_example, &place)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_THE_EXAMPLE(
			export__import__export__gives_the_same_bytes__on_any_database),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
