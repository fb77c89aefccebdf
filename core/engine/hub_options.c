#include "core/engine/hub_options.h"

#include <string.h>

#include "core/base/clock.h"
#include "core/base/text.h"
#include "core/engine/options.h"

struct behaviour_field {
	const char *option; /* of the command line */
	const char *key;    /* of /control and /state */
	size_t offset;
	int64_t min, max;
};

enum { LATENCY, STATUS, FAIL, DROP, RETRY_AFTER };

#define MEMBER(named) .key = #named, .offset = offsetof(struct hub_behaviour, named)

static const struct behaviour_field behaviour_fields[] = {
	[LATENCY] = { .option = "latency", .max = HOUR_MS, MEMBER(latency_ms) },
	[STATUS] = { .option = "status", .min = 200, .max = 599, MEMBER(status) },
	[FAIL] = { .option = "fail", .max = 100, MEMBER(fail_percent) },
	[DROP] = { .option = "drop", .max = 100, MEMBER(drop_percent) },
	[RETRY_AFTER] = { .option = "retry-after", .max = 86400, MEMBER(retry_after_s) },
};

static const struct hub_behaviour usual = { .status = 503, .retry_after_s = -1 };

static int64_t *member(const struct behaviour_field *field,
		       struct hub_behaviour *behaviour)
{
	return (int64_t *)(void *)((char *)behaviour + field->offset);
}

static bool set_member(const struct behaviour_field *field, const char *name,
		       int64_t value, struct hub_behaviour *behaviour, struct err *err)
{
	if (value < field->min || value > field->max)
		return fail(err, ERR_INVALID, "%s is %lld; it must be from %lld to %lld",
			    name, (long long)value, (long long)field->min,
			    (long long)field->max);
	*member(field, behaviour) = value;
	return true;
}

/* ---- the address ---- */

static bool set_address(const char *text, struct hub_options *ret, struct err *err)
{
	if (!address_parse(text, &ret->address, err))
		return false;
	return ret->address.is_loopback ||
	       fail(err, ERR_INVALID,
		    "--listen '%s' is no loopback address; the stand-in listens on "
		    "127.0.0.1 or [::1] only",
		    text);
}

/* ---- the command line ---- */

/* text: NULL if the option was not given. */
static bool set_behaviour(const struct behaviour_field *field, const char *text,
			  struct hub_behaviour *behaviour, struct err *err)
{
	int64_t value;
	if (text == NULL)
		return true;
	if (field != &behaviour_fields[LATENCY])
		return options_number(field->option, text, field->min, field->max,
				      member(field, behaviour), err);
	if (!duration_parse(text, &value, err))
		return fail_in(err, "--latency");
	return set_member(field, "--latency", value, behaviour, err);
}

bool hub_options_parse(int argc, char **argv, struct hub_options *ret, struct err *err)
{
	struct hub_options options = { .behaviour = usual };
	const char *listen = "127.0.0.1:0",
		   *behaviour[COUNT_OF(behaviour_fields)] = { 0 };
	struct engine_option table[COUNT_OF(behaviour_fields) + 2] = {
		{ "listen", &listen, NULL },
		{ "log", &options.log_path, NULL },
	};
	struct common_options common;
	int words;

	for (size_t i = 0; i < COUNT_OF(behaviour_fields); i++)
		table[i + 2] = (struct engine_option){ behaviour_fields[i].option,
						       &behaviour[i], NULL };
	if (!options_read(argc, argv, table, COUNT_OF(table), &common, &words, err))
		return false;
	if (words < argc)
		return fail(err, ERR_USAGE, "`hublink hub` takes options only, not '%s'",
			    argv[words]);
	for (size_t i = 0; i < COUNT_OF(behaviour_fields); i++) {
		if (!set_behaviour(&behaviour_fields[i], behaviour[i], &options.behaviour,
				   err))
			return false;
	}
	if (behaviour[STATUS] != NULL && behaviour[FAIL] == NULL)
		options.behaviour.fail_percent = 100;
	if (!set_address(listen, &options, err))
		return false;
	*ret = options;
	return true;
}

/* ---- while it runs ---- */

static bool control_item(struct hub_behaviour *behaviour, const struct json *item,
			 struct err *err)
{
	int64_t value;
	if (!json_integer(item, &value))
		return fail(err, ERR_INVALID, "%s must be a whole number",
			    json_key(item));
	for (size_t i = 0; i < COUNT_OF(behaviour_fields); i++) {
		if (text_equal(behaviour_fields[i].key, json_key(item)))
			return set_member(&behaviour_fields[i], json_key(item), value,
					  behaviour, err);
	}
	return fail(err, ERR_INVALID,
		    "there is no %s; control takes status, latency_ms, fail_percent, "
		    "drop_percent "
		    "and retry_after_s",
		    json_key(item));
}

/* null and 0 take back what a status or a Retry-After had set. */
static bool takes_back(struct hub_behaviour *behaviour, const struct json *item)
{
	int64_t value = 0;
	if (json_type_of(item) != JSON_NULL &&
	    (!json_integer(item, &value) || value != 0))
		return false;
	if (text_equal(json_key(item), "status")) {
		behaviour->status = usual.status;
		behaviour->fail_percent = 0;
		return true;
	}
	if (!text_equal(json_key(item), "retry_after_s") ||
	    json_type_of(item) != JSON_NULL)
		return false;
	behaviour->retry_after_s = usual.retry_after_s;
	return true;
}

bool hub_behaviour_control(struct hub_behaviour *behaviour, const struct json *wanted,
			   struct err *err)
{
	struct hub_behaviour changed = *behaviour;
	if (json_type_of(wanted) != JSON_OBJECT)
		return fail(err, ERR_INVALID, "control takes an object");
	for (const struct json *item = json_first(wanted); item != NULL;
	     item = json_next(item)) {
		if (takes_back(&changed, item))
			continue;
		if (text_equal(json_key(item), "status") &&
		    json_get(wanted, "fail_percent") == NULL)
			changed.fail_percent = 100;
		if (!control_item(&changed, item, err))
			return false;
	}
	*behaviour = changed;
	return true;
}

void hub_behaviour_add(const struct hub_behaviour *behaviour, const char *key,
		       struct json_writer *w)
{
	struct hub_behaviour copy = *behaviour;
	json_open_object(w, key);
	for (size_t i = 0; i < COUNT_OF(behaviour_fields); i++) {
		int64_t value = *member(&behaviour_fields[i], &copy);
		if (value < 0)
			json_put_null(w, behaviour_fields[i].key);
		else
			json_put_integer(w, behaviour_fields[i].key, value);
	}
	json_close(w);
}
