#include "core/base/zone.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/base/text.h"
#include "core/base/zone_rule.h"

enum { FILE_MAX = 256 * 1024, HEADER_BYTES = 44, DAY_S = 86400 };

struct change {
	int64_t at_s; /* from then on */
	int64_t offset_s;
};

struct zone {
	struct change *changes; /* by time */
	size_t count;
	int64_t first_s;       /* the offset before the first change */
	struct zone_rule rule; /* behind the last one */
	bool has_rule;
};

static const char default_folder[] = "/usr/share/zoneinfo";

static const char *folder_of_zones(void)
{
	const char *folder = getenv("TZDIR");
	return folder && *folder ? folder : default_folder;
}

/* ---- reading bytes, most significant first ---- */

struct bytes {
	const unsigned char *at;
	size_t left;
};

static bool take(struct bytes *bytes, size_t count, const unsigned char **ret)
{
	if (bytes->left < count)
		return false;
	*ret = bytes->at;
	bytes->at += count;
	bytes->left -= count;
	return true;
}

static int64_t number(const unsigned char *at, size_t count)
{
	uint64_t value = at[0] & 0x80 ? UINT64_MAX : 0;
	for (size_t i = 0; i < count; i++)
		value = value << 8 | at[i];
	return (int64_t)value;
}

struct counts {
	int version;
	size_t utc_flags, standard_flags, leaps, changes, types, names;
};

static bool take_header(struct bytes *bytes, struct counts *ret)
{
	const unsigned char *at;
	if (!take(bytes, HEADER_BYTES, &at) || memcmp(at, "TZif", 4) != 0)
		return false;
	size_t *const fields[] = { &ret->utc_flags, &ret->standard_flags, &ret->leaps,
				   &ret->changes,   &ret->types,          &ret->names };
	ret->version = at[4];
	for (size_t i = 0; i < COUNT_OF(fields); i++) {
		const int64_t count = number(at + 20 + i * 4, 4);
		if (count < 0 || count > FILE_MAX)
			return false;
		*fields[i] = (size_t)count;
	}
	return true;
}

/* What comes behind the header, with times of that many bytes. */
static size_t body_bytes(const struct counts *counts, size_t time_bytes)
{
	return counts->changes * (time_bytes + 1) + counts->types * 6 + counts->names +
	       counts->leaps * (time_bytes + 4) + counts->standard_flags +
	       counts->utc_flags;
}

static bool take_changes(struct bytes *bytes, const struct counts *counts,
			 struct zone *ret)
{
	const unsigned char *times, *kinds, *types;
	const size_t count = counts->changes;
	if (counts->types == 0 || !take(bytes, count * 8, &times) ||
	    !take(bytes, count, &kinds) || !take(bytes, counts->types * 6, &types))
		return false;
	ret->first_s = number(types, 4);
	ret->changes = mem_new(count + 1, sizeof(*ret->changes));
	for (size_t i = 0; i < count; i++) {
		if (kinds[i] >= counts->types)
			return false;
		ret->changes[i] = (struct change){ number(times + i * 8, 8),
						   number(types + kinds[i] * 6, 4) };
	}
	ret->count = count;
	const unsigned char *rest;
	return take(bytes, body_bytes(counts, 8) - count * 9 - counts->types * 6, &rest);
}

/* A line between two newlines at the end: the rule for all later times. */
static void take_footer(const struct bytes *bytes, struct zone *ret)
{
	char text[64];
	const unsigned char *end =
		bytes->left > 1 ? memchr(bytes->at + 1, '\n', bytes->left - 1) : NULL;
	if (!end || bytes->at[0] != '\n' || (size_t)(end - bytes->at - 1) >= sizeof(text))
		return;
	memcpy(text, bytes->at + 1, (size_t)(end - bytes->at - 1));
	text[end - bytes->at - 1] = '\0';
	ret->has_rule = zone_rule_parse(text, &ret->rule);
}

/* Version 2 and later: the first block, of 32 bits, is for old readers. */
static bool parse(const unsigned char *data, size_t size, struct zone *ret)
{
	struct bytes bytes = { data, size };
	struct counts counts;
	const unsigned char *skipped;
	if (!take_header(&bytes, &counts) || counts.version < '2' ||
	    !take(&bytes, body_bytes(&counts, 4), &skipped) ||
	    !take_header(&bytes, &counts) || !take_changes(&bytes, &counts, ret))
		return false;
	take_footer(&bytes, ret);
	return true;
}

/* ---- opening ---- */

/* Names of the data base, not paths that lead elsewhere. */
static bool is_name(const char *name)
{
	if (*name == '\0' || *name == '/' || strstr(name, "..") ||
	    strlen(name) >= ZONE_NAME_SIZE)
		return false;
	return strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
			    "0123456789/_+-") == strlen(name);
}

static bool refuse(const char *name, struct err *err)
{
	DEFER(buf_done) struct buf shown = BUF_INIT(1024);
	text_add_safe(&shown, name, false);
	if (access(folder_of_zones(), R_OK | X_OK) != 0)
		return fail(err, ERR_INVALID,
			    "Time zone '%s' cannot be read: there is no zone data in %s; "
			    "install the package tzdata",
			    buf_text(&shown), folder_of_zones());
	return fail(err, ERR_INVALID,
		    "There is no time zone '%s'; give a name such as Europe/Berlin, as "
		    "`ls %s` shows them",
		    buf_text(&shown), folder_of_zones());
}

static void close_file(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

static bool read_file(const char *name, unsigned char *ret, size_t *ret_size)
{
	char path[PATH_MAX];
	const int bytes = snprintf(path, sizeof(path), "%s/%s", folder_of_zones(), name);
	if (bytes < 0 || (size_t)bytes >= sizeof(path))
		return false;
	DEFER(close_file) int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t got = fd < 0 ? -1 : read(fd, ret, FILE_MAX);
	if (got <= 0)
		return false;
	*ret_size = (size_t)got;
	return true;
}

static void free_bytes(unsigned char **bytes)
{
	free(*bytes);
}

bool zone_open(const char *name, struct zone **ret, struct err *err)
{
	DEFER(free_bytes) unsigned char *data = mem_new(FILE_MAX, 1);
	DEFER(zone_free) struct zone *zone = mem_new(1, sizeof(*zone));
	size_t size;
	if (!is_name(name) || !read_file(name, data, &size) || !parse(data, size, zone))
		return refuse(name, err);
	*ret = TAKE(zone);
	return true;
}

void zone_free(struct zone **zone)
{
	if (*zone)
		free((*zone)->changes);
	free(*zone);
	*zone = NULL;
}

void zone_local_name(char ret[ZONE_NAME_SIZE])
{
	static const char mark[] = "zoneinfo/";
	char path[PATH_MAX];
	const char *tz = getenv("TZ");
	const char *name = tz && *tz == ':' ? tz + 1 : tz;
	if (!name || !is_name(name)) {
		const ssize_t bytes = readlink("/etc/localtime", path, sizeof(path) - 1);
		path[bytes < 0 ? 0 : bytes] = '\0';
		name = strstr(path, mark);
		name = name ? name + strlen(mark) : "";
	}
	(void)!text_copy(ret, ZONE_NAME_SIZE, is_name(name) ? name : "UTC");
}

/* ---- asking ---- */

int64_t zone_offset_s(const struct zone *zone, int64_t utc_s)
{
	size_t from = 0, to = zone->count; /* the changes before from are not later */
	while (from < to) {
		const size_t middle = from + (to - from) / 2;
		if (zone->changes[middle].at_s <= utc_s)
			from = middle + 1;
		else
			to = middle;
	}
	if (from == zone->count && zone->has_rule)
		return zone_rule_offset_s(&zone->rule, utc_s);
	return from == 0 ? zone->first_s : zone->changes[from - 1].offset_s;
}

/* The first moment between the two at which the later offset holds. */
static int64_t moment_of_change(const struct zone *zone, int64_t before_s,
				int64_t after_s, int64_t offset_s)
{
	while (before_s + 1 < after_s) {
		const int64_t middle = before_s + (after_s - before_s) / 2;
		if (zone_offset_s(zone, middle) == offset_s)
			after_s = middle;
		else
			before_s = middle;
	}
	return after_s;
}

int64_t zone_utc_s(const struct zone *zone, int64_t local_s, bool late)
{
	/* Clocks change at most once in two days. */
	const int64_t before_s = zone_offset_s(zone, local_s - DAY_S);
	const int64_t after_s = zone_offset_s(zone, local_s + DAY_S);
	const int64_t first = local_s - before_s, last = local_s - after_s;
	const bool first_is = zone_offset_s(zone, first) == before_s;
	const bool last_is = zone_offset_s(zone, last) == after_s;
	if (first_is && last_is)
		return late == (last > first) ? last : first;
	if (first_is || last_is)
		return first_is ? first : last;
	return moment_of_change(zone, last, first, after_s);
}
