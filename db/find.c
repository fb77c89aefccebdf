/* Finding records by parts of their names. Reads an index of names at most once through,
 * and stops when it has as many as were asked for. */
#include <string.h>

#include "db/db.h"
#include "db/row.h"

/* The next word; "", which is in every name, when there is none. */
static void next_word(const char **words, struct buf *ret)
{
	*words += strspn(*words, " ");
	size_t length = strcspn(*words, " ");
	buf_add(ret, *words, length);
	*words += length;
}

bool store_find_names(struct store *store, enum record_kind kind, const char *words,
		      int64_t limit, name_fn *row, void *arg, struct err *err)
{
	static const enum query queries[RECORD_KIND_COUNT] = {
		[RECORD_MONITOR] = Q_FIND_MONITORS,
		[RECORD_SERVICE] = Q_FIND_SERVICES,
		[RECORD_INTEGRATION] = Q_FIND_INTEGRATIONS,
		[RECORD_DEFINITION] = Q_FIND_DEFINITIONS,
	};
	static const char *const names[] = { ":first", ":second", ":third" };
	DEFER(stmt_done) struct stmt *s = db_query(store, queries[kind]);

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		DEFER(buf_done) struct buf word = BUF_INIT(NAME_SIZE);
		next_word(&words, &word);
		bind_text(s, names[i], buf_text(&word));
	}
	bind_int(s, ":limit", limit);
	return row_names(s, row, arg, err);
}
