#include "tui/cli/console_conf.h"

#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/nearest.h"
#include "core/base/text.h"

enum { LINE_SIZE = 512 };

/* ---- options ---- */

typedef void set_fn(struct console_options *options, int choice);

static void set_palette(struct console_options *options, int choice)
{
	options->palette = (enum palette)choice;
}

static void set_mouse(struct console_options *options, int choice)
{
	options->mouse = choice == 1;
}

static void set_ascii(struct console_options *options, int choice)
{
	options->ascii = choice == 1;
}

static void set_lines(struct console_options *options, int choice)
{
	options->lines = (enum line_art)choice;
}

static void set_clock(struct console_options *options, int choice)
{
	options->shows_clock = choice == 1;
}

static const char *const switches[] = { "off", "on", NULL };
static const char *const palettes[] = { "dark", "light", "deuter", "mono", NULL };
_Static_assert(COUNT_OF(palettes) == PALETTE_COUNT + 1, "each palette has a name");

static const char *const line_arts[] = { "auto", "unicode", "ascii", NULL };
_Static_assert(COUNT_OF(line_arts) == LINE_ART_COUNT + 1, "each line art has a name");

static const struct conf_option {
	const char *name;
	const char *const *choices;
	set_fn *set;
} conf_options[] = {
	{ "palette", palettes, set_palette }, { "mouse", switches, set_mouse },
	{ "ascii", switches, set_ascii },     { "clock", switches, set_clock },
	{ "lines", line_arts, set_lines },
};

static bool set_option(const struct conf_option *option, const char *value,
		       struct console_options *ret, struct err *err)
{
	DEFER(buf_done) struct buf choices = BUF_INIT(200);

	for (int i = 0; option->choices[i] != NULL; i++) {
		if (text_equal(option->choices[i], value)) {
			option->set(ret, i);
			return true;
		}
		buf_addf(&choices, "%s%s", i > 0 ? ", " : "", option->choices[i]);
	}
	return fail(err, ERR_INVALID, "%s is one of %s, not '%s'", option->name,
		    buf_text(&choices), value);
}

static bool take_option(const char *name, const char *value, struct console_options *ret,
			struct err *err)
{
	for (size_t i = 0; i < COUNT_OF(conf_options); i++)
		if (text_equal(conf_options[i].name, name))
			return set_option(&conf_options[i], value, ret, err);
	return fail(
		err, ERR_INVALID,
		"There is no option '%s'; there are palette, lines, mouse, ascii, clock, "
		"and `key KEY = ACTION`",
		name);
}

/* ---- keys ---- */

static bool fail_action(const char *name, struct err *err)
{
	struct nearest nearest;

	nearest_init(&nearest, name);
	for (int action = ACTION_NONE + 1; action < ACTION_COUNT; action++)
		nearest_offer(&nearest, action_infos[action].name);
	const char *near = nearest_found(&nearest);
	return fail(
		err, ERR_INVALID,
		"There is no action '%s'%s%s%s; `hublink help --format keys` names all, "
		"and 'none' is none",
		name, near ? "; '" : "", near ? near : "",
		near ? "' is the nearest" : "");
}

static bool take_key(const char *name, const char *value, struct key_overrides *ret,
		     struct err *err)
{
	const struct key_binding binding = { key_parse(name), action_parse(value) };

	if (binding.key == 0)
		return fail(
			err, ERR_INVALID,
			"There is no key '%s'; a key is a character, Ctrl-A to Ctrl-Z, "
			"F1 to F12, Up, PgDn, Home, Enter, Tab, Space, Esc",
			name);
	if (binding.action == ACTION_NONE && !text_equal(value, "none"))
		return fail_action(value, err);
	if (ret->count == KEY_OVERRIDES_MAX)
		return fail(err, ERR_INVALID, "More than %d keys are changed",
			    KEY_OVERRIDES_MAX);
	ret->items[ret->count++] = binding;
	return true;
}

/* ---- the file ---- */

/* Without the blanks around it; cuts line. */
static char *trimmed(char *line)
{
	line += strspn(line, " \t\r\n");
	for (char *end = line + strlen(line);
	     end > line && strchr(" \t\r\n", end[-1]) != NULL; end--)
		end[-1] = '\0';
	return line;
}

/* "key KEY = ACTION", "OPTION = VALUE", "# …", or nothing. The sign may be a key itself. */
static bool take_line(char *line, struct console_options *ret, struct err *err)
{
	char *name = trimmed(line);
	bool is_key = text_starts_with(name, "key ") || text_starts_with(name, "key\t");
	char *sign = strrchr(name, '=');

	if (*name == '\0' || *name == '#')
		return true;
	if (sign == NULL)
		return fail(err, ERR_INVALID, "There is no '=' in '%s'", name);
	*sign = '\0';
	const char *value = trimmed(sign + 1);
	name = trimmed(is_key ? name + 4 : name);
	return is_key ? take_key(name, value, &ret->keys, err)
		      : take_option(name, value, ret, err);
}

static bool take_lines(FILE *file, const char *path, struct console_options *ret,
		       struct err *err)
{
	char line[LINE_SIZE];

	for (int number = 1; fgets(line, sizeof(line), file) != NULL; number++) {
		if (strlen(line) == sizeof(line) - 1)
			return fail(err, ERR_INVALID, "%s:%d: The line is too long", path,
				    number);
		if (!utf8_valid(line, strlen(line)))
			return fail(err, ERR_INVALID, "%s:%d: The line is not UTF-8",
				    path, number);
		if (!take_line(line, ret, err))
			return fail_in(err, "%s:%d", path, number);
	}
	return true;
}

bool console_conf_read(const char *path, struct console_options *ret, struct err *err)
{
	FILE *file = fopen(path, "re");

	if (file == NULL && (errno == ENOENT || errno == ENOTDIR))
		return true;
	if (file == NULL)
		return fail(err, ERR_INVALID, "Reading %s: %s", path, strerror(errno));
	bool read = take_lines(file, path, ret, err);
	fclose(file);
	return read;
}

/* "$VARIABLE/hublink/NAME", or below the home folder. */
static void add_path(const char *variable, const char *below_home, const char *name,
		     struct buf *ret)
{
	const char *folder = getenv(variable), *home = getenv("HOME");
	const struct passwd *account = NULL;

	if (folder != NULL && *folder == '/') {
		buf_addf(ret, "%s/hublink/%s", folder, name);
		return;
	}
	if (home == NULL || *home == '\0')
		account = getpwuid(geteuid());
	buf_addf(ret, "%s/%s/hublink/%s",
		 account != NULL ? account->pw_dir
		 : home != NULL  ? home
				 : "",
		 below_home, name);
}

void console_conf_path(struct buf *ret)
{
	add_path("XDG_CONFIG_HOME", ".config", "console.conf", ret);
}

void console_session_path(struct buf *ret)
{
	add_path("XDG_STATE_HOME", ".local/state", "console-session", ret);
}
