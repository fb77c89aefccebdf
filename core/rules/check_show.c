#include "core/rules/check_show.h"

#include <inttypes.h>

#include "core/base/compiler.h"

struct phase {
	const char *name, *key;
	size_t offset;
};

#define PHASE(named, text)                                     \
	{                                                      \
		.name = (text), .key = #named,                 \
		.offset = offsetof(struct check_result, named) \
	}

static const struct phase phases[] = {
	PHASE(resolve_us, "resolve"), PHASE(connect_us, "connect"),
	PHASE(tls_us, "TLS"),         PHASE(first_byte_us, "first byte"),
	PHASE(total_us, "total"),
};

static int64_t time_of(const struct phase *phase, const struct check_result *result)
{
	return *(const int64_t *)(const void *)((const char *)result + phase->offset);
}

void check_time_add(struct buf *ret, int64_t us)
{
	buf_addf(ret, "%" PRId64 ".%" PRId64 " ms", us / 1000, us % 1000 / 100);
}

void check_result_phases(const struct check_result *result, check_phase_fn *row,
			 void *arg)
{
	for (size_t i = 0; i < COUNT_OF(phases); i++)
		if (time_of(&phases[i], result) > 0)
			row(arg, phases[i].name, time_of(&phases[i], result));
}

void check_result_add(struct buf *ret, const struct check_result *result)
{
	buf_adds(ret, check_verdict_text(result->verdict));
	if (result->message[0] != '\0')
		buf_addf(ret, ": %s", result->message);
	else if (result->http_status != 0)
		buf_addf(ret, ", HTTP %" PRId64, result->http_status);
}

void check_result_put_members(struct json_writer *w, const struct check_result *result)
{
	json_put_string(w, "verdict", check_verdict_text(result->verdict));
	json_put_number(w, "http_status", result->http_status);
	for (size_t i = 0; i < COUNT_OF(phases); i++)
		json_put_integer(w, phases[i].key, time_of(&phases[i], result));
	json_put_said(w, "message", result->message);
}
