/* What is wrong with JSON text, and where. */
#include "core/base/json_scan_parts.h"
#include "core/base/text.h"

enum { PATH_MAX_BYTES = 4096 };

bool json_scan_wrong(struct scan *s, const char *at, const char *what)
{
	s->wrong_at = at;
	s->wrong = what;
	return false;
}

static void add_key(const struct scan *s, const struct key *key, struct buf *path)
{
	DEFER(buf_done)
	struct buf text = BUF_INIT(PATH_MAX_BYTES);
	buf_add(&text, buf_text(&s->names) + key->offset, key->bytes);
	buf_adds(path, path->len > 0 ? "." : "");
	text_add_safe(path, buf_text(&text), false);
}

/* The path of the value that is being read, without its last steps. */
static void add_path(const struct scan *s, int depth, struct buf *path)
{
	for (int i = 0; i < depth; i++) {
		const struct step *step = &s->steps[i];
		if (step->is_array)
			buf_addf(path, "[%zu]", step->number);
		else if (step->number > 0)
			add_key(s, &s->keys[step->number - 1], path);
	}
}

bool json_scan_tell(struct scan *s, int depth, const struct key *key, const char *what)
{
	if (s->tell == NULL)
		return false;
	DEFER(buf_done)
	struct buf path = BUF_INIT(PATH_MAX_BYTES);
	add_path(s, depth, &path);
	if (key != NULL)
		add_key(s, key, &path);
	s->tell(s->arg, buf_text(&path), what);
	return true;
}
