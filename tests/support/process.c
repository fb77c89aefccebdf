#include "tests/support/process.h"

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

pid_t process_child(pid_t pid)
{
	char path[PATH_SIZE], line[LINE_SIZE];
	(void)snprintf(path, sizeof(path), "/proc/%d/task/%d/children", pid, pid);
	read_line(path, line);
	return (pid_t)strtol(line, NULL, 10);
}

static bool is_at_work(pid_t pid)
{
	char path[PATH_SIZE], line[LINE_SIZE];
	(void)snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	read_line(path, line);
	const char *state =
		strrchr(line, ')'); /* behind the name, which may be anything */
	return state != NULL && (state[2] == 'R' || state[2] == 'D');
}

bool process_is_busy(pid_t pid)
{
	const pid_t child = process_child(pid);
	return is_at_work(pid) || (child > 0 && is_at_work(child));
}
