/* hublink probe: one check now, each of its phases, and the exit codes. */
#include <stdio.h>

#include "tests/support/check.h"
#include "tests/support/cli.h"
#include "tests/support/receiver.h"

static struct receiver *receiver;

static int set_up(void **state)
{
	char document[600], url[128];
	cli_setup(state);
	receiver = receiver_new();
	(void)snprintf(document, sizeof(document),
		       "{\"hublink\":1,\"monitors\":[{\"name\":\"Lonely\"},{\"name\":"
		       "\"Shop\",\"check\":{\"type\":\"http\",\"target\":\"%s\"}}]}",
		       receiver_url(receiver, "/health?key=s3cr3t", url, sizeof(url)));
	cli_out_fed(*state, 0, "import -", document);
	return 0;
}

static int tear_down(void **state)
{
	receiver_free(receiver);
	return cli_teardown(state);
}

static void probe__shows_each_phase__and_records_nothing(void **state)
{
	const struct sandbox *sandbox = *state;
	const char *out = cli_out(sandbox, 0, "probe Shop");
	assert_holds(out, "Shop: ok, HTTP 200\n");
	assert_holds(out, "  connect ");
	assert_holds(out, "  total ");
	json_free(assert_object(cli_out(sandbox, 0, "--json probe Shop"), 0,
				"monitor ok verdict http_status resolve_us connect_us "
				"tls_us first_byte_us total_us message"));
	assert_lacks(cli_out(sandbox, 0, "--json list monitors"), "\"last_check\":{");
	assert_lacks(cli_out(sandbox, 0, "--json list monitors"), "s3cr3t");
}

static void probe__ends__with_the_contracts_exit_codes(void **state)
{
	const struct sandbox *sandbox = *state;
	receiver_rule(receiver, (struct receiver_rule){ .status = 500 });
	assert_holds(cli_out(sandbox, 1, "probe Shop"),
		     "Shop: failed: HTTP 500, expected 200-399\n");
	assert_changes_nothing(sandbox, 3, "probe Lonely", "has no check");
	assert_changes_nothing(sandbox, 5, "probe Shoq", "'Shop' is the nearest");
	assert_changes_nothing(sandbox, 2, "probe", "MONITOR");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			probe__shows_each_phase__and_records_nothing, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			probe__ends__with_the_contracts_exit_codes, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
