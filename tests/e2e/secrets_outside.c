/* Secrets that others say (I30): an API that repeats the password that it was sent, in every
 * form; and what a form gives to an editor. And the looking itself: a canary that is planted
 * is found. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/base64.h"
#include "tests/support/canary.h"
#include "tests/support/check.h"
#include "tests/support/console.h"
#include "tests/support/place.h"
#include "tests/support/stage.h"

enum { TEXT_MAX = 1 << 20, FIELDS = 24 };

#define TOKEN "Kx9QwT7zLm2PvR4yTk"
#define PASSWORD "nM2bV8cX4zL6kJ9hGf"

static struct canaries canaries;

static void hide_canaries(void)
{
	canaries = (struct canaries){ 0 };
	canary_add(&canaries, "the URL's token", TOKEN);
	canary_add(&canaries, "the account's password", PASSWORD);
}

static void look(const char *where, const struct buf *bytes)
{
	const char *found = canary_in(&canaries, buf_text(bytes), bytes->len);
	if (found)
		fail_msg("%s: shows %s: %s", where, found, buf_text(bytes));
}

/* ---- the looking ---- */

static void expect_found(const struct buf *planted)
{
	if (canary_in(&canaries, buf_text(planted), planted->len) == NULL)
		fail_msg("not found: %s", buf_text(planted));
}

static void plant_each_byte(const char *prefix, bool capitals)
{
	DEFER(buf_done) struct buf text = BUF_INIT(TEXT_MAX);
	buf_adds(&text, "before ");
	for (const char *c = TOKEN; *c; c++)
		buf_addf(&text, capitals ? "%s%02X" : "%s%02x", prefix, (unsigned)*c);
	buf_adds(&text, " behind");
	expect_found(&text);
}

static void canary__is_found__in_every_form_in_which_it_is_planted(void **state)
{
	(void)state;
	static const char *const prefixes[] = { "", "%", "\\u00" };
	hide_canaries();
	for (size_t i = 0; i < COUNT_OF(prefixes); i++) {
		plant_each_byte(prefixes[i], false);
		plant_each_byte(prefixes[i], true);
	}
	for (size_t before = 0; before < 3; before++) {
		static const char text[] = "::" TOKEN "::";
		DEFER(buf_done) struct buf encoded = BUF_INIT(TEXT_MAX);
		base64_add(&encoded, text + before, strlen(text) - before);
		expect_found(&encoded);
	}
	DEFER(buf_done) struct buf plain = BUF_INIT(TEXT_MAX);
	buf_add(&plain, "\0a\0" TOKEN,
		3 + strlen(TOKEN)); /* behind a NUL, as in a file */
	expect_found(&plain);
	DEFER(buf_done) struct buf none = BUF_INIT(TEXT_MAX);
	buf_adds(&none, "Kx9QwT7zLm2PvR4yT and no k");
	look("what holds none", &none);
}

/* ---- an API that repeats what it was sent ---- */

static void witness(struct stage *s, const char *line)
{
	static const char *const ways[] = { "", "--json " };
	for (size_t i = 0; i < COUNT_OF(ways); i++) {
		DEFER(ran_done) struct ran ran = { 0 };
		char whole[256];
		(void)snprintf(whole, sizeof(whole), "%s%s", ways[i], line);
		assert_in_range(hublink_run(&s->sandbox, &ran, whole), 0, 5);
		look(whole, &ran.out);
		look(whole, &ran.err);
	}
}

static void api__is_quoted_without_the_password__that_it_repeats(void **state)
{
	struct stage *s = *state;
	static char body[1024], header[512], line[256];
	static const int statuses[] = { 401, 403, 500, 302, 200 };
	DEFER(buf_done) struct buf basic = BUF_INIT(256);
	hide_canaries();
	base64_add(&basic, "user:" PASSWORD, strlen("user:" PASSWORD));
	(void)snprintf(body, sizeof(body),
		       "{\"Messages\": [{\"Message\": \"no account user:" PASSWORD
		       " (Basic %s)\"}], \"Token\": \"" PASSWORD "\"}",
		       buf_text(&basic));
	(void)snprintf(header, sizeof(header), "Location: /?password=" PASSWORD "\r\n");
	(void)snprintf(line, sizeof(line),
		       "uptrends account user --url http://127.0.0.1:%d/v4 --pause 0s",
		       receiver_port(s->receiver));
	(void)cli_out_fed(&s->sandbox, 0, line, PASSWORD "\n");
	for (size_t i = 0; i < COUNT_OF(statuses); i++) {
		receiver_forget_rules(s->receiver);
		receiver_rule(s->receiver, (struct receiver_rule){ .status = statuses[i],
								   .headers = header,
								   .body = body });
		witness(s, "uptrends import --dry-run");
		witness(s, "uptrends import");
		witness(s, "uptrends follow on");
		witness(s, "engine --until-idle");
		witness(s, "uptrends follow");
		witness(s, "uptrends account");
		witness(s, "doctor");
	}
	witness(s, "audit export");
	assert_true(receiver_count(s->receiver) > 0);
}

/* ---- an editor ---- */

/* An editor that keeps what it is given, and leaves it as it is. */
static void install_editor(const struct stage *s)
{
	char path[200];
	(void)snprintf(path, sizeof(path), "%s/editor", s->sandbox.folder);
	FILE *file = fopen(path, "we");
	assert_non_null(file);
	(void)fprintf(file,
		      "#!/bin/sh\nfor f; do :; done\nstat -c %%a \"$f\" >>%s/kept\n"
		      "cat \"$f\" >>%s/kept\n",
		      s->sandbox.folder, s->sandbox.folder);
	fclose(file);
	assert_int_equal(chmod(path, 0700), 0);
}

static void form__gives_no_secret__to_an_editor(void **state)
{
	struct stage *s = *state;
	char kept[200];
	hide_canaries();
	install_editor(s);
	stage_import(s, "{'hublink': 1, 'monitors': [{'name': 'Shop', 'check': {"
			" 'type': 'https', 'target': 'https://x.example/?key=" TOKEN
			"', 'headers': {'X-Key': '" TOKEN "'}}}]}");
	DEFER(vt_done) struct vt *vt = console_open_sized(&s->sandbox, 120, 50, NULL);
	console_act(vt, "4G", "Shop");
	console_act(vt, "e", "Headers");
	/* Each field in turn is offered to it; it takes those of several lines. */
	for (int i = 0; i < FIELDS; i++)
		vt_type(vt, "\005\t");
	console_act(vt, KEY_ESC, "reaches  level 1"); /* said by the list alone */
	size_t count;
	const char *bytes = vt_bytes(vt, &count);
	const char *found = canary_in(&canaries, bytes, count);
	if (found)
		fail_msg("the console shows %s", found);
	(void)snprintf(kept, sizeof(kept), "%s/kept", s->sandbox.folder);
	DEFER(buf_done) struct buf seen = BUF_INIT(TEXT_MAX);
	place_read(kept, &seen);
	look("the editor", &seen);
	assert_non_null(strstr(buf_text(&seen), "600\nX-Key: ***"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(canary__is_found__in_every_form_in_which_it_is_planted),
		STAGE_TEST(api__is_quoted_without_the_password__that_it_repeats),
		STAGE_TEST(form__gives_no_secret__to_an_editor),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
