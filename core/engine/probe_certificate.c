#include "core/engine/probe_certificate.h"

#include <string.h>

#include "core/base/buf.h"
#include "core/base/clock.h"

enum { DATE_MAX = 64 };

static const char zone[] = " GMT";

/* asctime's form, for the parser of HTTP dates; the day of the week is not looked at. */
static bool read_openssl(const char *text, int64_t *ret_ms)
{
	DEFER(buf_done) struct buf date = BUF_INIT(DATE_MAX);
	size_t bytes = strlen(text);
	if (bytes < sizeof(zone) || strcmp(text + bytes - sizeof(zone) + 1, zone) != 0)
		return false;
	buf_adds(&date, "Sun ");
	buf_add(&date, text, bytes - sizeof(zone) + 1);
	return time_parse_http_date(buf_text(&date), ret_ms);
}

static bool read_gnutls(const char *text, int64_t *ret_ms)
{
	DEFER(buf_done) struct buf date = BUF_INIT(DATE_MAX);
	if (strlen(text) != strlen("2030-01-02 03:04:05 GMT"))
		return false;
	buf_addf(&date, "%.10sT%.8sZ", text, text + strlen("2030-01-02 "));
	return time_parse_rfc3339(buf_text(&date), ret_ms, NULL);
}

bool probe_certificate_time(const char *text, int64_t *ret_ms)
{
	return read_openssl(text, ret_ms) || read_gnutls(text, ret_ms);
}

static int64_t expiry_of(const struct curl_slist *facts)
{
	static const char name[] = "Expire date:";
	int64_t expires_ms = 0;
	for (; facts != NULL; facts = facts->next)
		if (strncmp(facts->data, name, sizeof(name) - 1) == 0 &&
		    probe_certificate_time(facts->data + sizeof(name) - 1, &expires_ms))
			return expires_ms;
	return 0;
}

int64_t probe_certificate_expires_ms(CURL *easy)
{
	struct curl_certinfo *chain = NULL;
	int64_t first_ms = 0;
	if (curl_easy_getinfo(easy, CURLINFO_CERTINFO, &chain) != CURLE_OK || !chain)
		return 0;
	for (int i = 0; i < chain->num_of_certs; i++) {
		int64_t expires_ms = expiry_of(chain->certinfo[i]);
		if (expires_ms != 0 && (first_ms == 0 || expires_ms < first_ms))
			first_ms = expires_ms;
	}
	return first_ms;
}
