/* hublink token: made once, listed without the secret, revoked. */
#include <string.h>

#include "core/base/random.h"
#include "tests/support/check.h"
#include "tests/support/cli.h"

static void token_new__prints_the_token_alone__on_standard_output(void **state)
{
	const struct sandbox *sandbox = *state;
	char token[80], hash[SHA256_HEX_SIZE];
	const char *out = cli_out(sandbox, 0, "token new prober");
	assert_int_equal(strlen(out), 65);
	assert_int_equal(strspn(out, "0123456789abcdef"), 64);
	memcpy(token, out, 64);
	token[64] = '\0';
	assert_lacks(cli_out(sandbox, 0, "token new other"), token);
	sha256_hex(hash, token, 64);
	assert_lacks(cli_out(sandbox, 0, "--json list audit"), token);
	assert_lacks(cli_out(sandbox, 0, "--json token list"), token);
	assert_lacks(cli_out(sandbox, 0, "--json token list"), hash);
	assert_lacks(cli_out(sandbox, 0, "export --with-secrets"), token);
}

static void token_list__shows_names_and_times__and_no_secret(void **state)
{
	const struct sandbox *sandbox = *state;
	assert_holds(cli_err(sandbox, 0, "token list"), "hublink token new");
	cli_out(sandbox, 0, "--json token new prober");
	json_free(assert_object(cli_out(sandbox, 0, "--json token list"), 0,
				"id name created_at last_used_at"));
	assert_holds(cli_out(sandbox, 0, "token list"), "prober");
}

static void token__ends__with_the_contracts_exit_codes(void **state)
{
	const struct sandbox *sandbox = *state;
	struct json *made = assert_object(cli_out(sandbox, 0, "--json token new prober"),
					  0, "name token");
	json_free(made);
	assert_changes_nothing(sandbox, 3, "token new prober", "already");
	assert_changes_nothing(sandbox, 3, "token new ''", "1 to 120");
	assert_changes_nothing(sandbox, 5, "token revoke prover",
			       "'prober' is the nearest");
	assert_changes_nothing(sandbox, 2, "token new", "NAME");
	assert_changes_nothing(sandbox, 2, "token", "new|list|revoke");
	assert_changes_nothing(sandbox, 4, "--read-only token new other", "read-only");
	assert_holds(cli_out(sandbox, 0, "token revoke prober"), "revoked");
	assert_changes_nothing(sandbox, 5, "token revoke prober", "does not exist");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			token_new__prints_the_token_alone__on_standard_output, cli_setup,
			cli_teardown),
		cmocka_unit_test_setup_teardown(
			token_list__shows_names_and_times__and_no_secret, cli_setup,
			cli_teardown),
		cmocka_unit_test_setup_teardown(
			token__ends__with_the_contracts_exit_codes, cli_setup,
			cli_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
