/* tui/console/palette_journal: what of the journal answers the palette, read once. */
#include <string.h>

#include "tests/support/journal.h"
#include "tui/console/palette_journal.h"

struct offered {
	struct palette_items items;
	struct palette_journal journal;
};

static void offered_done(struct offered *offered)
{
	palette_items_done(&offered->items);
	palette_journal_done(&offered->journal);
}

/* The label of the only item that is offered; "": none is, "many": several are. */
static const char *only(struct offered *offered, struct store *store, const char *text)
{
	offered->items.count = 0;
	must(palette_offer_journal(&offered->journal, &offered->items, store, text, err));
	if (offered->items.count == 1)
		return offered->items.items[0].label;
	return offered->items.count == 0 ? "" : "many";
}

static void palette_journal__offers_incidents__by_service_and_key(void **state)
{
	DEFER(offered_done) struct offered offered = { 0 };
	struct incident open = an_incident(*state, WEBSITE);
	struct incident over = an_incident(*state, EMAIL);

	over.status = INCIDENT_RESOLVED;
	must(store_incident_put(*state, &over, err));
	assert_string_equal(only(&offered, *state, "webs"), "#1 Website");
	assert_string_equal(offered.items.items[0].about, "open incident");
	assert_string_equal(only(&offered, *state, "email"), "#2 Email");
	assert_string_equal(offered.items.items[0].about, "incident, over");
	assert_string_equal(only(&offered, *state, open.key), open.key);
	assert_string_equal(only(&offered, *state, "nothing of it"), "");
}

static void palette_journal__offers_updates__by_their_keys(void **state)
{
	DEFER(offered_done) struct offered offered = { 0 };
	struct incident incident = an_incident(*state, WEBSITE);
	struct delivery delivery = a_delivery(*state, WEBSITE, incident.id);

	must(store_delivery_get(*state, delivery.id, &delivery, err));
	assert_string_equal(only(&offered, *state, delivery.key), delivery.key);
	assert_int_equal(offered.items.items[0].kind, PALETTE_DELIVERY);
}

/* The letters that follow are answered from what was read with the first ones. */
static void palette_journal__reads_once__for_all_letters(void **state)
{
	DEFER(offered_done) struct offered offered = { 0 };
	DEFER(offered_done) struct offered next = { 0 };

	(void)an_incident(*state, WEBSITE);
	assert_string_equal(only(&offered, *state, "we"), "#1 Website");
	(void)an_incident(*state, WEBSITE);
	assert_string_equal(only(&offered, *state, "web"), "#1 Website");
	assert_string_equal(only(&next, *state, "web"), "many");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		JOURNAL_TEST(palette_journal__offers_incidents__by_service_and_key),
		JOURNAL_TEST(palette_journal__offers_updates__by_their_keys),
		JOURNAL_TEST(palette_journal__reads_once__for_all_letters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
