#include "tests/support/statements/statements.h"

#include <dlfcn.h>
#include <sqlite3.h>
#include <stddef.h>
#include <string.h>

static struct {
	struct statements_plan plan;
	long asked;
	int inside; /* SQLite asks itself, too: that does not count */
} use;

void statements_use(const struct statements_plan *plan)
{
	use.plan = *plan;
	use.asked = 0;
}

long statements_asked(void)
{
	return use.asked;
}

static bool fails(void)
{
	return use.inside == 0 && ++use.asked == use.plan.at;
}

static int came_back(int code)
{
	use.inside--;
	return code;
}

/* That a rollback fails nobody needs to hear: whoever asks for one has heard of a failure, or
 * has only read. */
static bool is_rollback(const char *text)
{
	static const char word[] = "ROLLBACK";
	return text != NULL && strncmp(text, word, strlen(word)) == 0;
}

int sqlite3_step(sqlite3_stmt *statement)
{
	static int (*real)(sqlite3_stmt *);
	if (real == NULL)
		*(void **)&real = dlsym(RTLD_NEXT, "sqlite3_step");
	if (!is_rollback(sqlite3_sql(statement)) && fails())
		return use.plan.code;
	use.inside++;
	return came_back(real(statement));
}

int sqlite3_prepare_v3(sqlite3 *sql, const char *text, int bytes, unsigned flags,
		       sqlite3_stmt **ret, const char **ret_tail)
{
	static int (*real)(sqlite3 *, const char *, int, unsigned, sqlite3_stmt **,
			   const char **);
	if (real == NULL)
		*(void **)&real = dlsym(RTLD_NEXT, "sqlite3_prepare_v3");
	*ret = NULL;
	if (!is_rollback(text) && fails())
		return use.plan.code;
	use.inside++;
	return came_back(real(sql, text, bytes, flags, ret, ret_tail));
}

int sqlite3_prepare_v2(sqlite3 *sql, const char *text, int bytes, sqlite3_stmt **ret,
		       const char **ret_tail)
{
	static int (*real)(sqlite3 *, const char *, int, sqlite3_stmt **, const char **);
	if (real == NULL)
		*(void **)&real = dlsym(RTLD_NEXT, "sqlite3_prepare_v2");
	*ret = NULL;
	if (fails())
		return use.plan.code;
	use.inside++;
	return came_back(real(sql, text, bytes, ret, ret_tail));
}

int sqlite3_exec(sqlite3 *sql, const char *text,
		 int (*row)(void *, int, char **, char **), void *arg, char **ret_failure)
{
	static int (*real)(sqlite3 *, const char *,
			   int (*)(void *, int, char **, char **), void *, char **);
	if (real == NULL)
		*(void **)&real = dlsym(RTLD_NEXT, "sqlite3_exec");
	if (fails())
		return use.plan.code;
	use.inside++;
	return came_back(real(sql, text, row, arg, ret_failure));
}
