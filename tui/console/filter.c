#include "tui/console/filter.h"

#include <string.h>

#include "core/base/text.h"
#include "tui/console/match.h"

/* Puts bytes into the filter's words. */
static const char *keep(struct row_filter *filter, size_t *used, const char *bytes,
			size_t count)
{
	char *kept = filter->words + *used;

	memcpy(kept, bytes, count);
	kept[count] = '\0';
	*used += count + 1;
	return kept;
}

/* The next term's bytes without its quotes; returns how many, 0 at the end. */
static size_t next_term(const char **text, char ret[ROW_FILTER_BYTES])
{
	size_t length = 0;
	bool quoted = false;

	*text += strspn(*text, " ");
	for (; **text != '\0' && (quoted || **text != ' '); (*text)++) {
		if (**text == '"')
			quoted = !quoted;
		else
			ret[length++] = **text;
	}
	ret[length] = '\0';
	return length;
}

static void add_term(struct row_filter *filter, size_t *used, const char *text)
{
	struct filter_term term = { .key = "" };

	for (; *text == '!' || *text == '~'; text++) {
		term.inverse ^= *text == '!';
		term.fuzzy |= *text == '~';
	}
	size_t key = strcspn(text, ":=");
	term.whole = keep(filter, used, text, strlen(text));
	term.text = term.whole;
	if (key > 0 && text[key] != '\0') {
		term.key = keep(filter, used, text, key);
		term.text = term.whole + key + 1;
		filter->names_columns = true;
		for (; *term.text == '~'; term.text++)
			term.fuzzy = true;
	}
	if (*term.text != '\0')
		filter->terms[filter->count++] = term;
}

void row_filter_parse(struct row_filter *ret, const char *text)
{
	char whole[ROW_FILTER_BYTES];
	char term[ROW_FILTER_BYTES];
	const char *rest = whole;
	size_t used = 0;

	ret->count = 0;
	ret->names_columns = false;
	(void)text_cut(whole, sizeof(whole), text, sizeof(whole));
	while (ret->count < ROW_FILTER_TERMS && next_term(&rest, term) > 0)
		add_term(ret, &used, term);
}

static bool text_meets(const struct filter_term *term, const char *text,
		       const char *wanted)
{
	return term->fuzzy ? match_fuzzy(text, wanted) : match_contains(text, wanted);
}

static bool title_begins(const char *title, const char *key)
{
	size_t length = strlen(key);

	if (strlen(title) < length)
		return false;
	for (size_t i = 0; i < length; i++) {
		char pair[2][2] = { { title[i] }, { key[i] } };
		if (!text_equal_nocase(pair[0], pair[1]))
			return false;
	}
	return true;
}

static const struct filter_cell *keyed(const struct filter_term *term,
				       const struct filter_cell *cells, size_t count)
{
	if (*term->key == '\0')
		return NULL;
	for (size_t i = 0; i < count; i++)
		if (text_equal_nocase(cells[i].title, term->key))
			return &cells[i];
	for (size_t i = 0; i < count; i++)
		if (title_begins(cells[i].title, term->key))
			return &cells[i];
	return NULL;
}

static bool term_meets(const struct filter_term *term, const struct filter_cell *cells,
		       size_t count)
{
	const struct filter_cell *one = keyed(term, cells, count);

	if (one != NULL)
		return text_meets(term, one->text, term->text);
	for (size_t i = 0; i < count; i++)
		if (text_meets(term, cells[i].text, term->whole))
			return true;
	return false;
}

bool row_filter_meets(const struct row_filter *filter, const struct filter_cell *cells,
		      size_t count)
{
	for (size_t i = 0; i < filter->count; i++)
		if (term_meets(&filter->terms[i], cells, count) ==
		    filter->terms[i].inverse)
			return false;
	return true;
}

static bool term_narrows(const struct filter_term *wide, const struct filter_term *term)
{
	size_t length = strlen(wide->text);

	if (wide->inverse != term->inverse || wide->fuzzy != term->fuzzy ||
	    strcmp(wide->key, term->key) != 0)
		return false;
	return term->inverse ? strcmp(wide->text, term->text) == 0
			     : strncmp(wide->text, term->text, length) == 0;
}

bool row_filter_narrows(const struct row_filter *wide, const struct row_filter *filter)
{
	bool narrows = filter->count >= wide->count;

	for (size_t i = 0; narrows && i < wide->count; i++)
		narrows = term_narrows(&wide->terms[i], &filter->terms[i]);
	return narrows;
}
