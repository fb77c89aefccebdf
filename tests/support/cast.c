#include "tests/support/cast.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/check.h"

enum { KEY_MS = 140, QUIET_MS = 120, KEY_BYTES = 16, PATH_SIZE = 512 };

static void add_quoted(struct buf *ret, const char *bytes, size_t count)
{
	buf_addc(ret, '"');
	for (size_t i = 0; i < count; i++) {
		const unsigned char c = (unsigned char)bytes[i];
		if (c == '"' || c == '\\')
			buf_addc(ret, '\\');
		if (c < ' ' || c == 0x7f)
			buf_addf(ret, "\\u%04x", c);
		else
			buf_addc(ret, (char)c);
	}
	buf_addc(ret, '"');
}

/* What has come since it was looked at last. */
static void take(struct cast *cast)
{
	size_t count;
	const char *bytes = vt_bytes(cast->vt, &count);

	if (count == cast->taken)
		return;
	buf_addf(&cast->text, "[%" PRId64 ".%03" PRId64 ", \"o\", ", cast->at_ms / 1000,
		 cast->at_ms % 1000);
	add_quoted(&cast->text, bytes + cast->taken, count - cast->taken);
	buf_adds(&cast->text, "]\n");
	cast->taken = count;
}

void cast_begin(struct cast *cast, struct vt *vt, const char *title)
{
	int columns, rows;

	*cast = (struct cast){ .vt = vt, .text = BUF_INIT(CAST_MAX) };
	vt_size(vt, &columns, &rows);
	buf_addf(&cast->text,
		 "{\"version\": 2, \"width\": %d, \"height\": %d, \"title\": ", columns,
		 rows);
	add_quoted(&cast->text, title, strlen(title));
	buf_adds(&cast->text, "}\n");
	vt_settle(vt, QUIET_MS);
	take(cast);
}

void cast_done(struct cast *cast)
{
	buf_done(&cast->text);
}

/* The first key: a character, or an escape sequence. */
static size_t key_bytes(const char *keys)
{
	size_t bytes = 1;

	if (keys[0] == '\033' && keys[1] == '[') {
		for (bytes = 2; keys[bytes] >= '0' && keys[bytes] <= ';'; bytes++)
			continue;
		return bytes + 1;
	}
	while ((keys[bytes] & 0xc0) == 0x80)
		bytes++;
	return bytes;
}

void cast_act(struct cast *cast, const char *keys, const char *awaited, int look_ms)
{
	while (*keys != '\0') {
		char key[KEY_BYTES] = "";
		const size_t bytes = key_bytes(keys);
		memcpy(key, keys, bytes);
		keys += bytes;
		vt_type(cast->vt, key);
		vt_settle(cast->vt, QUIET_MS);
		take(cast);
		cast->at_ms += KEY_MS;
	}
	assert_true(vt_wait(cast->vt, awaited));
	vt_settle(cast->vt, QUIET_MS);
	take(cast);
	cast->at_ms += look_ms;
}

void cast_write(const struct cast *cast, const char *folder, const char *name)
{
	char path[PATH_SIZE];

	assert_false(buf_overflowed(&cast->text));
	(void)snprintf(path, sizeof(path), "%s/%s.cast", folder, name);
	FILE *file = fopen(path, "we");
	assert_non_null(file);
	assert_int_equal(fwrite(cast->text.data, 1, cast->text.len, file),
			 cast->text.len);
	/* The last frame stays a while. */
	fprintf(file, "[%" PRId64 ".%03" PRId64 ", \"o\", \"\"]\n", cast->at_ms / 1000,
		cast->at_ms % 1000);
	assert_int_equal(fclose(file), 0);
}
