#include "tests/support/busy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATH_SIZE = 64, LINE_SIZE = 512 };

/* A file of /proc in one line; "" if there is none. */
static void read_line(const char *path, char ret[LINE_SIZE])
{
	FILE *file = fopen(path, "r");
	ret[0] = '\0';
	if (file == NULL)
		return;
	if (fgets(ret, LINE_SIZE, file) == NULL)
		ret[0] = '\0';
	(void)fclose(file);
}

static bool is_at_work(long pid)
{
	char path[PATH_SIZE], line[LINE_SIZE];
	(void)snprintf(path, sizeof(path), "/proc/%ld/stat", pid);
	read_line(path, line);
	const char *state =
		strrchr(line, ')'); /* behind the name, which may be anything */
	return state != NULL && (state[2] == 'R' || state[2] == 'D');
}

bool busy_process(pid_t pid)
{
	char path[PATH_SIZE], line[LINE_SIZE];
	(void)snprintf(path, sizeof(path), "/proc/%ld/task/%ld/children", (long)pid,
		       (long)pid);
	read_line(path, line);
	char *rest = line;
	for (long child; (child = strtol(rest, &rest, 10)) > 0;)
		if (is_at_work(child))
			return true;
	return is_at_work(pid);
}
