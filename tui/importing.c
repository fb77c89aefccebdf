#include "tui/importing.h"

#include <string.h>

void importing_done(struct importing *importing)
{
	buf_done(&importing->document);
	buf_done(&importing->secrets);
	buf_done(&importing->plan);
	buf_done(&importing->faults);
}

bool importing_use_secrets(struct importing *importing, const char *shown,
			   struct err *err)
{
	const char *text = buf_text(&importing->secrets);

	if (strlen(text) < importing->secrets.len)
		return fail(err, ERR_INVALID, "%s has a NUL byte; it must be JSON",
			    shown);
	importing->options.secrets = text;
	return true;
}

bool importing_apply(void *arg, struct store *store, struct err *err)
{
	struct importing *importing = arg;

	buf_reset(&importing->plan);
	buf_reset(&importing->faults);
	return store_import(store, buf_text(&importing->document),
			    importing->document.len, &importing->options,
			    &importing->plan, &importing->faults, err) &&
	       (importing->also == NULL ||
		importing->also(importing->also_arg, store, err));
}
