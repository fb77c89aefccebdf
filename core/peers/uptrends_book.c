#include "core/peers/uptrends_book.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"

enum { KEY_MAX = NAME_SIZE + GUID_SIZE + 16 };

void uptrends_book_done(struct uptrends_book *book)
{
	for (size_t i = 0; i < book->count; i++)
		free(book->entries[i].url);
	free(book->entries);
	name_set_done(&book->by_guid);
	name_set_done(&book->by_name);
	*book = (struct uptrends_book){ 0 };
}

static void add_guid_key(struct buf *ret, enum uptrends_kind kind, const char *guid)
{
	buf_addf(ret, "%d %s", (int)kind, guid);
}

static void add_name_key(struct buf *ret, enum uptrends_kind kind, const char *scope,
			 const char *name)
{
	buf_addf(ret, "%d %s %s", (int)kind, scope, name);
}

struct uptrends_entry *uptrends_book_find(const struct uptrends_book *book,
					  enum uptrends_kind kind, const char *guid)
{
	DEFER(buf_done) struct buf key = BUF_INIT(KEY_MAX);
	size_t place;
	add_guid_key(&key, kind, guid);
	return name_set_has(&book->by_guid, buf_text(&key), &place)
		       ? &book->entries[place]
		       : NULL;
}

bool uptrends_book_has_name(const struct uptrends_book *book, enum uptrends_kind kind,
			    const char *scope, const char *name)
{
	DEFER(buf_done) struct buf key = BUF_INIT(KEY_MAX);
	add_name_key(&key, kind, scope, name);
	return name_set_has(&book->by_name, buf_text(&key), NULL);
}

void uptrends_book_add(struct uptrends_book *book, enum uptrends_kind kind,
		       const char *guid, const char *scope, const char *name)
{
	DEFER(buf_done) struct buf by_guid = BUF_INIT(KEY_MAX);
	DEFER(buf_done) struct buf by_name = BUF_INIT(KEY_MAX);
	struct uptrends_entry entry = { .kind = kind };
	add_guid_key(&by_guid, kind, guid);
	add_name_key(&by_name, kind, scope, name);
	if (!text_copy(entry.guid, sizeof(entry.guid), guid) ||
	    !text_copy(entry.scope, sizeof(entry.scope), scope) ||
	    !text_copy(entry.name, sizeof(entry.name), name) ||
	    !name_set_add(&book->by_guid, buf_text(&by_guid), book->count, NULL))
		return;
	(void)name_set_add(&book->by_name, buf_text(&by_name), book->count, NULL);
	VEC_PUSH(book->entries, book->count, book->capacity) = entry;
}

/* ---- names ---- */

/* Controls become blanks, blanks around it go. */
static void tidy(char *name)
{
	const size_t bytes = strlen(name);
	size_t end = bytes, begin = 0;
	for (size_t i = 0; i < bytes; i++)
		if ((unsigned char)name[i] < ' ' || name[i] == 0x7f)
			name[i] = ' ';
	while (end > 0 && name[end - 1] == ' ')
		end--;
	while (begin < end && name[begin] == ' ')
		begin++;
	memmove(name, name + begin, end - begin);
	name[end - begin] = '\0';
}

/* "Checkout", "Checkout (2)", …: number 1 is the name alone. */
static void number_name(char ret[NAME_SIZE], const char *base, int number)
{
	char suffix[16] = "", cut[NAME_SIZE];
	if (number > 1)
		(void)snprintf(suffix, sizeof(suffix), " (%d)", number);
	(void)text_cut(cut, sizeof(cut), base, NAME_CHARS_MAX - strlen(suffix));
	DEFER(buf_done) struct buf whole = BUF_INIT(NAME_SIZE);
	buf_addf(&whole, "%s%s", cut, suffix);
	(void)text_cut(ret, NAME_SIZE, buf_text(&whole), NAME_CHARS_MAX);
}

const char *uptrends_book_name(struct uptrends_book *book, enum uptrends_kind kind,
			       const char *guid, const char *scope, const char *wanted)
{
	struct uptrends_entry *known = uptrends_book_find(book, kind, guid);
	char base[NAME_SIZE], name[NAME_SIZE];
	if (known != NULL) {
		known->is_met = true;
		return known->name;
	}
	(void)text_cut(base, sizeof(base), wanted != NULL ? wanted : "", NAME_CHARS_MAX);
	tidy(base);
	if (*base == '\0' || !text_no_controls(base))
		(void)text_cut(base, sizeof(base), guid, NAME_CHARS_MAX);
	int number = 1;
	do
		number_name(name, base, number++);
	while (uptrends_book_has_name(book, kind, scope, name));
	uptrends_book_add(book, kind, guid, scope, name);
	struct uptrends_entry *entry = &book->entries[book->count - 1];
	entry->is_new = entry->is_met = true;
	return entry->name;
}
