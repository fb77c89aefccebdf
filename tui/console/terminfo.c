#include "tui/console/terminfo.h"

#include <curses.h>
#include <term.h>

bool terminfo_usable(const char *name, int fd)
{
	int status = 0;

	if (name == NULL || *name == '\0' || setupterm(name, fd, &status) != OK)
		return false;
	const char *move = tigetstr("cup");
	bool usable = move != NULL && move != (const char *)-1;
	(void)del_curterm(cur_term);
	return usable;
}
