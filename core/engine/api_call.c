#include "core/engine/api_call.h"

#include <string.h>

#include "core/base/base64.h"
#include "core/base/clock.h"
#include "core/base/text.h"
#include "core/engine/http_call.h"
#include "core/rules/secret.h"

enum {
	WORDS_SHOWN_MAX = 400,
	LOGIN_MAX = 2 * (UPTRENDS_USER_SIZE + UPTRENDS_PASSWORD_SIZE),
};

/* ---- what libcurl calls ---- */

static size_t take_answer(char *bytes, size_t size, size_t count, void *arg)
{
	struct api_call *call = arg;
	buf_add(&call->answer, bytes, size * count);
	return buf_overflowed(&call->answer) ? 0 : size * count;
}

static size_t take_header(char *line, size_t size, size_t count, void *arg)
{
	struct api_call *call = arg;
	const size_t given = size * count;
	call->header_bytes += given;
	if (call->header_bytes > HTTP_HEADERS_MAX)
		return 0;
	http_keep_retry_after(line, given, call->retry_after, sizeof(call->retry_after));
	return given;
}

/* ---- life ---- */

static bool set_up(struct api_call *call, const struct uptrends_account *account,
		   const char *ca_file)
{
	const struct http_options options = { .ca_file = ca_file,
					      .timeout_ms = API_TIMEOUT_MS };
	CURL *easy = call->easy;
	return http_set_common(easy, &options) &&
	       curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_HTTPAUTH, CURLAUTH_BASIC) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_USERNAME, account->user) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_PASSWORD, account->password) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_USERAGENT, "hublink/" HUBLINK_VERSION) ==
		       CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, call->error) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_answer) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_WRITEDATA, call) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_HEADERDATA, call) == CURLE_OK;
}

static void keep_login(struct api_call *call, const struct uptrends_account *account)
{
	DEFER(buf_done) struct buf both = BUF_INIT(LOGIN_MAX);
	(void)text_cut(call->password, sizeof(call->password), account->password,
		       sizeof(call->password));
	buf_addf(&both, "%s:%s", account->user, account->password);
	base64_add(&call->login, buf_text(&both), both.len);
}

bool api_call_init(struct api_call *call, const struct uptrends_account *account,
		   const char *ca_file, struct err *err)
{
	*call = (struct api_call){ .answer = BUF_INIT(API_ANSWER_MAX),
				   .login = BUF_INIT(LOGIN_MAX) };
	keep_login(call, account);
	(void)text_cut(call->url, sizeof(call->url), account->url, sizeof(call->url));
	size_t bytes = strlen(call->url);
	while (bytes > 0 && call->url[bytes - 1] == '/')
		call->url[--bytes] = '\0';
	call->easy = curl_easy_init();
	if (call->easy && set_up(call, account, ca_file))
		return true;
	api_call_done(call);
	return fail(err, ERR_FAILED, "libcurl cannot be made ready; see to memory");
}

void api_call_done(struct api_call *call)
{
	curl_easy_cleanup(call->easy);
	buf_done(&call->answer);
	buf_done(&call->login);
	*call = (struct api_call){ 0 };
}

/* ---- one question ---- */

bool api_call_load(struct api_call *call, const char *path, struct err *err)
{
	DEFER(buf_done) struct buf url = BUF_INIT(2 * URL_SIZE);
	buf_addf(&url, "%s%s", call->url, path);
	buf_reset(&call->answer);
	call->header_bytes = 0;
	call->retry_after[0] = '\0';
	call->error[0] = '\0';
	return (!buf_overflowed(&url) &&
		curl_easy_setopt(call->easy, CURLOPT_URL, buf_text(&url)) == CURLE_OK) ||
	       fail(err, ERR_FAILED, "The question is longer than %d bytes",
		    2 * URL_SIZE);
}

static void describe(const struct api_call *call, CURLcode code, long status,
		     struct buf *ret)
{
	if (buf_overflowed(&call->answer))
		buf_addf(ret, "answered more than %d bytes", API_ANSWER_MAX);
	else if (code != CURLE_OK)
		http_describe(code, call->error, call->url, ret);
	else if (status == 401)
		buf_adds(ret, "answered 401: the user or the password is wrong");
	else if (status != 200)
		buf_addf(ret, "answered %ld", status);
}

/* An answer that broke off is none. */
void api_call_outcome(struct api_call *call, CURLcode code, struct buf *error,
		      struct outcome *ret)
{
	long status = 0;
	curl_easy_getinfo(call->easy, CURLINFO_RESPONSE_CODE, &status);
	describe(call, code, status, error);
	*ret = (struct outcome){
		.http_status = code == CURLE_OK || status != 200 ? status : 0,
		.error = error->len ? buf_text(error) : NULL,
	};
	if (status != 0 && call->retry_after[0] != '\0')
		ret->has_retry_after = retry_after_parse(
			call->retry_after, clock_now_ms(&(struct clock){ 0 }),
			&ret->retry_after_ms);
}

/* {"Messages": [{"Message": "…"}]}: what the API says of a failure. */
static void add_words(const struct api_call *call, struct buf *ret)
{
	DEFER(json_done)
	struct json *answer = json_parse(buf_text(&call->answer), call->answer.len, NULL);
	const struct json *first = json_first(json_get(answer, "Messages"));
	const char *words = json_string(json_get(first, "Message"));
	char cut[WORDS_SHOWN_MAX];
	if (words == NULL)
		return;
	/* They may repeat what they were sent. */
	DEFER(buf_done) struct buf hidden = BUF_INIT(API_ANSWER_MAX);
	DEFER(buf_done) struct buf safe = BUF_INIT(API_ANSWER_MAX);
	secret_hide(&hidden, words, call->password);
	secret_hide(&safe, buf_text(&hidden), buf_text(&call->login));
	(void)text_cut(cut, sizeof(cut), buf_text(&safe), WORDS_SHOWN_MAX);
	buf_adds(ret, ": ");
	text_add_safe(ret, cut, false);
}

bool api_call_read(const struct api_call *call, const struct outcome *outcome,
		   struct json **ret, struct err *err)
{
	if (outcome->http_status != 200) {
		DEFER(buf_done) struct buf words = BUF_INIT(10 * WORDS_SHOWN_MAX);
		add_words(call, &words);
		return fail(err, ERR_FAILED, "%s%s",
			    outcome->error ? outcome->error : "no answer",
			    buf_text(&words));
	}
	*ret = json_parse(buf_text(&call->answer), call->answer.len, err);
	if (*ret)
		return true;
	err->code = ERR_FAILED;
	return fail_in(err, "the answer is no JSON");
}
