#include "core/engine/hub_options.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/text.h"
#include "core/rules/url.h"

enum { ADDRESS_SIZE = 64, SHOWN_MAX = 400 };

struct behaviour_field {
	const char *option; /* of the command line */
	const char *key;    /* of /control and /state */
	size_t offset;
	int64_t min, max;
};

static const struct behaviour_field behaviour_fields[] = {
	{ "--latency", "latency_ms", offsetof(struct hub_behaviour, latency_ms), 0,
	  HOUR_MS },
	{ "--status", "status", offsetof(struct hub_behaviour, status), 200, 599 },
	{ "--fail", "fail_percent", offsetof(struct hub_behaviour, fail_percent), 0,
	  100 },
	{ "--drop", "drop_percent", offsetof(struct hub_behaviour, drop_percent), 0,
	  100 },
	{ "--retry-after", "retry_after_s", offsetof(struct hub_behaviour, retry_after_s),
	  0, 86400 },
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

/* HOST:PORT into its two parts; an IPv6 host keeps its brackets. */
static bool split_address(const char *text, char host[ADDRESS_SIZE], int64_t *ret_port)
{
	const char *colon = strrchr(text, ':');
	if (colon == NULL || colon == text || (size_t)(colon - text) >= ADDRESS_SIZE)
		return false;
	memcpy(host, text, (size_t)(colon - text));
	host[colon - text] = '\0';
	return text_integer(colon + 1, ret_port) && *ret_port >= 0 && *ret_port <= 65535;
}

static bool fill_ipv4(const char *host, uint16_t port, struct hub_options *ret)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(port) };
	if (inet_pton(AF_INET, host, &address.sin_addr) != 1)
		return false;
	memcpy(&ret->address, &address, sizeof(address));
	ret->address_bytes = sizeof(address);
	return true;
}

static void fill_ipv6_loopback(uint16_t port, struct hub_options *ret)
{
	struct sockaddr_in6 address = { .sin6_family = AF_INET6,
					.sin6_port = htons(port),
					.sin6_addr = IN6ADDR_LOOPBACK_INIT };
	memcpy(&ret->address, &address, sizeof(address));
	ret->address_bytes = sizeof(address);
}

static bool set_address(const char *text, struct hub_options *ret, struct err *err)
{
	char host[ADDRESS_SIZE];
	int64_t port;
	DEFER(buf_done) struct buf shown = BUF_INIT(SHOWN_MAX);
	text_add_safe(&shown, text, false);
	if (!split_address(text, host, &port))
		return fail(err, ERR_INVALID,
			    "--listen '%s' is no ADDRESS:PORT like 127.0.0.1:8080",
			    buf_text(&shown));
	if (!url_host_is_loopback((struct span){ host, strlen(host) }))
		return fail(
			err, ERR_INVALID,
			"--listen '%s' is no loopback address; the stand-in listens on "
			"127.0.0.1 or [::1] only",
			buf_text(&shown));
	if (*host == '[')
		fill_ipv6_loopback((uint16_t)port, ret);
	else if (!fill_ipv4(text_equal_nocase(host, "localhost") ? "127.0.0.1" : host,
			    (uint16_t)port, ret))
		return fail(err, ERR_INVALID, "--listen '%s' is no address",
			    buf_text(&shown));
	return true;
}

/* ---- the command line ---- */

static bool set_behaviour(const struct behaviour_field *field, const char *text,
			  struct hub_behaviour *behaviour, struct err *err)
{
	int64_t value;
	if (text_equal(field->option, "--latency")) {
		if (!duration_parse(text, &value, err))
			return fail_in(err, "--latency");
		return set_member(field, field->option, value, behaviour, err);
	}
	if (!text_integer(text, &value)) {
		DEFER(buf_done) struct buf shown = BUF_INIT(SHOWN_MAX);
		text_add_safe(&shown, text, false);
		return fail(err, ERR_INVALID, "%s '%s' is no whole number", field->option,
			    buf_text(&shown));
	}
	return set_member(field, field->option, value, behaviour, err);
}

/* What is read so far. */
struct reading {
	struct hub_options options;
	bool has_status, has_fail;
};

static bool ignore(struct reading *r, const char *value, struct err *err)
{
	(void)r, (void)value, (void)err;
	return true;
}

static bool read_listen(struct reading *r, const char *value, struct err *err)
{
	return set_address(value, &r->options, err);
}

static bool read_log(struct reading *r, const char *value, struct err *err)
{
	(void)err;
	r->options.log_path = value;
	return true;
}

static const struct {
	const char *name;
	bool (*read)(struct reading *r, const char *value, struct err *err);
} other_options[] = {
	{ "--listen", read_listen },
	{ "--log", read_log },
	{ "--db",
	  ignore }, /* hublink hands it to every program of its; a hub has no database */
};

static const struct behaviour_field *behaviour_option(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(behaviour_fields); i++) {
		if (text_equal(behaviour_fields[i].option, name))
			return &behaviour_fields[i];
	}
	return NULL;
}

/* value is NULL if the command line ends behind name. */
static bool read_option(struct reading *r, const char *name, const char *value,
			struct err *err)
{
	const struct behaviour_field *field = behaviour_option(name);
	size_t other = 0;
	while (other < COUNT_OF(other_options) &&
	       !text_equal(other_options[other].name, name))
		other++;
	if (field == NULL && other == COUNT_OF(other_options))
		return fail(
			err, ERR_USAGE,
			"hub does not know '%s'; it takes --listen, --latency, --fail, "
			"--status, --retry-after, --drop and --log",
			name);
	if (value == NULL)
		return fail(err, ERR_USAGE, "%s needs a value", name);
	if (field == NULL)
		return other_options[other].read(r, value, err);
	r->has_status |= text_equal(name, "--status");
	r->has_fail |= text_equal(name, "--fail");
	return set_behaviour(field, value, &r->options.behaviour, err);
}

bool hub_options_parse(int argc, char **argv, struct hub_options *ret, struct err *err)
{
	struct reading reading = { .options.behaviour = usual };
	if (!set_address("127.0.0.1:0", &reading.options, err))
		return false;
	for (int i = 1; i < argc; i++) {
		DEFER(buf_done) struct buf name = BUF_INIT(SHOWN_MAX);
		const char *equals =
			text_starts_with(argv[i], "--") ? strchr(argv[i], '=') : NULL;
		buf_add(&name, argv[i],
			equals != NULL ? (size_t)(equals - argv[i]) : strlen(argv[i]));
		const char *value = equals != NULL ? equals + 1 : argv[i + 1];
		if (!read_option(&reading, buf_text(&name), value, err))
			return false;
		i += equals != NULL ? 0 : 1;
	}
	if (reading.has_status && !reading.has_fail)
		reading.options.behaviour.fail_percent = 100;
	*ret = reading.options;
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
