#include "tui/exporting.h"

bool exporting_read(struct store *store, enum exporting what, struct buf *ret,
		    struct err *err)
{
	bool read =
		what == EXPORTING_SECRETS_ALONE
			? store_export_secrets(store, ret, err)
			: store_export(store, what == EXPORTING_WITH_SECRETS, ret, err);

	if (!read || !buf_overflowed(ret))
		return read;
	return fail(err, ERR_FAILED, "The configuration is larger than %zu bytes",
		    ret->max);
}
