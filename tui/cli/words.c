#include "tui/cli/words.h"

#include <string.h>

#include "core/base/nearest.h"
#include "core/base/text.h"
#include "core/rules/secret.h"

static const char more[] = "…";

bool choice_is(const char *argument, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++)
		if (argument[i] >= 'A' && argument[i] <= 'Z')
			return false;
	return true;
}

bool word_spec_next(const char **spec, struct word_spec *ret)
{
	if (!*spec || !**spec)
		return false;
	const char *begin = *spec;
	size_t bytes = strcspn(begin, " ");
	*spec = begin[bytes] ? begin + bytes + 1 : begin + bytes;

	*ret = (struct word_spec){ .optional = *begin == '[' };
	if (ret->optional) {
		begin++;
		bytes -= 2;
	}
	if (bytes > sizeof(more) - 1 &&
	    memcmp(begin + bytes - (sizeof(more) - 1), more, sizeof(more) - 1) == 0) {
		ret->repeated = true;
		bytes -= sizeof(more) - 1;
	}
	ret->text = begin;
	ret->bytes = bytes;
	ret->choice = choice_is(begin, bytes);
	return true;
}

/* The next of "a|b|c"; *choices moves behind it. */
static bool choice_next(const char **choices, const char *end, const char **ret,
			size_t *ret_bytes)
{
	if (*choices >= end)
		return false;
	const char *bar = memchr(*choices, '|', (size_t)(end - *choices));
	*ret = *choices;
	*ret_bytes = (size_t)((bar ? bar : end) - *choices);
	*choices = bar ? bar + 1 : end;
	return true;
}

bool choice_holds(const char *choices, size_t bytes, const char *text)
{
	const char *end = choices + bytes, *choice;
	size_t length = strlen(text), choice_bytes;

	while (choice_next(&choices, end, &choice, &choice_bytes))
		if (choice_bytes == length && memcmp(choice, text, length) == 0)
			return true;
	return false;
}

void typed_add(struct buf *b, const char *text)
{
	if (strstr(text, "://"))
		url_add_masked(b, text);
	else
		text_add_brief(b, text);
}

bool choice_fail(const char *what, const char *choices, size_t bytes, const char *text,
		 struct err *err)
{
	DEFER(buf_done)
	struct buf typed = BUF_INIT(TYPED_MAX_BYTES);
	struct nearest nearest;
	const char *next = choices, *choice;
	size_t choice_bytes;

	typed_add(&typed, text);
	nearest_init(&nearest, text);
	while (choice_next(&next, choices + bytes, &choice, &choice_bytes)) {
		char name[64];
		if (choice_bytes < sizeof(name)) {
			memcpy(name, choice, choice_bytes);
			name[choice_bytes] = '\0';
			nearest_offer(&nearest, name);
		}
	}
	const char *near = nearest_found(&nearest);
	return fail(err, ERR_USAGE, "%s is %.*s, not '%s'%s%s%s", what, (int)bytes,
		    choices, buf_text(&typed), near ? "; did you mean '" : "",
		    near ? near : "", near ? "'?" : "");
}

static bool word_check(const char *name, const struct word_spec *spec, const char *word,
		       struct err *err)
{
	if (!spec->choice || choice_holds(spec->text, spec->bytes, word))
		return true;
	DEFER(buf_done)
	struct buf what = BUF_INIT(200);
	buf_addf(&what, "`hublink %s`: this word", name);
	return choice_fail(buf_text(&what), spec->text, spec->bytes, word, err);
}

bool words_check(const char *name, const char *spec, int count, const char *const *words,
		 struct err *err)
{
	struct word_spec next;
	int used = 0;
	while (word_spec_next(&spec, &next)) {
		if (used >= count && !next.optional)
			return fail(
				err, ERR_USAGE,
				"`hublink %s` needs %.*s; `hublink help %s` explains it",
				name, (int)next.bytes, next.text, name);
		int take = next.repeated ? count - used : 1;
		for (; take > 0 && used < count; take--, used++)
			if (!word_check(name, &next, words[used], err))
				return false;
	}
	if (used == count)
		return true;
	DEFER(buf_done)
	struct buf typed = BUF_INIT(TYPED_MAX_BYTES);
	typed_add(&typed, words[used]);
	return fail(err, ERR_USAGE,
		    "`hublink %s` does not know what to do with '%s'; `hublink help %s` "
		    "explains it",
		    name, buf_text(&typed), name);
}
