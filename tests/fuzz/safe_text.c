/* Outside text as it is shown: only characters that can do a terminal no harm come out, and
 * what is safe stays as it is. */
#include <locale.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/unicode.h"
#include "tests/support/fuzz.h"

enum {
	SHOWN_MAX = 1 << 20,
	GROWTH_MAX = 10, /* "<U+10FFFF>" is the longest that one byte can become */
};

static void must_be_safe(const char *shown, bool keep_newlines)
{
	size_t left = strlen(shown);
	for (size_t used; left > 0; shown += used, left -= used) {
		uint32_t point = 0;
		used = utf8_decode(shown, left, &point);
		MUST_HOLD(used > 0);
		MUST_HOLD(!unicode_is_hidden(point) || (point == '\n' && keep_newlines));
	}
}

static void must_fill(const char *shown, int columns)
{
	struct buf cut = BUF_INIT(SHOWN_MAX);
	text_add_columns(&cut, shown, columns);
	MUST_HOLD(text_width(buf_text(&cut)) == columns);
	MUST_HOLD(utf8_valid(buf_text(&cut), cut.len));
	buf_done(&cut);
}

static void must_show(const char *text, bool keep_newlines)
{
	struct buf once = BUF_INIT(SHOWN_MAX), twice = BUF_INIT(SHOWN_MAX);
	text_add_safe(&once, text, keep_newlines);
	MUST_HOLD(once.len <= strlen(text) * GROWTH_MAX);
	must_be_safe(buf_text(&once), keep_newlines);

	text_add_safe(&twice, buf_text(&once), keep_newlines);
	MUST_HOLD(text_equal(buf_text(&once), buf_text(&twice)));
	if (!keep_newlines) {
		must_fill(buf_text(&once), 1);
		must_fill(buf_text(&once), 37);
	}
	buf_done(&once);
	buf_done(&twice);
}

FUZZ_TARGET(safe_text)
{
	static const char *locale;
	char message[64];

	if (locale == NULL)
		locale = setlocale(LC_CTYPE, "C.UTF-8");
	must_show(text, false);
	must_show(text, true);
	(void)text_cut(message, sizeof(message), text, 20);
	MUST_HOLD(utf8_valid(message, strlen(message)));
	MUST_HOLD(text_length(message) <= 20);
	MUST_HOLD(strlen(message) <= bytes * 3);
}
