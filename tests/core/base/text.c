#include "core/base/text.h"

#include <locale.h>
#include <string.h>

#include "core/base/random.h"
#include "tests/support/check.h"

static void utf8__round_trips_every_code_point(void **state)
{
	(void)state;
	for (uint32_t point = 0; point <= 0x10ffff; point++) {
		if (point >= 0xd800 && point <= 0xdfff)
			continue;
		char bytes[4];
		size_t count = utf8_encode(point, bytes);
		uint32_t decoded = 0;
		if (utf8_decode(bytes, count, &decoded) != count || decoded != point)
			fail_msg("U+%04X became U+%04X", (unsigned)point,
				 (unsigned)decoded);
		if (utf8_decode(bytes, count - 1, &decoded) != 0)
			fail_msg("U+%04X is taken without its last byte",
				 (unsigned)point);
	}
}

static void utf8_encode__takes_the_shortest_form(void **state)
{
	(void)state;
	static const struct {
		uint32_t point;
		size_t bytes;
	} borders[] = {
		{ 0x00, 1 },    { 0x7f, 1 },     { 0x80, 2 },   { 0x7ff, 2 },
		{ 0x800, 3 },   { 0xd7ff, 3 },   { 0xe000, 3 }, { 0xffff, 3 },
		{ 0x10000, 4 }, { 0x10ffff, 4 },
	};

	char bytes[4];
	for (size_t i = 0; i < COUNT_OF(borders); i++)
		assert_int_equal(utf8_encode(borders[i].point, bytes), borders[i].bytes);
}

static void utf8_valid__refuses_what_rfc_3629_forbids(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"\x80",             /* a continuation alone */
		"\xbf",             /* another */
		"\xc0\x80",         /* overlong NUL */
		"\xc1\xbf",         /* overlong U+007F */
		"\xe0\x80\x80",     /* overlong */
		"\xe0\x9f\xbf",     /* overlong U+07FF */
		"\xf0\x80\x80\x80", /* overlong */
		"\xf0\x8f\xbf\xbf", /* overlong U+FFFF */
		"\xed\xa0\x80",     /* U+D800 */
		"\xed\xbf\xbf",     /* U+DFFF */
		"\xf4\x90\x80\x80", /* U+110000 */
		"\xf5\x80\x80\x80", /* beyond any plane */
		"\xf8\x88\x80\x80\x80",
		"\xfe",
		"\xff",
		"\xc3",         /* cut short */
		"\xe2\x82",     /* cut short */
		"\xf0\x9f\x98", /* cut short */
		"\xc3\x28",     /* second byte is no continuation */
		"\xe2\x28\xa1",
		"\xe2\x82\x28",
		"\xf0\x28\x8c\xbc",
		"fine, then \xc3",
		"\xff then fine",
	};

	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		if (utf8_valid(bad[i], strlen(bad[i])))
			fail_msg("text %zu is taken as valid", i);
	}
	assert_true(utf8_valid("", 0));
	assert_true(utf8_valid("a\0b", 3));
	assert_true(utf8_valid("Grüße, 世界 😀", strlen("Grüße, 世界 😀")));
}

static void text_length__counts_characters(void **state)
{
	(void)state;
	assert_int_equal(text_length(""), 0);
	assert_int_equal(text_length("Grüße"), 5);
	assert_int_equal(text_length("世界😀"), 3);
}

static void text_copy__is_whole_or_nothing(void **state)
{
	(void)state;
	char small[4] = "old";

	assert_false(text_copy(small, sizeof(small), "four"));
	assert_string_equal(small, "old");
	assert_true(text_copy(small, sizeof(small), "new"));
	assert_string_equal(small, "new");
	assert_false(text_copy(small, 0, ""));
}

/* R14: a message is cut, never a reason to lose an event. */
static void text_cut__never_splits_a_character(void **state)
{
	(void)state;
	char text[16];

	assert_true(text_cut(text, sizeof(text), "Grüße", 5));
	assert_string_equal(text, "Grüße");
	assert_false(text_cut(text, sizeof(text), "Grüße", 4));
	assert_string_equal(text, "Grüß");
	assert_false(
		text_cut(text, 4, "Grüße", 5)); /* ü needs two of the last byte's one */
	assert_string_equal(text, "Gr");
	assert_true(text_cut(text, 8, "Grüße", 99));
	assert_false(text_cut(text, 7, "Grüße", 99));
	assert_true(text_cut(text, 1, "", 0));
	assert_string_equal(text, "");
}

static void text_cut__replaces_invalid_bytes(void **state)
{
	(void)state;
	char text[16];

	assert_true(text_cut(text, sizeof(text), "a\xff\xc3z", 10));

	assert_string_equal(text, "a\xef\xbf\xbd\xef\xbf\xbdz");
}

static void text_no_controls__finds_c0_del_and_c1(void **state)
{
	(void)state;
	assert_true(text_no_controls(""));
	assert_true(text_no_controls("Grüße 😀"));
	assert_true(text_no_controls("\xc2\xa0")); /* U+00A0 stands just behind C1 */
	assert_false(text_no_controls("a\nb"));
	assert_false(text_no_controls("\x1b"));
	assert_false(text_no_controls("\x7f"));
	assert_false(text_no_controls("\xc2\x80"));
	assert_false(text_no_controls("\xc2\x9f"));
	assert_false(text_no_controls("\xff"));
}

static void text_equal__knows_null(void **state)
{
	(void)state;
	assert_true(text_equal(NULL, NULL));
	assert_false(text_equal(NULL, ""));
	assert_false(text_equal("", NULL));
	assert_true(text_equal("a", "a"));
	assert_false(text_equal("a", "A"));
	assert_true(text_equal_nocase("Retry-After", "retry-AFTER"));
	assert_false(text_equal_nocase("retry", "retry-after"));
	assert_false(text_equal_nocase("retry-after", "retry"));
	assert_false(text_equal_nocase("Ä", "ä")); /* ASCII alone */
	assert_true(text_equal_nocase(NULL, NULL));
	assert_false(text_equal_nocase("a", NULL));
	assert_false(text_equal_nocase("@", "`"));
}

static void text_starts_with__compares_bytes(void **state)
{
	(void)state;
	assert_true(text_starts_with("monitor", "mon"));
	assert_true(text_starts_with("monitor", ""));
	assert_false(text_starts_with("mon", "monitor"));
	assert_false(text_starts_with("Monitor", "mon"));
}

static void text_integer__takes_whole_numbers_of_64_bits(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int64_t number;
	} good[] = {
		{ "0", 0 },
		{ "-0", 0 },
		{ "007", 7 },
		{ "-12", -12 },
		{ "9223372036854775807", INT64_MAX },
		{ "-9223372036854775808", INT64_MIN },
	};
	static const char *const bad[] = { "",
					   "-",
					   "+1",
					   " 1",
					   "1 ",
					   "1x",
					   "0x1",
					   "1.0",
					   "--1",
					   "9223372036854775808",
					   "-9223372036854775809",
					   "99999999999999999999999" };

	int64_t number = 0;
	for (size_t i = 0; i < COUNT_OF(good); i++) {
		assert_true(text_integer(good[i].text, &number));
		assert_int_equal(number, good[i].number);
	}
	number = 5;
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		assert_false(text_integer(bad[i], &number));
	assert_int_equal(number, 5);
}

static void assert_safe(const char *text, bool keep_newlines, const char *expected)
{
	DEFER(buf_done) struct buf b = BUF_INIT(1000);
	text_add_safe(&b, text, keep_newlines);
	assert_string_equal(buf_text(&b), expected);
}

static void text_add_safe__leaves_ordinary_text_alone(void **state)
{
	(void)state;
	assert_safe("", false, "");
	assert_safe("Grüße, 世界 😀 <U+0041> & \"x\"", false,
		    "Grüße, 世界 😀 <U+0041> & \"x\"");
	assert_safe("e\xcc\x81 \xe0\xb8\x81\xe0\xb8\xb5\xe0\xb9\x89", false,
		    "e\xcc\x81 \xe0\xb8\x81\xe0\xb8\xb5\xe0\xb9\x89"); /* é, Thai kii */
}

static void text_add_brief__shows_the_beginning__of_what_is_long(void **state)
{
	char longest[121], longer[5000];
	(void)state;
	memset(longest, 'a', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	memset(longer, 'a', sizeof(longer) - 1);
	longer[sizeof(longer) - 1] = '\0';

	DEFER(buf_done) struct buf b = BUF_INIT(1000);
	text_add_brief(&b, longest);
	assert_string_equal(buf_text(&b), longest);
	buf_reset(&b);
	text_add_brief(&b, longer);
	assert_memory_equal(buf_text(&b), longest, sizeof(longest) - 1);
	assert_string_equal(buf_text(&b) + sizeof(longest) - 1, "…");
	buf_reset(&b);
	text_add_brief(&b, "a\xff\nb");
	assert_string_equal(buf_text(&b), "a<0xFF><U+000A>b");
}

static void text_add_safe__shows_what_hides_or_steers(void **state)
{
	(void)state;
	static const struct {
		const char *text, *shown;
	} hostile[] = {
		{ "\x1b[2J", "<U+001B>[2J" },
		{ "\x7f", "<U+007F>" },
		{ "\xc2\x9b", "<U+009B>" },          /* CSI in one character */
		{ "\xc2\xad", "<U+00AD>" },          /* soft hyphen */
		{ "\xe2\x80\x8b", "<U+200B>" },      /* zero width space */
		{ "\xe2\x80\x8d", "<U+200D>" },      /* joiner */
		{ "\xe2\x80\xa8", "<U+2028>" },      /* line separator */
		{ "\xe2\x80\xae", "<U+202E>" },      /* right-to-left override */
		{ "\xe2\x81\xa6", "<U+2066>" },      /* isolate */
		{ "\xef\xb8\x8f", "<U+FE0F>" },      /* variation selector */
		{ "\xef\xbb\xbf", "<U+FEFF>" },      /* byte order mark */
		{ "\xe3\x85\xa4", "<U+3164>" },      /* Hangul filler */
		{ "\xf3\xa0\x81\x81", "<U+E0041>" }, /* tag A */
		{ "\xf3\xa0\x84\x80", "<U+E0100>" }, /* variation selector 17 */
		{ "\xf4\x8f\xbf\xbf", "<U+10FFFF>" },
		{ "\xff\xc3", "<0xFF><0xC3>" },
		{ "\xed\xa0\x80", "<0xED><0xA0><0x80>" },
	};

	for (size_t i = 0; i < COUNT_OF(hostile); i++)
		assert_safe(hostile[i].text, false, hostile[i].shown);
}

static void text_add_safe__keeps_newlines__only_when_asked(void **state)
{
	(void)state;
	assert_safe("a\nb\tc\r", true, "a\nb<U+0009>c<U+000D>");
	assert_safe("a\nb", false, "a<U+000A>b");
}

static void text_add_safe__shows_the_third_mark_on_a_base(void **state)
{
	(void)state;
	assert_safe("a\xcc\x81\xcc\x82\xcc\x83\xcc\x84z\xcc\x81", false,
		    "a\xcc\x81\xcc\x82<U+0303><U+0304>z\xcc\x81");
}

static void text_add_safe__is_total_and_idempotent__on_random_bytes(void **state)
{
	(void)state;
	/* Pieces that matter, so that marks, selectors and half characters meet
   * often. */
	static const char *const pieces[] = {
		"a",    "<", "\xcc\x81",     "\xe2\x80\xae", "\n",
		"\xc3", "ü", "\xef\xb8\x8f", "\xf0\x9f\x98", "😀",
		"\x7f"
	};

	uint64_t seed = 42;
	for (int round = 0; round < 20000; round++) {
		DEFER(buf_done) struct buf text = BUF_INIT(1000);
		for (uint64_t left = random_step(&seed) % 20; left > 0; left--) {
			uint64_t dice = random_step(&seed);
			if (dice % 4 == 0)
				buf_addc(&text, (char)(1 + dice / 4 % 255));
			else
				buf_adds(&text, pieces[dice / 4 % COUNT_OF(pieces)]);
		}
		DEFER(buf_done) struct buf once = BUF_INIT(10000);
		DEFER(buf_done) struct buf twice = BUF_INIT(10000);
		text_add_safe(&once, buf_text(&text), false);
		text_add_safe(&twice, buf_text(&once), false);
		assert_true(text_no_controls(buf_text(&once)));
		assert_string_equal(buf_text(&once), buf_text(&twice));
	}
}

static void text_width__counts_columns(void **state)
{
	(void)state;
	assert_int_equal(text_width(""), 0);
	assert_int_equal(text_width("Grüße"), 5);
	assert_int_equal(text_width("世界"), 4);
	assert_int_equal(text_width("e\xcc\x81"), 1);
}

static void assert_columns(const char *text, int columns, const char *expected)
{
	DEFER(buf_done) struct buf b = BUF_INIT(1000);
	text_add_columns(&b, text, columns);
	assert_string_equal(buf_text(&b), expected);
}

static void text_add_columns__pads_or_cuts_to_the_column(void **state)
{
	(void)state;
	assert_columns("abc", 5, "abc  ");
	assert_columns("abc", 3, "abc");
	assert_columns("abcd", 3, "ab~");
	assert_columns("abcd", 1, "~");
	assert_columns("abcd", 0, "");
	assert_columns("abcd", -1, "");
	assert_columns("", 2, "  ");
	assert_columns("世界", 4, "世界");
	assert_columns("世界", 3, "世~");
	assert_columns("a世界", 3, "a ~"); /* half a wide character becomes a blank */
	assert_columns("e\xcc\x81llo", 3, "e\xcc\x81l~");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(utf8__round_trips_every_code_point),
		cmocka_unit_test(utf8_encode__takes_the_shortest_form),
		cmocka_unit_test(utf8_valid__refuses_what_rfc_3629_forbids),
		cmocka_unit_test(text_length__counts_characters),
		cmocka_unit_test(text_copy__is_whole_or_nothing),
		cmocka_unit_test(text_cut__never_splits_a_character),
		cmocka_unit_test(text_cut__replaces_invalid_bytes),
		cmocka_unit_test(text_no_controls__finds_c0_del_and_c1),
		cmocka_unit_test(text_equal__knows_null),
		cmocka_unit_test(text_starts_with__compares_bytes),
		cmocka_unit_test(text_integer__takes_whole_numbers_of_64_bits),
		cmocka_unit_test(text_add_safe__leaves_ordinary_text_alone),
		cmocka_unit_test(text_add_brief__shows_the_beginning__of_what_is_long),
		cmocka_unit_test(text_add_safe__shows_what_hides_or_steers),
		cmocka_unit_test(text_add_safe__keeps_newlines__only_when_asked),
		cmocka_unit_test(text_add_safe__shows_the_third_mark_on_a_base),
		cmocka_unit_test(text_add_safe__is_total_and_idempotent__on_random_bytes),
		cmocka_unit_test(text_width__counts_columns),
		cmocka_unit_test(text_add_columns__pads_or_cuts_to_the_column),
	};

	setlocale(LC_ALL, "C.UTF-8"); /* for wcwidth */
	return cmocka_run_group_tests(tests, NULL, NULL);
}
