/* What is wrong with a document, each with its place. */
#include <stdarg.h>

#include "core/base/text.h"
#include "db/import.h"

enum { SPOT_MAX = 1024 };

void import_spot_add(struct buf *ret, const struct spot *spot)
{
	if (spot == NULL)
		return;
	import_spot_add(ret, spot->above);
	if (spot->key == NULL) {
		buf_addf(ret, "[%zu]", spot->index);
		return;
	}
	if (spot->above != NULL)
		buf_addc(ret, '.');
	text_add_safe(ret, spot->key, false);
}

void import_tell(struct import *im, const char *path, const char *text)
{
	DEFER(buf_done) struct buf line = BUF_INIT(SPOT_MAX + ERR_TEXT_SIZE);
	buf_addf(&line, "%s%s%s", path, *path ? ": " : "", text);
	if (!name_set_add(&im->told, buf_text(&line), 0, NULL))
		return; /* two readers of one value found the same */
	im->fault_count++;
	buf_addf(im->faults, "%s\n", buf_text(&line));
	if (im->options->fault != NULL)
		im->options->fault(im->options->fault_arg, path, text);
}

void import_fault(struct import *im, const struct spot *spot, const char *format, ...)
{
	va_list args;
	DEFER(buf_done) struct buf path = BUF_INIT(SPOT_MAX);
	DEFER(buf_done) struct buf text = BUF_INIT(ERR_TEXT_SIZE);
	import_spot_add(&path, spot);
	if (spot != NULL && name_set_has(&im->told, buf_text(&path), NULL))
		return;
	va_start(args, format);
	buf_vaddf(&text, format, args);
	va_end(args);
	import_tell(im, buf_text(&path), buf_text(&text));
}

bool import_fault_of(struct import *im, const struct spot *spot, const struct err *why)
{
	if (why->code != ERR_INVALID)
		return fail(im->err, why->code, "%s", why->text);
	import_fault(im, spot, "%s", why->text);
	return true;
}
