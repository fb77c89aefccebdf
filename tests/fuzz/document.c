/* Documents: any bytes are imported whole, and come out of an export as a document that gives
 * the same export (I23); or are refused with every fault and change nothing (I24). */
#include <string.h>

#include "core/base/text.h"
#include "core/store.h"
#include "db/db.h"
#include "tests/support/fuzz.h"

enum { TEXT_MAX = 4 << 20 };

/* Two of them, made once: what a run does in them is rolled back. */
static struct store *store_number(int number)
{
	static struct store *stores[2];
	struct err err = { 0 };
	if (stores[number] == NULL)
		MUST_HOLD(db_open_memory(&stores[number], &err));
	return stores[number];
}

static bool import(struct store *store, const char *text, size_t bytes)
{
	struct err err = { 0 };
	struct buf plan = BUF_INIT(TEXT_MAX), faults = BUF_INIT(TEXT_MAX);
	const struct import_options options = { 0 };
	bool done = store_import(store, text, bytes, &options, &plan, &faults, &err);
	if (!done) {
		MUST_HOLD(err.code == ERR_INVALID);
		MUST_HOLD(err.text[0] != '\0' || faults.len > 0);
		MUST_HOLD(utf8_valid(err.text, strlen(err.text)));
	}
	MUST_HOLD(utf8_valid(buf_text(&faults), faults.len));
	MUST_HOLD(utf8_valid(buf_text(&plan), plan.len));
	buf_done(&plan);
	buf_done(&faults);
	return done;
}

static void export(struct store *store, bool secrets, struct buf *ret)
{
	struct err err = { 0 };
	MUST_HOLD(store_export(store, secrets, ret, &err));
	MUST_HOLD(!buf_overflowed(ret));
}

static void must_come_back(const struct buf *exported)
{
	struct err err = { 0 };
	struct transaction tx = { 0 };
	struct buf again = BUF_INIT(TEXT_MAX);
	MUST_HOLD(store_begin(store_number(1), &tx, &err));
	MUST_HOLD(import(store_number(1), buf_text(exported), exported->len));
	export(store_number(1), true, &again);
	MUST_HOLD(text_equal(buf_text(exported), buf_text(&again)));
	store_abort(&tx);
	buf_done(&again);
}

FUZZ_TARGET(document)
{
	struct err err = { 0 };
	struct transaction tx = { 0 };
	struct buf exported = BUF_INIT(TEXT_MAX), masked = BUF_INIT(TEXT_MAX);
	MUST_HOLD(store_begin(store_number(0), &tx, &err));
	if (import(store_number(0), text, bytes)) {
		export(store_number(0), true, &exported);
		must_come_back(&exported);
		export(store_number(0), false, &masked);
		MUST_HOLD(import(store_number(0), buf_text(&masked), masked.len));
	}
	store_abort(&tx);
	buf_done(&exported);
	buf_done(&masked);
}
