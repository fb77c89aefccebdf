#include "tests/support/cli.h"

#include <stdlib.h>
#include <string.h>

#include "tests/support/check.h"

const char cli_document[] =
	"{\"hublink\": 1,"
	" \"monitors\": [{\"name\": \"Shop\", \"groups\": [\"web\"]}, {\"name\": "
	"\"API\"},"
	"   {\"name\": \"Batch\"}],"
	" \"integrations\": [{\"name\": \"Hub\", \"services\": ["
	"   {\"name\": \"Website\", \"url\": "
	"\"https://hub.example/hooks/uptrends?token=598f3b0da9ba4738\"},"
	"   {\"name\": \"Partner API\", \"url\": "
	"\"https://hub.example/hooks/uptrends?token=77aa3b0da9ba1111\"}]}],"
	" \"alert_definitions\": [{\"name\": \"Default\", \"monitors\": [\"API\", "
	"\"Batch\"],"
	"   \"groups\": [\"web\"], \"levels\": [{\"level\": 1, \"after\": {\"errors\": "
	"1},"
	"   \"integrations\": [{\"integration\": \"Hub\", \"active\": true, \"links\": ["
	"     {\"monitor\": \"Shop\", \"service\": \"Website\"},"
	"     {\"monitor\": \"API\", \"service\": \"Website\"},"
	"     {\"monitor\": \"API\", \"service\": \"Partner API\"},"
	"     {\"monitor\": \"Batch\", \"service\": \"Website\"}]}]}]}]}";

/* The last answer; one test runs at a time. */
static struct ran last;

static int setup(void **state, const char *line, const char *input)
{
	struct sandbox *sandbox = mem_new(1, sizeof(*sandbox));
	sandbox_open(sandbox);
	*state = sandbox;
	if (line)
		cli_out_fed(sandbox, 0, line, input);
	return 0;
}

int cli_setup(void **state)
{
	return setup(state, "import -", cli_document);
}

int cli_setup_empty(void **state)
{
	return setup(state, "init", NULL);
}

int cli_setup_nothing(void **state)
{
	return setup(state, NULL, NULL);
}

int cli_teardown(void **state)
{
	sandbox_close(*state);
	free(*state);
	ran_done(&last);
	return 0;
}

static void run(const struct sandbox *sandbox, int exit_code, const char *line,
		const char *input)
{
	hublink_feed(sandbox, &last, line, input);
	if (last.exit_code != exit_code)
		fail_msg("`hublink %s` ended with %d, not %d: %s%s", line, last.exit_code,
			 exit_code, buf_text(&last.out), buf_text(&last.err));
}

const char *cli_out_fed(const struct sandbox *sandbox, int exit_code, const char *line,
			const char *input)
{
	run(sandbox, exit_code, line, input);
	return buf_text(&last.out);
}

const char *cli_err_fed(const struct sandbox *sandbox, int exit_code, const char *line,
			const char *input)
{
	run(sandbox, exit_code, line, input);
	return buf_text(&last.err);
}

const char *cli_out(const struct sandbox *sandbox, int exit_code, const char *line)
{
	return cli_out_fed(sandbox, exit_code, line, NULL);
}

const char *cli_err(const struct sandbox *sandbox, int exit_code, const char *line)
{
	return cli_err_fed(sandbox, exit_code, line, NULL);
}

void assert_holds(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("'%s' is not in: %s", part, text);
}

void assert_lacks(const char *text, const char *part)
{
	if (strstr(text, part))
		fail_msg("'%s' is in: %s", part, text);
}

int count_lines(const char *text)
{
	int lines = 0;
	for (; *text; text++)
		lines += *text == '\n';
	return lines;
}

static enum json_type wanted_type(const char *key, size_t bytes)
{
	if (bytes > 2 && key[bytes - 1] == ']')
		return JSON_ARRAY;
	return bytes > 2 && key[bytes - 1] == '}' ? JSON_OBJECT : JSON_STRING;
}

/* Scalars are not told apart: one may be null today. */
static void assert_key(const struct json *object, const char *spec, size_t bytes)
{
	enum json_type wanted = wanted_type(spec, bytes);
	char key[64];
	size_t length = wanted == JSON_STRING ? bytes : bytes - 2;
	assert_true(length < sizeof(key));
	memcpy(key, spec, length);
	key[length] = '\0';
	for (const struct json *item = json_first(object); item; item = json_next(item)) {
		if (strcmp(json_key(item), key) != 0)
			continue;
		enum json_type type = json_type_of(item);
		bool container = type == JSON_ARRAY || type == JSON_OBJECT;
		if (wanted == JSON_STRING ? container : type != wanted)
			fail_msg("'%s' is %s", key, json_type_name(type));
		return;
	}
	fail_msg("there is no '%s'", key);
}

struct json *assert_object(const char *text, int line, const char *keys)
{
	struct err err = { 0 };
	for (; line > 0; line--) {
		text = strchr(text, '\n');
		assert_non_null(text);
		text++;
	}
	struct json *object = json_parse(text, strcspn(text, "\n"), &err);
	if (!object)
		fail_msg("no JSON: %s: %s", err.text, text);
	assert_int_equal(json_type_of(object), JSON_OBJECT);
	while (*keys) {
		size_t bytes = strcspn(keys, " ");
		assert_key(object, keys, bytes);
		keys += bytes + strspn(keys + bytes, " ");
	}
	return object;
}

void assert_changes_nothing(const struct sandbox *sandbox, int exit_code,
			    const char *line, const char *part)
{
	char *before = mem_strdup(cli_out(sandbox, 0, "export"));
	char *alerts = mem_strdup(cli_out(sandbox, 0, "list monitors --json"));
	run(sandbox, exit_code, line, NULL);
	assert_holds(buf_text(&last.err), part);
	assert_string_equal(buf_text(&last.out), "");
	assert_string_equal(cli_out(sandbox, 0, "export"), before);
	assert_string_equal(cli_out(sandbox, 0, "list monitors --json"), alerts);
	free(before);
	free(alerts);
}
