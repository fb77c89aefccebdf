/* URLs: what is accepted is what the contract says, and no secret part of any URL, accepted
 * or not, is ever shown. */
#include <string.h>

#include "core/base/text.h"
#include "core/rules/model.h"
#include "core/rules/secret.h"
#include "core/rules/url.h"
#include "tests/support/fuzz.h"

enum { SHOWN_MAX = 1 << 20 };

#define CANARY "canary5d9c"

static void must_lack(const char *shown)
{
	MUST_HOLD(strstr(shown, CANARY) == NULL);
}

static void must_be_good(const char *text)
{
	struct url url;
	char host[HOST_SIZE];
	MUST_HOLD(url_split(text, &url));
	MUST_HOLD(strlen(text) < URL_SIZE);
	MUST_HOLD(!url.has_user && !url.has_fragment && url.host.bytes > 0);
	MUST_HOLD(span_is_nocase(url.scheme, "https") ||
		  (span_is_nocase(url.scheme, "http") && url_host_is_loopback(url.host)));
	MUST_HOLD(url_host(text, host, sizeof(host)));
	MUST_HOLD(url_is_loopback(text) == url_host_is_loopback(url.host));
	MUST_HOLD(text_no_controls(text));
}

/* The sentence that refuses a URL, what is shown of it, and what a library says of it. */
static void must_hide(const char *text, const char *secret)
{
	struct err err = { 0 };
	struct buf shown = BUF_INIT(SHOWN_MAX), said = BUF_INIT(SHOWN_MAX);
	url_add_masked(&shown, text);
	must_lack(buf_text(&shown));
	MUST_HOLD(utf8_valid(buf_text(&shown), shown.len));
	MUST_HOLD(text_no_controls(buf_text(&shown)));
	MUST_HOLD(url_mask_matches(buf_text(&shown), text));

	if (!url_check(text, &err))
		must_lack(err.text);
	if (!url_check_page(text, &err))
		must_lack(err.text);
	if (!url_check_asked(text, false, &err))
		must_lack(err.text);

	buf_addf(&said, "Failed to connect to %s (%s)", text, secret);
	buf_reset(&shown);
	secret_redact(&shown, buf_text(&said), text);
	must_lack(buf_text(&shown));
	buf_done(&shown);
	buf_done(&said);
}

/* The same URL with one secret more behind it. */
static void must_hide_behind(const char *text, const char *joint, const char *secret)
{
	struct url url;
	struct buf whole = BUF_INIT(SHOWN_MAX);
	buf_addf(&whole, "%s%s%s", text, joint, secret);
	if (url_split(buf_text(&whole), &url) && whole.len < URL_SIZE)
		must_hide(buf_text(&whole), secret);
	buf_done(&whole);
}

FUZZ_TARGET(url)
{
	struct url url;
	if (strstr(text, CANARY) != NULL || bytes == 0)
		return;
	if (url_check(text, NULL))
		must_be_good(text);
	if (!url_split(text, &url))
		return;
	if (url.has_fragment) {
		must_hide_behind(text, CANARY, "");
		return;
	}
	must_hide_behind(text, url.has_query ? "&" : "?key=", CANARY);
	if (!url.has_query)
		must_hide_behind(text, "/", CANARY CANARY);
}
