#include "core/engine/probe_call.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/clock.h"
#include "core/base/text.h"
#include "core/engine/http.h"
#include "core/engine/http_call.h"
#include "core/engine/probe_certificate.h"
#include "core/rules/check.h"
#include "core/rules/secret.h"
#include "core/rules/url.h"

/* ---- what libcurl calls ---- */

static bool holds(const struct buf *window, const char *text)
{
	return *text && memmem(buf_text(window), window->len, text, strlen(text)) != NULL;
}

/* Texts may lie across two pieces: the end of one is kept for the next. */
static void look_at(struct probe_call *call, const char *bytes, size_t count)
{
	struct buf *window = &call->window;
	buf_add(window, bytes, count);
	call->facts.contains =
		call->facts.contains || holds(window, call->monitor.check_contains);
	call->facts.lacks = call->facts.lacks || holds(window, call->monitor.check_lacks);
	if (window->len < CHECK_TEXT_SIZE)
		return;
	memmove(window->data, window->data + window->len - CHECK_TEXT_SIZE,
		CHECK_TEXT_SIZE);
	window->len = CHECK_TEXT_SIZE;
	window->data[window->len] = '\0';
}

static size_t take_body(char *bytes, size_t size, size_t count, void *arg)
{
	struct probe_call *call = arg;
	size_t given = size * count, room = PROBE_BODY_MAX - call->body_bytes;
	look_at(call, bytes, given < room ? given : room);
	call->body_bytes += given < room ? given : room;
	call->facts.is_cut = given > room;
	call->stopped = call->facts.is_cut || call->facts.lacks;
	return call->stopped ? 0 : given;
}

static size_t take_header(char *line, size_t size, size_t count, void *arg)
{
	struct probe_call *call = arg;
	(void)line;
	call->header_bytes += size * count;
	return call->header_bytes <= PROBE_HEADERS_MAX ? size * count : 0;
}

/* ---- settings ---- */

static bool add_header(struct probe_call *call, const struct check_header *header)
{
	DEFER(buf_done) struct buf line = BUF_INIT(CHECK_HEADERS_SIZE + 2);
	buf_add(&line, header->name.at, header->name.bytes);
	buf_adds(&line, ": ");
	buf_add(&line, header->value.at, header->value.bytes);
	struct curl_slist *longer = curl_slist_append(call->headers, buf_text(&line));
	if (longer == NULL)
		return false;
	call->headers = longer;
	return true;
}

static bool set_headers(struct probe_call *call)
{
	struct check_header header;
	curl_slist_free_all(call->headers);
	call->headers = NULL;
	const char *at = call->is_elsewhere ? "" : call->monitor.check_headers;
	while (*at != '\0' && check_header_next(&at, &header))
		if (!add_header(call, &header))
			return false;
	return curl_easy_setopt(call->job.easy, CURLOPT_HTTPHEADER, call->headers) ==
	       CURLE_OK;
}

static bool set_method(struct probe_call *call)
{
	CURL *easy = call->job.easy;
	switch (call->monitor.check_method) {
	case METHOD_HEAD: return curl_easy_setopt(easy, CURLOPT_NOBODY, 1L) == CURLE_OK;
	case METHOD_POST:
		return !call->keeps_method ||
		       (curl_easy_setopt(easy, CURLOPT_POST, 1L) == CURLE_OK &&
			curl_easy_setopt(easy, CURLOPT_POSTFIELDS, "") == CURLE_OK);
	case METHOD_GET:
	case METHOD_COUNT: return true;
	}
	return true;
}

static bool set_type(struct probe_call *call)
{
	CURL *easy = call->job.easy;
	if (call->monitor.check_type == CHECK_TCP)
		return curl_easy_setopt(easy, CURLOPT_CONNECT_ONLY, 1L) == CURLE_OK;
	if (call->monitor.check_type == CHECK_HTTPS &&
	    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "https") != CURLE_OK)
		return false;
	return set_method(call) && set_headers(call);
}

static bool set_callbacks(struct probe_call *call)
{
	CURL *easy = call->job.easy;
	call->error[0] = '\0';
	return curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, call->error) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_WRITEDATA, call) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_HEADERDATA, call) == CURLE_OK;
}

/* A fresh connection each time: that it can be made is what is asked. */
static bool set_connection(struct probe_call *call, long left_ms)
{
	CURL *easy = call->job.easy;
	long wants_certificates = call->monitor.check_certificate_days > 0;
	return curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, left_ms) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_CERTINFO, wants_certificates) == CURLE_OK;
}

static bool set_up(struct probe_call *call, const char *ca_file)
{
	CURL *easy = call->job.easy;
	int64_t left_ms =
		call->monitor.check_timeout_ms - (clock_boot_ms() - call->started_ms);
	const struct http_options options = { .ca_file = ca_file,
					      .timeout_ms = left_ms > 0 ? left_ms : 1 };
	curl_easy_reset(easy);
	return http_set_common(easy, &options) &&
	       set_connection(call, (long)options.timeout_ms) && set_callbacks(call) &&
	       curl_easy_setopt(easy, CURLOPT_URL, call->url) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_USERAGENT, "hublink/" HUBLINK_VERSION) ==
		       CURLE_OK &&
	       set_type(call);
}

/* ---- one check ---- */

static char *url_of(const struct monitor *monitor)
{
	DEFER(buf_done) struct buf url = BUF_INIT(URL_SIZE + 16);
	buf_addf(&url, "%s%s", monitor->check_type == CHECK_TCP ? "http://" : "",
		 monitor->check_target);
	return buf_take(&url);
}

bool probe_call_begin(struct probe_call *call, const struct monitor *monitor,
		      const char *ca_file, struct err *err)
{
	call->monitor = *monitor;
	call->url = url_of(monitor);
	call->started_ms = clock_boot_ms();
	call->keeps_method = true;
	return set_up(call, ca_file) ||
	       fail(err, ERR_FAILED, "libcurl refuses the check; see to memory");
}

/* Durations of the phases, and what they add up to. */
static void add_times(struct probe_call *call)
{
	struct check_result *times = &call->times;
	curl_off_t resolved = 0, connected = 0, secured = 0, answered = 0, ended = 0;
	CURL *easy = call->job.easy;
	curl_easy_getinfo(easy, CURLINFO_NAMELOOKUP_TIME_T, &resolved);
	curl_easy_getinfo(easy, CURLINFO_CONNECT_TIME_T, &connected);
	curl_easy_getinfo(easy, CURLINFO_APPCONNECT_TIME_T, &secured);
	curl_easy_getinfo(easy, CURLINFO_STARTTRANSFER_TIME_T, &answered);
	curl_easy_getinfo(easy, CURLINFO_TOTAL_TIME_T, &ended);
	times->resolve_us += resolved;
	times->connect_us += connected > resolved ? connected - resolved : 0;
	times->tls_us += secured > connected ? secured - connected : 0;
	curl_off_t ready = secured > connected ? secured : connected;
	times->first_byte_us += answered > ready ? answered - ready : 0;
	times->total_us += ended;
	bool wants_tls = strncasecmp(call->url, "https:", strlen("https:")) == 0;
	call->facts.is_connected = wants_tls ? secured > 0 : connected > 0;
}

/* libcurl's words name hosts, ports and times, which the target says already: the usual
 * failures have words of their own. */
static const struct {
	CURLcode code;
	const char *sentence;
} usual[] = {
	{ CURLE_COULDNT_RESOLVE_HOST, "the host's name does not resolve" },
	{ CURLE_GOT_NOTHING, "the connection ended before an answer came" },
	{ CURLE_RECV_ERROR, "the connection broke before the whole answer came" },
	{ CURLE_SEND_ERROR, "the connection broke before the request was sent" },
	{ CURLE_PARTIAL_FILE, "the answer ended too early" },
	{ CURLE_WEIRD_SERVER_REPLY, "the answer is no HTTP" },
	{ CURLE_UNSUPPORTED_PROTOCOL, "the answer is no HTTP" },
};

static const char *usual_sentence(CURLcode code)
{
	for (size_t i = 0; i < COUNT_OF(usual); i++)
		if (usual[i].code == code)
			return usual[i].sentence;
	return NULL;
}

static void describe(struct probe_call *call, CURLcode code)
{
	const char *sentence = usual_sentence(code);
	long number = 0;
	curl_easy_getinfo(call->job.easy, CURLINFO_OS_ERRNO, &number);
	if (call->header_bytes > PROBE_HEADERS_MAX)
		buf_addf(&call->failure, "the answer's headers are longer than %d KiB",
			 PROBE_HEADERS_MAX / 1024);
	else if (sentence != NULL)
		buf_adds(&call->failure, sentence);
	else if (code == CURLE_COULDNT_CONNECT && number != 0)
		buf_addf(&call->failure, "no connection: %s", strerror((int)number));
	else
		http_describe(code, call->error, call->url, &call->failure);
	call->facts.failure = buf_text(&call->failure);
}

static void take_facts(struct probe_call *call, CURLcode code)
{
	struct check_facts *facts = &call->facts;
	add_times(call);
	curl_easy_getinfo(call->job.easy, CURLINFO_RESPONSE_CODE, &facts->http_status);
	facts->timed_out = code == CURLE_OPERATION_TIMEDOUT;
	if (code != CURLE_OK && !facts->timed_out && !call->stopped)
		describe(call, code);
	int64_t expires_ms = probe_certificate_expires_ms(call->job.easy);
	if (expires_ms != 0 && (facts->expires_ms == 0 || expires_ms < facts->expires_ms))
		facts->expires_ms = expires_ms;
}

static void refuse_redirect(struct probe_call *call, const char *target)
{
	DEFER(buf_done) struct buf shown = BUF_INIT(PROBE_FAILURE_MAX);
	url_add_masked(&shown, target);
	buf_addf(&call->failure,
		 "redirected to '%s', which a check of type %s never "
		 "follows",
		 buf_text(&shown), check_type_text(call->monitor.check_type));
	call->facts.failure = buf_text(&call->failure);
}

static bool may_follow(struct probe_call *call, const char *target)
{
	if (call->redirects >= call->monitor.check_redirects) {
		buf_addf(&call->failure, "more than %lld redirect%s",
			 (long long)call->monitor.check_redirects,
			 call->monitor.check_redirects == 1 ? "" : "s");
		call->facts.failure = buf_text(&call->failure);
		return false;
	}
	if (url_check_asked(target, call->monitor.check_type == CHECK_HTTPS, NULL))
		return true;
	refuse_redirect(call, target);
	return false;
}

static void lead_to(struct probe_call *call, const char *target)
{
	char here[HOST_SIZE] = "", there[HOST_SIZE] = "";
	bool known = url_host(call->url, here, sizeof(here)) &&
		     url_host(target, there, sizeof(there));
	long status = call->facts.http_status;
	call->is_elsewhere = call->is_elsewhere || !known || strcmp(here, there) != 0 ||
			     strncasecmp(call->url, target, strlen("https")) != 0;
	call->keeps_method = call->keeps_method && (status == 307 || status == 308);
	free(call->url);
	call->url = mem_strdup(target);
	call->redirects++;
	call->header_bytes = 0;
	call->body_bytes = 0;
	call->stopped = false;
	call->facts.contains = call->facts.lacks = call->facts.is_cut = false;
	call->facts.http_status = 0;
	buf_reset(&call->window);
}

/* Where it is led, without a fragment: that is the reader's, not the server's. */
static char *next_url(const struct probe_call *call)
{
	char *target = NULL;
	long status = call->facts.http_status;
	if (call->facts.timed_out || call->facts.failure != NULL || status / 100 != 3 ||
	    call->monitor.check_redirects == 0)
		return NULL;
	curl_easy_getinfo(call->job.easy, CURLINFO_REDIRECT_URL, &target);
	if (target == NULL)
		return NULL;
	char *copy = mem_strdup(target);
	copy[strcspn(copy, "#")] = '\0';
	return copy;
}

bool probe_call_goes_on(struct probe_call *call, CURLcode code, const char *ca_file)
{
	take_facts(call, code);
	DEFER(mem_free) char *target = next_url(call);
	if (target == NULL || !may_follow(call, target))
		return false;
	lead_to(call, target);
	if (set_up(call, ca_file))
		return true;
	call->facts.failure = "libcurl refuses the redirect; see to memory";
	return false;
}

void probe_call_result(struct probe_call *call, int64_t now_ms, struct check_result *ret)
{
	DEFER(buf_done) struct buf message = BUF_INIT(2 * PROBE_FAILURE_MAX);
	check_judge(&call->monitor, &call->facts, now_ms, &message);
	*ret = call->times;
	ret->http_status = call->facts.http_status;
	ret->verdict = message.len == 0 ? CHECK_PASSED : CHECK_FAILED;
	text_cut(ret->message, sizeof(ret->message), buf_text(&message), REASON_SIZE);
}

void probe_call_end(struct probe_call *call)
{
	curl_slist_free_all(call->headers);
	free(call->url);
	buf_reset(&call->window);
	buf_reset(&call->failure);
	call->headers = NULL;
	call->url = NULL;
	call->is_elsewhere = call->stopped = false;
	call->redirects = 0;
	call->header_bytes = call->body_bytes = 0;
	call->facts = (struct check_facts){ 0 };
	call->times = (struct check_result){ 0 };
}

struct probe_call *probe_call_new(void)
{
	struct probe_call *call = mem_new(1, sizeof(*call));
	call->window = BUF_INIT((size_t)CHECK_TEXT_SIZE + 2 * CURL_MAX_WRITE_SIZE);
	call->failure = BUF_INIT(PROBE_FAILURE_MAX);
	call->job.easy = curl_easy_init();
	if (call->job.easy)
		return call;
	probe_call_free(call);
	return NULL;
}

void probe_call_free(struct probe_call *call)
{
	if (!call)
		return;
	probe_call_end(call);
	curl_easy_cleanup(call->job.easy);
	buf_done(&call->window);
	buf_done(&call->failure);
	free(call);
}
