#include "tests/support/scene.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/clock.h"
#include "core/base/text.h"
#include "tests/support/check.h"
#include "tests/support/cli.h"

/* ---- children ---- */

pid_t scene_start(struct scene *s, const char *const *argv, const char *output)
{
	char path[256];
	(void)snprintf(path, sizeof(path), "%s/%s", s->sandbox.folder, output);
	fflush(NULL);
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid > 0)
		return pid;
	int out = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	int in = open("/dev/null", O_RDONLY | O_CLOEXEC);
	dup2(in, STDIN_FILENO);
	dup2(out, STDOUT_FILENO);
	dup2(out, STDERR_FILENO);
	execv(argv[0], (char *const *)(uintptr_t)argv);
	_exit(126);
}

int scene_end(pid_t *pid, int signal_number)
{
	int status;
	assert_int_equal(kill(*pid, signal_number), 0);
	assert_int_equal(waitpid(*pid, &status, 0), *pid);
	*pid = 0;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static void read_whole(const char *path, char *ret)
{
	FILE *file = fopen(path, "re");
	size_t bytes = file ? fread(ret, 1, SCENE_FILE_MAX - 1, file) : 0;
	ret[bytes] = '\0';
	if (file)
		fclose(file);
}

void scene_write(const struct scene *s, const char *name, const char *text)
{
	char path[256];
	(void)snprintf(path, sizeof(path), "%s/%s", s->sandbox.folder, name);
	FILE *file = fopen(path, "we");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	fclose(file);
}

/* The engine on that port; 0: a free one. Waits until it listens. */
void scene_start_engine(struct scene *s)
{
	static const char said[] = "Listening on http://";
	const char *const argv[] = { program_path("hublink-engine"),
				     "engine",
				     "--db",
				     s->sandbox.db,
				     "--listen",
				     *s->address ? s->address : "127.0.0.1:0",
				     NULL };
	char path[256], *log = mem_new(SCENE_FILE_MAX, 1), *at = NULL;
	int64_t until_ms = clock_boot_ms() + SCENE_WAIT_MS;
	s->engine = scene_start(s, argv, "engine.log");
	(void)snprintf(path, sizeof(path), "%s/engine.log", s->sandbox.folder);
	while (!at && clock_boot_ms() < until_ms) {
		(void)poll(NULL, 0, SCENE_LOOK_EVERY_MS);
		read_whole(path, log);
		at = strstr(log, "works on") ? strstr(log, said) : NULL;
	}
	if (!at)
		fail_msg("the engine does not listen: %s", log);
	at += strlen(said);
	at[strcspn(at, "\n")] = '\0';
	assert_true(text_copy(s->address, sizeof(s->address), at));
	free(log);
}

int scene_free_port(void)
{
	struct sockaddr_in in = { .sin_family = AF_INET,
				  .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t bytes = sizeof(in);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&in, bytes), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&in, &bytes), 0);
	close(fd);
	return ntohs(in.sin_port);
}

/* ---- life ---- */

static void import(const struct scene *s)
{
	char document[1024];
	(void)snprintf(
		document, sizeof(document),
		"{\"hublink\":1,\"monitors\":[{\"name\":\"Shop\"}],\"integrations\":[{"
		"\"name\":\"Hub\",\"services\":[{\"name\":\"Website\",\"url\":"
		"\"%s/hooks/"
		"uptrends?token=website\"}]}],\"alert_definitions\":[{\"name\":"
		"\"Default\",\"monitors\":[\"Shop\"],\"levels\":[{\"level\":1,\"after\":"
		"{\"errors\":1},\"integrations\":[{\"integration\":\"Hub\",\"active\":"
		"true,"
		"\"links\":[{\"monitor\":\"Shop\",\"service\":\"Website\"}]}]}]}]}",
		s->hub.address);
	(void)cli_out_fed(&s->sandbox, 0, "import -", document);
	(void)cli_out(&s->sandbox, 0, "mode live --yes");
}

int scene_open(void **state)
{
	struct scene *s = mem_new(1, sizeof(*s));
	*state = s;
	sandbox_open(&s->sandbox);
	s->hub = HUB_START();
	import(s);
	const char *token = cli_out(&s->sandbox, 0, "token new sender");
	assert_true(text_copy(s->token, sizeof(s->token), token));
	s->token[64] = '\0';
	scene_start_engine(s);
	return 0;
}

int scene_close(void **state)
{
	struct scene *s = *state;
	if (s->peer)
		(void)scene_end(&s->peer, SIGTERM); /* with its workers */
	if (s->engine)
		(void)scene_end(&s->engine, SIGKILL);
	hub_stop(&s->hub, SIGTERM);
	sandbox_close(&s->sandbox);
	free(s);
	return 0;
}

void scene_skip_without(const char *program, const char *package)
{
	if (access(program, X_OK) == 0)
		return;
	print_message("NOT TESTED: %s is missing (package %s)\n", program, package);
	skip();
}

/* ---- asking ---- */

/* Status of a request to the listener; 0: no answer. */
long scene_ask(const struct scene *s, const char *path, const char *body)
{
	char url[200], header[200];
	long status = 0;
	CURL *curl = curl_easy_init();
	struct curl_slist *headers =
		curl_slist_append(NULL, "Content-Type: application/json");
	(void)snprintf(header, sizeof(header), "Authorization: Bearer %s", s->token);
	headers = curl_slist_append(headers, header);
	(void)snprintf(url, sizeof(url), "http://%s%s", s->address, path);
	FILE *nowhere = fopen("/dev/null", "we");
	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, 30L);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, nowhere);
	if (body)
		curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
	if (curl_easy_perform(curl) == CURLE_OK)
		curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	curl_slist_free_all(headers);
	curl_easy_cleanup(curl);
	fclose(nowhere);
	return status;
}

/* Until the stand-in StatusHub shows the service like this. */
void scene_wait_for_page(const struct scene *s, const char *expected)
{
	int64_t until_ms = clock_boot_ms() + SCENE_WAIT_MS;
	const char *shown = NULL;
	char last[64] = "nothing";
	while (!text_equal(last, expected) && clock_boot_ms() < until_ms) {
		(void)poll(NULL, 0, SCENE_LOOK_EVERY_MS);
		struct json *page = hub_state_of(&s->hub);
		const struct json *service = json_first(json_get(page, "services"));
		shown = json_string(json_get(service, "status"));
		assert_true(text_copy(last, sizeof(last), shown ? shown : "nothing"));
		json_free(page);
	}
	assert_string_equal(last, expected);
}

int64_t scene_count(const struct scene *s, const char *sql)
{
	sqlite3 *db = NULL;
	sqlite3_stmt *statement = NULL;
	assert_int_equal(sqlite3_open(s->sandbox.db, &db), SQLITE_OK);
	sqlite3_busy_timeout(db, SCENE_WAIT_MS);
	if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
	int64_t number = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	sqlite3_close(db);
	return number;
}

void scene_wait_for_count(const struct scene *s, const char *sql, int64_t expected)
{
	int64_t until_ms = clock_boot_ms() + SCENE_WAIT_MS;
	while (scene_count(s, sql) != expected && clock_boot_ms() < until_ms)
		(void)poll(NULL, 0, SCENE_LOOK_EVERY_MS);
	assert_int_equal(scene_count(s, sql), expected);
}

/* ---- the README ---- */

/* The block of that name, with `from` replaced by `to` everywhere. */
void readme_block(const char *name, struct buf *ret)
{
	char marker[64], *readme = mem_new(SCENE_FILE_MAX, 1);
	(void)snprintf(marker, sizeof(marker), "<!-- tested: %s -->\n```", name);
	read_whole(HUBLINK_SOURCE "/README.md", readme);
	const char *block = strstr(readme, marker);
	if (!block)
		fail_msg("the README has no block '%s'", name);
	block = strchr(block + strlen(marker), '\n') + 1;
	buf_add(ret, block, (size_t)(strstr(block, "```") - block));
	free(readme);
}

/* Every `from` in the text becomes `to`; there must be one. */
void readme_replace(struct buf *text, const char *from, const char *to)
{
	struct buf changed = BUF_INIT(SCENE_FILE_MAX);
	const char *rest = buf_text(text), *at;
	assert_non_null(strstr(rest, from));
	while ((at = strstr(rest, from))) {
		buf_add(&changed, rest, (size_t)(at - rest));
		buf_adds(&changed, to);
		rest = at + strlen(from);
	}
	buf_adds(&changed, rest);
	buf_done(text);
	*text = changed;
}
