/* F54: a locale changes nothing but the characters that a terminal can show: numbers, dates,
 * letters of either case and order are the same everywhere, in files and in answers. */
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/text.h"
#include "tests/support/check.h"
#include "tests/support/cli.h"

#define LOCALEDEF "/usr/bin/localedef"
#define I18N "/usr/share/i18n/locales/"

/* A comma in numbers, an i that has a dot, characters of more than one byte that are not
 * UTF-8, and none at all. */
static const struct {
	const char *name, *input, *charmap;
} locales[] = {
	{ "de_DE.UTF-8", "de_DE", "UTF-8" },
	{ "tr_TR.UTF-8", "tr_TR", "UTF-8" },
	{ "tr_TR.ISO-8859-9", "tr_TR", "ISO-8859-9" },
	{ "ja_JP.UTF-8", "ja_JP", "UTF-8" },
	{ "ja_JP.EUC-JP", "ja_JP", "EUC-JP" },
	{ "C", NULL, NULL },
};

/* Names whose order and case differ by locale, and numbers with a fraction. */
static const char document[] =
	"{\"hublink\":1,\"monitors\":["
	"{\"name\":\"INFO I\",\"guid\":\"ABCDEFI\",\"groups\":[\"web\"]},"
	"{\"name\":\"info i\",\"groups\":[\"Web\"]},"
	"{\"name\":\"\xc3\x84rger\"},{\"name\":\"Zebra\"},{\"name\":\"zebra\"},"
	"{\"name\":\"\xc4\xb0stanbul\"},{\"name\":\"\xe6\x97\xa5\xe6\x9c\xac\"}],"
	"\"integrations\":[{\"name\":\"Hub\",\"services\":[{\"name\":\"Website\","
	"\"url\":\"http://127.0.0.1:1/website\",\"publish_after\":\"90s\","
	"\"disruption_when\":{\"percent\":25}}]}],"
	"\"alert_definitions\":[{\"name\":\"Default\",\"groups\":[\"web\"],\"levels\":["
	"{\"level\":1,\"after\":{\"errors\":1},\"integrations\":[{\"integration\":"
	"\"Hub\","
	"\"active\":true,\"links\":[{\"monitor\":\"INFO "
	"I\",\"service\":\"Website\"}]}]}]}]}";

static const char *const questions[] = {
	"export",
	"--json list monitors",
	"--json list groups",
	"--json list links",
	"--json list definitions",
	"--json check",
	"list monitors",
	"list links",
	"list services",
	"--json simulate 'INFO I' --error-for 90s --at 2026-03-29T00:59:59.5Z",
	"simulate 'INFO I' --error-for 1h30m --at 2026-03-29T00:59:59.5Z",
	"explain 'INFO I'",
	"explain 'info I'",
	"--json explain 'INFO I' Website --at 2026-12-31T23:59:59Z",
	"help simulate",
};

static char folder[] = "/tmp/hublink-locales-XXXXXX";

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st;
	(void)type;
	(void)at;
	return remove(path);
}

static void make_locale(size_t i)
{
	DEFER(ran_done) struct ran ran = { 0 };
	char path[128];
	(void)snprintf(path, sizeof(path), "%s/%s", folder, locales[i].name);
	run_program(&ran,
		    (const char *const[]){ LOCALEDEF, "--no-archive", "-c", "-i",
					   locales[i].input, "-f", locales[i].charmap,
					   path, NULL },
		    NULL, NULL);
	if (access(path, F_OK) != 0)
		fail_msg("localedef makes no %s: %s", locales[i].name,
			 buf_text(&ran.err));
}

static int make_locales(void **state)
{
	(void)state;
	if (access(LOCALEDEF, X_OK) != 0 || access(I18N "tr_TR", R_OK) != 0)
		return 0;
	assert_non_null(mkdtemp(folder));
	for (size_t i = 0; i < COUNT_OF(locales); i++)
		if (locales[i].input)
			make_locale(i);
	setenv("LOCPATH", folder, 1);
	return 0;
}

static int remove_locales(void **state)
{
	(void)state;
	return nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS) == 0 ||
			       getenv("LOCPATH") == NULL
		       ? 0
		       : -1;
}

/* Everything that a fresh database answers to the questions in this locale. */
static void ask_all(const char *locale, struct buf *ret)
{
	struct sandbox sandbox;
	sandbox_open(&sandbox);
	setenv("LC_ALL", locale, 1);
	(void)cli_out_fed(&sandbox, 0, "import -", document);
	(void)cli_out(&sandbox, 0, "event zebra error --at 2026-01-02T03:04:05.678Z");
	for (size_t i = 0; i < COUNT_OF(questions); i++) {
		DEFER(ran_done) struct ran ran = { 0 };
		const int code = hublink_run(&sandbox, &ran, questions[i]);
		buf_addf(ret, "%s: %d\n%s%s", questions[i], code, buf_text(&ran.out),
			 buf_text(&ran.err));
	}
	sandbox_close(&sandbox);
}

/* The first line that differs. */
static void expect_same(const char *locale, const char *got, const char *expected)
{
	size_t line = 0, at = 0;
	while (got[at] != '\0' && got[at] == expected[at]) {
		at++;
		line = got[at - 1] == '\n' ? at : line;
	}
	if (got[at] != expected[at])
		fail_msg("%s: '%.*s' is not '%.*s'", locale,
			 (int)strcspn(got + line, "\n"), got + line,
			 (int)strcspn(expected + line, "\n"), expected + line);
}

static void commands__answer_alike__in_every_locale_f54(void **state)
{
	(void)state;
	if (getenv("LOCPATH") == NULL)
		skip();
	DEFER(buf_done) struct buf expected = BUF_INIT(RUN_OUTPUT_MAX);
	ask_all("C.UTF-8", &expected);
	assert_holds(buf_text(&expected), "\xe6\x97\xa5\xe6\x9c\xac");
	for (size_t i = 0; i < COUNT_OF(locales); i++) {
		DEFER(buf_done) struct buf got = BUF_INIT(RUN_OUTPUT_MAX);
		ask_all(locales[i].name, &got);
		expect_same(locales[i].name, buf_text(&got), buf_text(&expected));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(commands__answer_alike__in_every_locale_f54),
	};
	return cmocka_run_group_tests(tests, make_locales, remove_locales);
}
