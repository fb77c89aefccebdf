/* A file of lines:
 *
 *     hublink-session 1
 *     database PATH
 *     zoomed 0
 *     screen NAME SORT REVERSE CURSOR FILTER
 *     hidden NAME COLUMN
 *     shown NAME
 *
 * FILTER is the rest of its line, and may be empty; COLUMN, the title of one that is left
 * out, too. */
#include "tui/console/session.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/text.h"
#include "tui/console/list.h"
#include "tui/console/tabs.h"

enum { LINE_SIZE = 8192 };

static const char first_line[] = "hublink-session 1";

/* ---- reading ---- */

/* The next word of the line; what is behind it and its blank is left in *line. */
static const char *next_word(char **line)
{
	char *word = *line;
	size_t bytes = strcspn(word, " ");

	*line = word + bytes + (word[bytes] == ' ');
	word[bytes] = '\0';
	return word;
}

static bool restore_screen(struct app *app, char *line)
{
	const struct view_ops *ops = tabs_screen(next_word(&line));
	int64_t sort = 0, reverse = 0, cursor = 0;

	if (ops == NULL || ops->list == NULL || !text_integer(next_word(&line), &sort) ||
	    !text_integer(next_word(&line), &reverse) ||
	    !text_integer(next_word(&line), &cursor))
		return false;
	struct list *list = ops->list(app_screen(app, ops));
	if (sort < -1 || sort >= (int64_t)list->column_count)
		return false;
	list->sort = list->depth == NULL ? (int)sort : -1;
	list->reverse = reverse != 0;
	list_set_filter(list, line);
	if (cursor != 0)
		list_select(list, cursor);
	return true;
}

/* One that there is no more is passed over. */
static bool restore_hidden(struct app *app, char *line)
{
	const struct view_ops *ops = tabs_screen(next_word(&line));

	if (ops == NULL || ops->list == NULL)
		return false;
	struct list *list = ops->list(app_screen(app, ops));
	for (int i = 0; i < (int)list->column_count; i++)
		if (text_equal(list->columns[i].title, line))
			(void)list_hide_column(list, i, true);
	return true;
}

/* Behind the screens. What a filter hides there is said. */
static bool restore_shown(struct app *app, char *line)
{
	const struct view_ops *ops = tabs_screen(line);

	if (ops == NULL)
		return false;
	app_start_on(app, ops);
	const struct list *list = ops->list != NULL ? ops->list(app->stack[0]) : NULL;
	if (list != NULL && list_is_narrowed(list))
		app_note(app, "The filter %s is your last session's; Esc drops it",
			 field_edit_text(&list->typed));
	return true;
}

static bool restore_zoomed(struct app *app, char *line)
{
	app->zoomed = text_equal(line, "1");
	return true;
}

static const struct {
	const char *name;
	bool (*restore)(struct app *app, char *line);
} parts[] = {
	{ "zoomed", restore_zoomed },
	{ "screen", restore_screen },
	{ "hidden", restore_hidden },
	{ "shown", restore_shown },
};

static bool restore_line(struct app *app, char *line)
{
	const char *name = next_word(&line);

	for (size_t i = 0; i < COUNT_OF(parts); i++)
		if (text_equal(parts[i].name, name))
			return parts[i].restore(app, line);
	return false;
}

static bool read_line(FILE *file, char ret[LINE_SIZE])
{
	if (fgets(ret, LINE_SIZE, file) == NULL)
		return false;
	ret[strcspn(ret, "\n")] = '\0';
	return true;
}

/* True: all of it, or it is about another database. */
static bool restore_lines(struct app *app, FILE *file)
{
	char line[LINE_SIZE];

	if (!read_line(file, line) || !text_equal(line, first_line) ||
	    !read_line(file, line) || !text_starts_with(line, "database "))
		return false;
	if (!text_equal(line + strlen("database "), store_path(app->store)))
		return true;
	while (read_line(file, line))
		if (!utf8_valid(line, strlen(line)) || !restore_line(app, line))
			return false;
	return true;
}

void session_restore(struct app *app, const char *path)
{
	FILE *file = path != NULL ? fopen(path, "re") : NULL;

	if (file == NULL)
		return;
	if (!restore_lines(app, file))
		app_note(app,
			 "Where you were last cannot be read from %.200s: begun anew",
			 path);
	(void)fclose(file);
}

/* ---- writing ---- */

static void write_screen(FILE *file, struct view *view)
{
	const struct list *list = view->ops->list != NULL ? view->ops->list(view) : NULL;

	if (list == NULL || view->ops == &view_dashboard)
		return;
	(void)fprintf(file, "screen %s %d %d %lld %s\n", view->ops->name, list->sort,
		      list->reverse, (long long)list->cursor_id,
		      field_edit_text(&list->typed));
	for (int i = 0; i < (int)list->column_count; i++)
		if (list_column_is_hidden(list, i))
			(void)fprintf(file, "hidden %s %s\n", view->ops->name,
				      list->columns[i].title);
}

static void write_all(FILE *file, const struct app *app)
{
	(void)fprintf(file, "%s\ndatabase %s\nzoomed %d\n", first_line,
		      store_path(app->store), app->zoomed);
	for (int i = 0; i < app->screen_count; i++)
		write_screen(file, app->screens[i]);
	(void)fprintf(file, "shown %s\n", app->stack[0]->ops->name);
}

static void make_folders(const char *path)
{
	char folder[LINE_SIZE];

	(void)snprintf(folder, sizeof(folder), "%s", path);
	for (char *slash = strchr(folder + 1, '/'); slash != NULL;
	     slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		(void)mkdir(folder, 0700);
		*slash = '/';
	}
}

/* Whole, or as it was: in its place only once it is written. */
void session_save(const struct app *app, const char *path)
{
	DEFER(buf_done) struct buf beside = BUF_INIT(LINE_SIZE);

	if (path == NULL || app->depth == 0)
		return;
	make_folders(path);
	buf_addf(&beside, "%s.%d", path, (int)getpid());
	int fd = open(buf_text(&beside), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	FILE *file = fd >= 0 ? fdopen(fd, "w") : NULL;
	if (file == NULL)
		return;
	write_all(file, app);
	bool written = ferror(file) == 0;
	if (fclose(file) != 0 || !written || rename(buf_text(&beside), path) != 0)
		(void)unlink(buf_text(&beside));
}
