#include "core/rules/url.h"

#include <string.h>
#include <strings.h>

#include "core/base/compiler.h"

static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
static const char digits[] = "0123456789";

bool span_is(struct span span, const char *text)
{
	return strlen(text) == span.bytes && memcmp(text, span.at, span.bytes) == 0;
}

bool span_is_nocase(struct span span, const char *text)
{
	return strlen(text) == span.bytes && strncasecmp(text, span.at, span.bytes) == 0;
}

/* Bytes at the start of span that are in one of the two sets. */
static size_t run_of(struct span span, const char *set, const char *more)
{
	size_t count = 0;
	while (count < span.bytes && span.at[count] != '\0' &&
	       (strchr(set, span.at[count]) != NULL ||
		strchr(more, span.at[count]) != NULL))
		count++;
	return count;
}

static bool all_of(struct span span, const char *set, const char *more)
{
	return run_of(span, set, more) == span.bytes;
}

/* "scheme://"; *rest is moved behind it. */
static bool split_scheme(const char **rest, struct span *ret)
{
	size_t bytes = strcspn(*rest, ":");
	struct span scheme = { *rest, bytes };
	if (bytes == 0 || strchr(letters, **rest) == NULL ||
	    !all_of(scheme, letters, "0123456789+-."))
		return false;
	if (strncmp(*rest + bytes, "://", 3) != 0)
		return false;
	*ret = scheme;
	*rest += bytes + 3;
	return true;
}

static bool host_is_written_well(struct span host)
{
	if (host.bytes > 2 && host.at[0] == '[') {
		struct span address = { host.at + 1, host.bytes - 2 };
		return host.at[host.bytes - 1] == ']' &&
		       all_of(address, digits, "abcdefABCDEF:.");
	}
	return host.bytes > 0 && all_of(host, letters, "0123456789.-_");
}

/* [user@]host[:port] */
static bool split_authority(struct span authority, struct url *ret)
{
	const char *at = memrchr(authority.at, '@', authority.bytes);
	ret->has_user = at != NULL;
	if (at != NULL) {
		ret->user = (struct span){ authority.at, (size_t)(at - authority.at) };
		authority.bytes -= ret->user.bytes + 1;
		authority.at = at + 1;
	}

	const char *bracket = memrchr(authority.at, ']', authority.bytes);
	const char *from = bracket != NULL ? bracket : authority.at;
	const char *end = authority.at + authority.bytes;
	const char *colon = memchr(from, ':', (size_t)(end - from));
	ret->host = (struct span){ authority.at, (size_t)((colon != NULL ? colon : end) -
							  authority.at) };
	ret->has_port = colon != NULL;
	if (colon != NULL)
		ret->port = (struct span){ colon + 1, (size_t)(end - colon - 1) };
	return host_is_written_well(ret->host) && all_of(ret->port, digits, "");
}

bool url_split(const char *text, struct url *ret)
{
	struct url url = { 0 };
	const char *rest = text;
	if (!split_scheme(&rest, &url.scheme))
		return false;

	struct span authority = { rest, strcspn(rest, "/?#") };
	if (!split_authority(authority, &url))
		return false;
	rest += authority.bytes;

	url.path = (struct span){ rest, strcspn(rest, "?#") };
	rest += url.path.bytes;
	url.has_query = *rest == '?';
	if (url.has_query) {
		url.query = (struct span){ rest + 1, strcspn(rest + 1, "#") };
		rest += url.query.bytes + 1;
	}
	url.has_fragment = *rest == '#';
	if (url.has_fragment)
		url.fragment = (struct span){ rest + 1, strlen(rest + 1) };
	*ret = url;
	return true;
}

/* A number from 0 to 255 without leading zeros at the start of *rest, which is moved behind
 * it; -1: none. */
static int octet(struct span *rest)
{
	size_t count = run_of(*rest, digits, "");
	if (count == 0 || count > 3 || (count > 1 && rest->at[0] == '0'))
		return -1;
	int value = 0;
	for (size_t i = 0; i < count; i++)
		value = value * 10 + (rest->at[i] - '0');
	rest->at += count;
	rest->bytes -= count;
	return value <= 255 ? value : -1;
}

static bool is_ipv4_loopback(struct span host)
{
	if (octet(&host) != 127)
		return false;
	for (int i = 0; i < 3; i++) {
		if (host.bytes == 0 || *host.at != '.')
			return false;
		host.at++;
		host.bytes--;
		if (octet(&host) < 0)
			return false;
	}
	return host.bytes == 0;
}

bool url_host_is_loopback(struct span host)
{
	static const char *const names[] = { "localhost", "[::1]", "[0:0:0:0:0:0:0:1]" };

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		if (span_is_nocase(host, names[i]))
			return true;
	}
	return is_ipv4_loopback(host);
}

bool url_is_loopback(const char *text)
{
	struct url url;
	return url_split(text, &url) && url_host_is_loopback(url.host);
}

bool url_host(const char *text, char *ret, size_t size)
{
	struct url url;
	if (!url_split(text, &url))
		return false;
	const char *usual = span_is_nocase(url.scheme, "https") ? "443" : "80";
	size_t port =
		url.port.bytes > 0 && !span_is(url.port, usual) ? url.port.bytes + 1 : 0;
	if (url.host.bytes + port >= size)
		return false;
	memcpy(ret, url.host.at, url.host.bytes);
	if (port > 0)
		memcpy(ret + url.host.bytes, url.port.at - 1, port);
	ret[url.host.bytes + port] = '\0';
	for (char *c = ret; *c != '\0'; c++)
		*c = (char)(*c >= 'A' && *c <= 'Z' ? *c - 'A' + 'a' : *c);
	return true;
}
