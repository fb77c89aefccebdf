#include "tui/importing.h"

void importing_done(struct importing *importing)
{
	buf_done(&importing->document);
	buf_done(&importing->secrets);
	buf_done(&importing->plan);
	buf_done(&importing->faults);
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
