/* The parts of a URL, as RFC 3986 cuts them: for checking it and for hiding its secrets. */
#ifndef RULES_URL_H
#define RULES_URL_H

#include <stdbool.h>
#include <stddef.h>

/* A piece of somebody else's text. */
struct span {
	const char *at;
	size_t bytes;
};

struct url {
	struct span scheme;
	struct span user;     /* user information without its @ */
	struct span host;     /* an IPv6 address with its brackets */
	struct span port;     /* digits */
	struct span path;     /* from its first / */
	struct span query;    /* without the ? */
	struct span fragment; /* without the # */
	bool has_user, has_port, has_query, has_fragment;
};

/* False if text is no URL with a host (scheme://…). Spans point into text. */
bool url_split(const char *text, struct url *ret);

bool span_is(struct span span, const char *text);        /* exactly */
bool span_is_nocase(struct span span, const char *text); /* ASCII case folded */

/* 127.0.0.0/8, ::1 or localhost, in their usual spelling only. */
bool url_host_is_loopback(struct span host);
/* The same of a URL's host; false for what is no URL, too. */
bool url_is_loopback(const char *url);

/* host[:port] in lower case, without the port that the scheme has anyway. False: it is no URL,
 * or there is no room. */
bool url_host(const char *url, char *ret, size_t size);

#endif
