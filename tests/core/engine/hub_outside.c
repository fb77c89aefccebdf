/* The stand-in from outside: its options, its page, its ledger, and who waits for whom. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/compiler.h"
#include "core/base/random.h"
#include "tests/support/check.h"
#include "tests/support/hub.h"

static void hub__refuses_a_body__beyond_a_mebibyte(void **state)
{
	struct hub hub = HUB_START();
	char *body = mem_new(1024 * 1024 + 2, 1);

	(void)state;
	memset(body, ' ', 1024 * 1024 + 1);
	assert_int_equal(hub_status(&hub, "/hooks/x?token=t", body, NULL), 413);
	free(body);
	hub_stop(&hub, SIGTERM);
}

static void await_waiting(const struct hub *hub, int64_t expected)
{
	int64_t waiting = -1;
	for (int i = 0; i < 100000 && waiting != expected; i++) {
		struct json *document = hub_state_of(hub);
		waiting = number_of(document, "waiting");
		json_free(document);
	}
	assert_int_equal(waiting, expected);
}

/* With an hour of latency others are still answered; the one that waits is when the hub
 * ends. */
static void hub__lets_others_pass__while_one_waits(void **state)
{
	struct hub hub = HUB_START("--latency", "1h");
	char body[UPDATE_SIZE];
	int status;

	(void)state;
	fflush(NULL);
	pid_t pid = fork();
	if (pid == 0) {
		an_update(body, "i", "investigating", NULL);
		_exit(hub_status(&hub, "/hooks/x?token=t", body, "k") == 200 ? 0 : 1);
	}
	await_waiting(&hub, 1);
	assert_int_equal(hub_status(&hub, "/control", "{\"latency_ms\":1}", NULL), 200);
	assert_int_equal(hub_status(&hub, "/hooks/y?token=t",
				    an_update(body, "j", "investigating", NULL), "l"),
			 200);
	await_waiting(&hub, 1);
	hub_stop(&hub, SIGTERM);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(WEXITSTATUS(status), 0);
}

static void hub__shows_a_page__that_says_it_is_a_stand_in(void **state)
{
	struct hub hub = HUB_START();
	char body[UPDATE_SIZE];

	(void)state;
	hub_status(&hub, "/hooks/x?token=secret-token",
		   an_update(body, "i", "investigating", "down"), "k");
	struct answer page = hub_ask(&hub, "/", NULL, NULL);
	assert_int_equal(page.status, 200);
	assert_non_null(strstr(buf_text(&page.body),
			       "stand-in for demonstrations, not StatusHub"));
	assert_non_null(
		strstr(buf_text(&page.body), "Web&lt;site&gt;: Service disruption"));
	assert_non_null(strstr(buf_text(&page.body), "Service disruption</span>"));
	assert_null(strstr(buf_text(&page.body), "<site>"));
	assert_null(strstr(buf_text(&page.body), "secret-token"));
	buf_done(&page.body);

	struct answer answer = hub_ask(&hub, "/state", NULL, NULL);
	assert_non_null(strstr(buf_text(&answer.body), "not StatusHub"));
	assert_null(strstr(buf_text(&answer.body), "secret-token"));
	buf_done(&answer.body);
	hub_stop(&hub, SIGTERM);
}

static void hub__writes_a_ledger__of_every_post(void **state)
{
	char folder[] = "/tmp/hublink-hub-XXXXXX", path[64], line[4096],
	     body[UPDATE_SIZE];

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/ledger", folder);
	struct hub hub = HUB_START("--log", path);
	hub_status(&hub, "/hooks/x?token=t1", an_update(body, "i", "investigating", NULL),
		   "k");
	hub_status(&hub, "/hooks/x?token=t1", "not json", NULL);
	hub_stop(&hub, SIGTERM);

	FILE *ledger = fopen(path, "r");
	assert_non_null(fgets(line, sizeof(line), ledger));
	struct json *entry = json_parse(line, strlen(line), NULL);
	char service[FINGERPRINT_SIZE];
	assert_text(entry, "service", fingerprint(service, "t1"));
	assert_text(entry, "key", "k");
	assert_text(entry, "path", "/hooks/x");
	assert_text(entry, "body", body);
	assert_int_equal(number_of(entry, "status"), 200);
	json_free(entry);
	assert_non_null(fgets(line, sizeof(line), ledger));
	entry = json_parse(line, strlen(line), NULL);
	assert_text(entry, "body", "not json");
	assert_int_equal(number_of(entry, "status"), 400);
	json_free(entry);
	assert_null(fgets(line, sizeof(line), ledger));
	fclose(ledger);
	unlink(path);
	rmdir(folder);
}

static void hub_main__ends_with_2_or_3__for_wrong_options(void **state)
{
	static const struct {
		const char *arguments[4];
		int exit_code;
		const char *said;
	} cases[] = {
		{ { "--colour", "red" }, 2, "--colour" },
		{ { "8080" }, 2, "8080" },
		{ { "--listen" }, 2, "needs a value" },
		{ { "--listen", "0.0.0.0:80" }, 3, "loopback" },
		{ { "--listen", "192.168.1.2:80" }, 3, "loopback" },
		{ { "--listen", "[::]:80" }, 3, "loopback" },
		{ { "--listen", "127.0.0.1" }, 3, "ADDRESS:PORT" },
		{ { "--listen", "127.0.0.1:65536" }, 3, "ADDRESS:PORT" },
		{ { "--latency", "fast" }, 3, "--latency" },
		{ { "--fail", "101" }, 3, "--fail" },
		{ { "--drop=-1" }, 3, "--drop" },
		{ { "--status", "99" }, 3, "--status" },
		{ { "--retry-after", "1.5" }, 3, "whole number" },
		{ { "--log", "/nonexistent/ledger" }, 3, "its folder does not exist" },
		{ { "--log", "/dev/null/ledger" }, 3, "--log /dev/null/ledger" },
		{ { "--log", "/" }, 3, "name another file" },
		{ { "--log", "" }, 3, "is empty" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		char line[500];
		int status;
		FILE *out;
		pid_t pid = hub_fork(cases[i].arguments, &out);
		assert_non_null(fgets(line, sizeof(line), out));
		assert_non_null(strstr(line, cases[i].said));
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_int_equal(WEXITSTATUS(status), cases[i].exit_code);
		fclose(out);
	}
}

static void hub_main__says_so__when_the_port_is_taken(void **state)
{
	struct hub hub =
		HUB_START("--db", "ignored", "--color", "never", "--listen", "[::1]:0");
	char line[500];
	int status;
	FILE *out;

	(void)state;
	const char *address = hub.address + strlen("http://");
	pid_t pid = hub_fork((const char *const[]){ "--listen", address, NULL }, &out);
	assert_non_null(fgets(line, sizeof(line), out));
	assert_non_null(strstr(line, "--listen"));
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(WEXITSTATUS(status), 1);
	fclose(out);
	hub_stop(&hub, SIGTERM);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hub__refuses_a_body__beyond_a_mebibyte),
		cmocka_unit_test(hub__lets_others_pass__while_one_waits),
		cmocka_unit_test(hub__shows_a_page__that_says_it_is_a_stand_in),
		cmocka_unit_test(hub__writes_a_ledger__of_every_post),
		cmocka_unit_test(hub_main__ends_with_2_or_3__for_wrong_options),
		cmocka_unit_test(hub_main__says_so__when_the_port_is_taken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
