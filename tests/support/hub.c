#include "tests/support/hub.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/text.h"
#include "core/engine/commands.h"
#include "tests/support/check.h"

enum { ANSWER_SIZE_MAX = 4 * 1024 * 1024, ARGUMENTS_MAX = 10 };

pid_t hub_fork(const char *const *arguments, FILE **ret_out)
{
	int out[2];
	char *argv[ARGUMENTS_MAX + 2] = { (char *)(uintptr_t) "hub" };
	int argc = 1;
	while (arguments[argc - 1] != NULL) {
		argv[argc] = (char *)(uintptr_t)arguments[argc - 1];
		argc++;
	}
	fflush(NULL);
	assert_int_equal(pipe(out), 0);
	pid_t pid = fork();
	if (pid == 0) {
		dup2(out[1], STDOUT_FILENO);
		dup2(out[1], STDERR_FILENO);
		close(out[0]);
		close(out[1]);
		_exit(hub_main(argc, argv));
	}
	close(out[1]);
	*ret_out = fdopen(out[0], "r");
	return pid;
}

struct hub hub_start(const char *const *arguments)
{
	static const char announcement[] = "listening on ";
	struct hub hub;
	char line[100];

	hub.pid = hub_fork(arguments, &hub.out);
	assert_non_null(fgets(line, sizeof(line), hub.out));
	assert_true(text_starts_with(line, announcement));
	line[strcspn(line, "\n")] = '\0';
	assert_true(
		text_copy(hub.address, sizeof(hub.address), line + strlen(announcement)));
	return hub;
}

void hub_stop(struct hub *hub, int signal_number)
{
	int status;
	assert_int_equal(kill(hub->pid, signal_number), 0);
	assert_int_equal(waitpid(hub->pid, &status, 0), hub->pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	fclose(hub->out);
}

static size_t keep_body(char *bytes, size_t size, size_t count, void *arg)
{
	struct answer *answer = arg;
	buf_add(&answer->body, bytes, size * count);
	return size * count;
}

static size_t keep_header(char *bytes, size_t size, size_t count, void *arg)
{
	struct answer *answer = arg;
	static const char name[] = "Retry-After: ";
	if (size * count > strlen(name) && memcmp(bytes, name, strlen(name)) == 0)
		snprintf(answer->retry_after, sizeof(answer->retry_after), "%.*s",
			 (int)(size * count - strlen(name) - 2), bytes + strlen(name));
	return size * count;
}

struct answer hub_ask(const struct hub *hub, const char *path, const char *body,
		      const char *key)
{
	struct answer answer = { .body = BUF_INIT(ANSWER_SIZE_MAX) };
	char url[200], key_header[100];
	CURL *curl = curl_easy_init();
	struct curl_slist *headers =
		curl_slist_append(NULL, "Content-Type: application/json");

	snprintf(url, sizeof(url), "%s%s", hub->address, path);
	if (key != NULL) {
		snprintf(key_header, sizeof(key_header), "Idempotency-Key: %s", key);
		headers = curl_slist_append(headers, key_header);
	}
	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, 30L);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, keep_body);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, keep_header);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, &answer);
	if (body != NULL)
		curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
	answer.code = curl_easy_perform(curl);
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer.status);
	curl_slist_free_all(headers);
	curl_easy_cleanup(curl);
	return answer;
}

long hub_status(const struct hub *hub, const char *path, const char *body,
		const char *key)
{
	struct answer answer = hub_ask(hub, path, body, key);
	buf_done(&answer.body);
	return answer.status;
}

const char *an_update(char ret[UPDATE_SIZE], const char *id, const char *state,
		      const char *service_status)
{
	char more[60] = "";
	if (service_status != NULL)
		snprintf(more, sizeof(more), ",\"service_status\":\"%s\"",
			 service_status);
	snprintf(ret, UPDATE_SIZE,
		 "{\"type\":\"incident\",\"id\":\"%s\",\"title\":\"Web<site>: Service "
		 "disruption\","
		 "\"description\":\"now %s\",\"start_time\":\"2026-11-23T14:02:51Z\","
		 "\"state\":\"%s\"%s}",
		 id, state, state, more);
	return ret;
}

struct json *hub_state_of(const struct hub *hub)
{
	struct answer answer = hub_ask(hub, "/state", NULL, NULL);
	assert_int_equal(answer.status, 200);
	struct json *document = json_parse(answer.body.data, answer.body.len, NULL);
	assert_non_null(document);
	buf_done(&answer.body);
	return document;
}

int64_t number_of(const struct json *document, const char *key)
{
	int64_t number = -1;
	assert_true(json_integer(json_get(document, key), &number));
	return number;
}

void assert_text(const struct json *object, const char *key, const char *expected)
{
	assert_string_equal(json_string(json_get(object, key)), expected);
}
