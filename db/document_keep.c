/* "keep" in the document: days by journal. */
#include "db/import.h"
#include "db/keep.h"

bool document_put_keep(struct store *store, struct json_writer *w, struct err *err)
{
	struct keep keep;
	bool is_default = true;
	if (!store_keep(store, &keep, err))
		return false;
	for (enum journal i = 0; i < JOURNAL_COUNT; i++)
		is_default = is_default && keep.days[i] == KEEP_DAYS_DEFAULT;
	if (is_default)
		return true;
	json_open_object(w, DOCUMENT_KEEP_KEY);
	for (enum journal i = 0; i < JOURNAL_COUNT; i++)
		json_put_integer(w, journal_text(i), keep.days[i]);
	json_close(w);
	return true;
}

static bool put_days(struct import *im, enum journal journal, int64_t was, int64_t days)
{
	char before[KEEP_WORDS_SIZE], after[KEEP_WORDS_SIZE];
	if (was == days)
		return true;
	keep_words(was, before);
	keep_words(days, after);
	buf_addf(im->plan, "~ keep %s: %s -> %s\n", journal_text(journal), before, after);
	im->changed++;
	return keep_put(im->store, journal, days, im->err);
}

static bool import_days(struct import *im, const struct spot *spot,
			const struct json *value, const struct keep *keep)
{
	struct err why = { 0 };
	int64_t days;
	const int journal = journal_parse(spot->key);
	if (journal < 0) {
		import_fault(im, spot, "this key is unknown");
		return true;
	}
	if (!json_integer(value, &days)) {
		import_fault(im, spot, "this must be a whole number of days");
		return true;
	}
	if (!keep_days_check(days, &why))
		return import_fault_of(im, spot, &why);
	return put_days(im, (enum journal)journal, keep->days[journal], days);
}

bool import_keep(struct import *im, const struct json *document)
{
	const struct json *told = json_get(document, DOCUMENT_KEEP_KEY);
	const struct spot top = { .key = DOCUMENT_KEEP_KEY };
	struct keep keep;
	if (told == NULL || !import_is_object(im, &top, told))
		return true;
	if (!store_keep(im->store, &keep, im->err))
		return false;
	for (const struct json *i = json_first(told); i != NULL; i = json_next(i)) {
		const struct spot at = { .above = &top, .key = json_key(i) };
		if (!import_days(im, &at, i, &keep))
			return false;
	}
	return true;
}
