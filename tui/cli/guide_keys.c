/* The README's table of the console's keys, from the table that dispatches them; the names are
 * what console.conf and the line mode call the actions. */
#include "tui/cli/guide.h"
#include "tui/console/key_overrides.h"

enum { KEYS_MAX_BYTES = 256 };

/* "Down j" as `Down` `j`. */
static void add_marked(struct buf *ret, const char *keys)
{
	buf_addc(ret, '`');
	for (; *keys; keys++) {
		if (*keys == ' ')
			buf_adds(ret, "` `");
		else
			buf_addc(ret, *keys);
	}
	buf_addc(ret, '`');
}

void guide_add_keys(struct buf *ret)
{
	static const struct key_overrides none = { .count = 0 };

	buf_adds(ret, "| keys | name | what they do |\n|---|---|---|\n");
	for (int action = ACTION_NONE + 1; action < ACTION_COUNT; action++) {
		DEFER(buf_done) struct buf keys = BUF_INIT(KEYS_MAX_BYTES);
		keys_add(&none, &keymap_records, (enum action)action, &keys);
		if (keys.len == 0)
			continue;
		buf_adds(ret, "| ");
		add_marked(ret, buf_text(&keys));
		buf_addf(ret, " | `%s` | %s |\n", action_infos[action].name,
			 action_infos[action].help);
	}
}
