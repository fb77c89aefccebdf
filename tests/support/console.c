#include "tests/support/console.h"

#include <stdio.h>
#include <string.h>

#include "tests/support/check.h"
#include "tests/support/process.h"

struct vt *console_open_sized(const struct sandbox *sandbox, int columns, int rows,
			      const char *option)
{
	char editor[128];
	const char *argv[] = { program_path("hublink"), "--db", sandbox->db, option,
			       NULL };
	const char *env[] = { "TERM=xterm-256color",
			      "LC_ALL=C.UTF-8",
			      "TZ=UTC",
			      "NO_COLOR",
			      "VISUAL",
			      editor,
			      NULL };

	(void)snprintf(editor, sizeof(editor), "EDITOR=%s/editor", sandbox->folder);
	struct vt *vt = vt_open(columns, rows, argv, env);
	assert_true(vt_wait(vt, "? help")); /* whatever it opens on */
	return vt;
}

struct vt *console_open(const struct sandbox *sandbox)
{
	return console_open_sized(sandbox, 80, 24, NULL);
}

void console_act(struct vt *vt, const char *keys, const char *awaited)
{
	enum { QUIET_MS = 50 };
	const bool was_there = strstr(vt_screen(vt), awaited) != NULL;

	vt_type(vt, keys);
	if (was_there) /* it tells nothing: only rest says that the keys were taken */
		vt_settle(vt, QUIET_MS);
	if (!vt_wait(vt, awaited))
		fail_msg("'%s' did not come", awaited);
}

void console_look(struct vt *vt, const char *golden)
{
	assert_true(vt_golden(vt, golden));
}

pid_t console_process(const struct vt *vt)
{
	const pid_t child = process_child(vt_pid(vt));

	assert_true(child > 0);
	return child;
}

void assert_given_back(struct vt *vt)
{
	assert_false(vt_alternate_screen(vt));
	assert_true(vt_cursor_visible(vt));
	assert_true(vt_modes_restored(vt));
}
