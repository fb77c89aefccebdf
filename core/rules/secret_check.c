/* What a URL may be; refused ones are shown masked. */
#include <string.h>

#include "core/base/compiler.h"
#include "core/base/text.h"
#include "core/rules/model.h"
#include "core/rules/secret.h"
#include "core/rules/url.h"

enum { SHOWN_MAX = 512 };

static bool refuse(const char *url, const char *why, struct err *err)
{
	DEFER(buf_done)
	struct buf shown = BUF_INIT(SHOWN_MAX);
	url_add_masked(&shown, url);
	return fail(err, ERR_INVALID, "the URL '%s' %s",
		    shown.overflowed ? "***" : buf_text(&shown), why);
}

/* RFC 3986's characters: no blanks, controls, quotes, backslashes, nothing beyond ASCII. */
static bool only_url_characters(const char *url)
{
	for (; *url != '\0'; url++) {
		if (*url <= ' ' || *url >= 0x7f || strchr("\"<>\\^`{|}", *url) != NULL)
			return false;
	}
	return true;
}

static bool port_is_good(const struct url *url)
{
	if (!url->has_port)
		return true;
	int port = 0;
	for (size_t i = 0; i < url->port.bytes && port <= 65535; i++)
		port = port * 10 + (url->port.at[i] - '0');
	return port >= 1 && port <= 65535;
}

/* What every URL that is kept must be. */
static bool check_common(const char *text, struct url *ret, struct err *err)
{
	if (strlen(text) >= URL_SIZE)
		return fail(err, ERR_INVALID, "the URL has more than %d bytes",
			    URL_SIZE - 1);
	if (!only_url_characters(text))
		return refuse(text, "has a character that no URL has; percent-encode it",
			      err);
	if (!url_split(text, ret))
		return refuse(text, "is no URL; it must look like https://host/path",
			      err);
	if (!port_is_good(ret))
		return refuse(text, "has a port that is not from 1 to 65535", err);
	return true;
}

/* What every URL that is asked must be, too. */
static bool check_plain(const char *text, struct url *ret, struct err *err)
{
	if (!check_common(text, ret, err))
		return false;
	if (ret->has_user)
		return refuse(text, "has a user name or password; take it out", err);
	if (ret->has_fragment)
		return refuse(text, "has a fragment (#…); take it out", err);
	return true;
}

bool url_check(const char *text, struct err *err)
{
	struct url url;
	if (!check_plain(text, &url, err))
		return false;
	if (url_is_masked(text))
		return refuse(text, "has *** in place of its secrets; give it in full",
			      err);
	if (span_is_nocase(url.scheme, "https"))
		return true;
	if (!span_is_nocase(url.scheme, "http"))
		return refuse(text, "must begin with https://", err);
	if (!url_host_is_loopback(url.host))
		return refuse(text,
			      "must begin with https://; http:// is for loopback only",
			      err);
	return true;
}

bool url_check_page(const char *text, struct err *err)
{
	struct url url;
	if (!check_common(text, &url, err))
		return false;
	if (!span_is_nocase(url.scheme, "https") && !span_is_nocase(url.scheme, "http"))
		return refuse(text, "must begin with https:// or http://", err);
	return true;
}

bool url_check_asked(const char *text, bool only_https, struct err *err)
{
	struct url url;
	if (!check_plain(text, &url, err))
		return false;
	if (span_is_nocase(url.scheme, "https"))
		return true;
	if (only_https)
		return refuse(text, "must begin with https://", err);
	return span_is_nocase(url.scheme, "http") ||
	       refuse(text, "must begin with https:// or http://", err);
}

bool url_check_parts(const char *text, struct err *err)
{
	struct url url;
	return check_common(text, &url, err);
}
