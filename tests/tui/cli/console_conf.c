/* console.conf: checked on start, and shown where keys are shown. */
#include "tui/cli/console_conf.h"

#include <curses.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "core/base/text.h"
#include "tests/support/check.h"
#include "tests/support/cli.h"
#include "tests/support/vt.h"

static void write_conf(const struct sandbox *sandbox, const char *text)
{
	char path[160];

	(void)snprintf(path, sizeof(path), "%s/hublink", sandbox->folder);
	(void)mkdir(path, 0700);
	(void)snprintf(path, sizeof(path), "%s/hublink/console.conf", sandbox->folder);
	FILE *file = fopen(path, "we");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static bool read_conf(const struct sandbox *sandbox, const char *text,
		      struct console_options *ret, struct err *err)
{
	char path[160];

	write_conf(sandbox, text);
	(void)snprintf(path, sizeof(path), "%s/hublink/console.conf", sandbox->folder);
	return console_conf_read(path, ret, err);
}

static void console_conf__is_read__line_by_line(void **state)
{
	struct console_options options = { .palette = PALETTE_DARK };
	struct err err = { 0 };

	if (!read_conf(
		    *state,
		    "# mine\n\n palette = deuter \nmouse=on\nascii = on\nclock=on\r\n"
		    "lines = unicode\n"
		    "key F8 = toggle\nkey Ctrl-K = delete\nkey = = none\nkey d = none\n"
		    "key \xC3\xA9 = edit\nkey Space = page-down",
		    &options, &err))
		fail_msg("%s", err.text);
	assert_int_equal(options.palette, PALETTE_DEUTER);
	assert_int_equal(options.lines, LINE_ART_UNICODE);
	assert_true(options.mouse && options.ascii && options.shows_clock);
	assert_int_equal(options.keys.count, 6);
	assert_int_equal(options.keys.items[0].key, KEY_F(8));
	assert_int_equal(options.keys.items[0].action, ACTION_TOGGLE);
	assert_int_equal(options.keys.items[1].key, 'K' & 0x1f);
	assert_int_equal(options.keys.items[2].key, '=');
	assert_int_equal(options.keys.items[2].action, ACTION_NONE);
	assert_int_equal(options.keys.items[4].key, 0xE9);
	assert_int_equal(options.keys.items[5].key, ' ');
	assert_true(console_conf_read("/nonexistent/console.conf", &options, &err));
}

static void console_conf__names_the_line__that_is_wrong(void **state)
{
	static const struct {
		const char *text, *says;
	} faults[] = {
		{ "\nkey x = togle\n",
		  ":2: There is no action 'togle'; 'toggle' is the nearest" },
		{ "key F99 = toggle", ":1: There is no key 'F99'" },
		{ "key Ctrl-1 = toggle", "no key 'Ctrl-1'" },
		{ "key xx = toggle", "no key 'xx'" },
		{ "palette = pink",
		  "palette is one of dark, light, deuter, mono, not 'pink'" },
		{ "lines = bold", "lines is one of auto, unicode, ascii, not 'bold'" },
		{ "mouse = maybe", "mouse is one of off, on" },
		{ "colour = red", "There is no option 'colour'" },
		{ "palette", "There is no '='" },
		{ "key \xFF = edit", "not UTF-8" },
	};

	for (size_t i = 0; i < COUNT_OF(faults); i++) {
		struct console_options options = { 0 };
		struct err err = { 0 };
		assert_false(read_conf(*state, faults[i].text, &options, &err));
		assert_int_equal(err.code, ERR_INVALID);
		if (strstr(err.text, faults[i].says) == NULL)
			fail_msg("'%s' says %s", faults[i].text, err.text);
	}
}

static void key_overrides__count__only_where_their_action_is(void **state)
{
	const struct key_overrides mine = {
		.items = { { 'x', ACTION_DELETE },
			   { 'd', ACTION_NONE },
			   { 'x', ACTION_RETRY } },
		.count = 3,
	};
	DEFER(buf_done) struct buf keys = BUF_INIT(100);

	(void)state;
	assert_int_equal(keys_action(&mine, &keymap_records, 'x'), ACTION_DELETE);
	assert_int_equal(keys_action(&mine, &keymap_records, 'd'), ACTION_NONE);
	assert_int_equal(keys_action(&mine, &keymap_delivery, 'x'), ACTION_RETRY);
	assert_int_equal(keys_action(&mine, &keymap_form, 'x'), ACTION_NONE);
	assert_int_equal(keys_key_of(&mine, &keymap_records, ACTION_DELETE), 'x');
	assert_int_equal(keys_key_of(&mine, &keymap_records, ACTION_TOGGLE), 0);
	keys_add(&mine, &keymap_delivery, ACTION_RETRY, &keys);
	assert_string_equal(buf_text(&keys), "x r");
}

static void key_parse__reads__what_key_title_says(void **state)
{
	static const int keys[] = { 'j',      ' ',       '\t',      '\r',
				    27,       12,        0xE9,      KEY_DOWN,
				    KEY_F(1), KEY_F(12), KEY_NPAGE, 0x44f | KEY_IS_CHAR };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(keys); i++) {
		char title[KEY_TITLE_SIZE];
		assert_int_equal(key_parse(key_title(keys[i], title)), keys[i]);
	}
}

/* ---- on a terminal ---- */

static void act(struct vt *vt, const char *keys, const char *awaited)
{
	vt_type(vt, keys);
	assert_true(vt_wait(vt, awaited));
}

static struct vt *open_with(const struct sandbox *sandbox, const char *conf)
{
	char config[160];
	const char *argv[] = { program_path("hublink"), "--db", sandbox->db, NULL };
	const char *env[] = { config,           "TERM=xterm-256color",
			      "LC_ALL=C.UTF-8", "TZ=UTC",
			      "NO_COLOR",       NULL };

	write_conf(sandbox, conf);
	(void)snprintf(config, sizeof(config), "XDG_CONFIG_HOME=%s", sandbox->folder);
	return vt_open(120, 30, argv, env);
}

static void console__obeys_and_shows__the_operators_keys(void **state)
{
	DEFER(vt_done)
	struct vt *vt =
		open_with(*state, "key F8 = monitors\nkey 4 = none\nkey ! = help\n");

	assert_true(vt_wait(vt, "Incidents open"));
	assert_true(vt_wait(vt, "! help"));
	assert_true(vt_wait(vt, "F8 monitors"));
	vt_type(vt, "4");
	act(vt, "\033[19~", "Last message");
	act(vt, "!", "! ? F1        The keys of this screen");
	act(vt, "G", "Your console.conf changes keys: 3");
}

static void console__does_not_start__with_a_bad_file(void **state)
{
	DEFER(vt_done) struct vt *vt = open_with(*state, "key F8 = nonsense\n");
	int status = vt_wait_exit(vt);

	assert_int_equal(WEXITSTATUS(status), 3);
	assert_true(vt_wait(vt, "console.conf:1: There is no action 'nonsense'"));
	assert_true(vt_modes_restored(vt));
}

/* The colour of the first letter of "DRY-RUN", the mode in the top row. */
static uint32_t mode_colour(const struct sandbox *sandbox, const char *conf)
{
	DEFER(vt_done) struct vt *vt = open_with(sandbox, conf);

	assert_true(vt_wait(vt, "DRY-RUN"));
	const char *row = vt_screen(vt);
	return vt_cell_at(vt, 0, (int)(strstr(row, "DRY-RUN") - row)).ink;
}

static void console__has_a_palette__for_each_eye(void **state)
{
	uint32_t dark = mode_colour(*state, ""),
		 light = mode_colour(*state, "palette=light");

	assert_int_not_equal(dark, VT_INK);
	assert_int_not_equal(light, VT_INK);
	assert_int_not_equal(light, dark);
	assert_int_not_equal(mode_colour(*state, "palette=deuter"), dark);
	assert_int_equal(mode_colour(*state, "palette=mono"), VT_INK);
}

int main(void)
{
#define CONF_TEST(name) cmocka_unit_test_setup_teardown(name, cli_setup, cli_teardown)
	const struct CMUnitTest tests[] = {
		CONF_TEST(console_conf__is_read__line_by_line),
		CONF_TEST(console_conf__names_the_line__that_is_wrong),
		cmocka_unit_test(key_overrides__count__only_where_their_action_is),
		cmocka_unit_test(key_parse__reads__what_key_title_says),
		CONF_TEST(console__obeys_and_shows__the_operators_keys),
		CONF_TEST(console__does_not_start__with_a_bad_file),
		CONF_TEST(console__has_a_palette__for_each_eye),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
