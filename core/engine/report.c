#include <stdio.h>

#include "core/base/buf.h"
#include "core/base/text.h"
#include "core/engine/commands.h"

int report_failure(const struct err *err)
{
	DEFER(buf_done)
	struct buf line = BUF_INIT(10 * ERR_TEXT_SIZE);
	text_add_safe(&line, err->text, true);
	fprintf(stderr, "hublink: %s\n", buf_text(&line));
	return (int)err->code;
}
