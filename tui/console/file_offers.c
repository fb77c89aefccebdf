#include "tui/console/file_offers.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/text.h"
#include "tui/files.h"

void file_offers_done(struct file_offers *offers)
{
	names_done(&offers->names);
	buf_done(&offers->more);
}

/* ---- a folder's names ---- */

/* A link to a folder leads on as the folder itself does. */
static bool is_folder(DIR *folder, const struct dirent *entry)
{
	struct stat stat;

	if (entry->d_type != DT_LNK && entry->d_type != DT_UNKNOWN)
		return entry->d_type == DT_DIR;
	return fstatat(dirfd(folder), entry->d_name, &stat, 0) == 0 &&
	       S_ISDIR(stat.st_mode);
}

static bool fits(const char *name, const char *begun)
{
	bool is_hidden = name[0] == '.';

	return text_starts_with(name, begun) && (!is_hidden || begun[0] == '.') &&
	       !text_equal(name, ".") && !text_equal(name, "..") &&
	       utf8_valid(name, strlen(name)) && text_no_controls(name);
}

static void offer(DIR *folder, const struct dirent *entry, struct names *ret)
{
	DEFER(buf_done) struct buf name = BUF_INIT(NAME_MAX + 1);

	buf_addf(&name, "%s%s", entry->d_name, is_folder(folder, entry) ? "/" : "");
	names_add(ret, buf_text(&name), 0);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct name_item *)a)->name,
		      ((const struct name_item *)b)->name);
}

static bool read_folder(const char *path, const char *begun, struct file_offers *ret,
			struct err *err)
{
	DIR *folder = opendir(path);
	int looked_at = 0;

	if (folder == NULL)
		return fail(err, ERR_INVALID, "Reading %s: %s", path, strerror(errno));
	for (struct dirent *entry; !ret->cut && (entry = readdir(folder)) != NULL;) {
		ret->cut = ++looked_at > FILE_OFFERS_MAX;
		if (!ret->cut && fits(entry->d_name, begun))
			offer(folder, entry, &ret->names);
	}
	(void)closedir(folder);
	if (ret->names.count > 1)
		qsort(ret->names.items, ret->names.count, sizeof(*ret->names.items),
		      by_name);
	return true;
}

/* ---- what they have in common ---- */

/* Of sorted names the first and the last differ soonest; no character is cut in two. */
static void find_more(const char *begun, struct file_offers *ret)
{
	const struct names *names = &ret->names;
	size_t from = strlen(begun);
	size_t end = from;

	if (ret->cut || names->count == 0)
		return;
	const char *first = names->items[0].name;
	const char *last = names->items[names->count - 1].name;
	while (first[end] != '\0' && first[end] == last[end])
		end++;
	while (end > from && !utf8_valid(first, end))
		end--;
	buf_add(&ret->more, first + from, end - from);
}

bool file_offers_read(const char *typed, struct file_offers *ret, struct err *err)
{
	const char *slash = strrchr(typed, '/');
	const char *begun = slash != NULL ? slash + 1 : typed;
	DEFER(buf_done) struct buf folder = BUF_INIT(PATH_MAX);
	DEFER(buf_done) struct buf path = BUF_INIT(PATH_MAX);

	*ret = (struct file_offers){ .more = BUF_INIT(NAME_MAX + 1) };
	if (text_equal(typed, "~")) {
		names_add(&ret->names, "~/", 0);
		find_more(typed, ret);
		return true;
	}
	buf_add(&folder, typed, (size_t)(begun - typed));
	files_expand(buf_text(&folder), &path);
	if (buf_overflowed(&folder) || buf_overflowed(&path))
		return fail(err, ERR_INVALID, "The name of the file is too long");
	if (!read_folder(path.len > 0 ? buf_text(&path) : ".", begun, ret, err))
		return false;
	find_more(begun, ret);
	return true;
}
