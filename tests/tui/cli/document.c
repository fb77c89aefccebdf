/* import, export, check, rename, service set-url and find-url. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "tests/support/check.h"
#include "tests/support/cli.h"

/* Writes text into a file of the sandbox; returns its path. */
static const char *put_file(const struct sandbox *sandbox, const char *name,
			    const char *text)
{
	static char path[200];
	snprintf(path, sizeof(path), "%s/%s", sandbox->folder, name);
	FILE *file = fopen(path, "we");
	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
	return path;
}

static void import__makes_the_database__and_export_gives_it_back(void **state)
{
	const struct sandbox *sandbox = *state;
	struct stat stat_of;
	assert_int_equal(stat(sandbox->db, &stat_of), 0);
	assert_int_equal(stat_of.st_mode & 0777, 0600);

	char *document = mem_strdup(cli_out(sandbox, 0, "export"));
	assert_holds(document, "Partner API");
	assert_lacks(document, "598f3b0da9ba4738");
	assert_holds(cli_out_fed(sandbox, 0, "import -", document), "Nothing differs");
	assert_string_equal(cli_out(sandbox, 0, "export"), document);
	free(document);
}

static void export__gives_secrets__only_when_asked_and_keeps_that_in_the_audit(
	void **state)
{
	const struct sandbox *sandbox = *state;
	assert_holds(cli_out(sandbox, 0, "export --with-secrets"), "598f3b0da9ba4738");
	const char *only = cli_out(sandbox, 0, "export --secrets-only");
	assert_holds(only, "Hub/Website");
	assert_holds(only, "598f3b0da9ba4738");
	assert_holds(cli_out(sandbox, 0, "--json list audit --limit 1"),
		     "\"action\":\"reveal\"");
}

static void import__round_trips__with_its_secrets_apart(void **state)
{
	const struct sandbox *sandbox = *state;
	struct sandbox other;
	char line[300];
	char *all = mem_strdup(cli_out(sandbox, 0, "export --with-secrets"));
	char *masked = mem_strdup(cli_out(sandbox, 0, "export"));
	const char *secrets = put_file(sandbox, "secrets",
				       cli_out(sandbox, 0, "export --secrets-only"));

	sandbox_open(&other);
	snprintf(line, sizeof(line), "import - --secrets %s", secrets);
	cli_out_fed(&other, 0, line, masked);
	assert_string_equal(cli_out(&other, 0, "export --with-secrets"), all);
	sandbox_close(&other);
	free(all);
	free(masked);
}

static void import__prints_the_plan__in_a_dry_run(void **state)
{
	const struct sandbox *sandbox = *state;
	static const char document[] =
		"{\"hublink\":1,\"monitors\":[{\"name\":\"New\"}]}";
	char *before = mem_strdup(cli_out(sandbox, 0, "export"));
	assert_holds(cli_out_fed(sandbox, 0, "import - --dry-run", document), "New");
	assert_holds(cli_out_fed(sandbox, 0, "--read-only import - --dry-run", document),
		     "New");
	struct json *plan = assert_object(
		cli_out_fed(sandbox, 0, "--json import - --dry-run", document), 0,
		"dry_run changes[] incidents_opened said[]");
	assert_true(json_count(json_get(plan, "changes")) > 0);
	json_free(plan);
	assert_string_equal(cli_out(sandbox, 0, "export"), before);
	free(before);
}

static void import__makes_no_database__in_a_dry_run(void **state)
{
	(void)state;
	struct sandbox empty;
	struct stat stat_of;
	sandbox_open(&empty);
	assert_holds(cli_out_fed(&empty, 0, "import - --dry-run", cli_document),
		     "Partner API");
	assert_int_not_equal(stat(empty.db, &stat_of), 0);
	sandbox_close(&empty);
}

static void import__names_every_fault__and_changes_nothing(void **state)
{
	const struct sandbox *sandbox = *state;
	static const char document[] =
		"{\"hublink\":1,\"monitors\":[{\"name\":\"New\"},{\"name\":\"\"},{"
		"\"nam\":1}],"
		"\"integrations\":[{\"name\":\"I\",\"services\":[{\"name\":\"S\",\"url\":"
		"\"http://public.example/?token=TOPSECRET\"}]}]}";
	char *before = mem_strdup(cli_out(sandbox, 0, "export"));
	const char *said = cli_err_fed(sandbox, 3, "import -", document);
	assert_holds(said, "monitors[1].name");
	assert_holds(said, "monitors[2].nam");
	assert_holds(said, "integrations[0].services[0].url");
	assert_lacks(said, "TOPSECRET");
	assert_holds(said, "nothing was changed");
	assert_string_equal(cli_out(sandbox, 0, "export"), before);
	assert_holds(cli_err_fed(sandbox, 3, "import -", "{"), "line 1");
	assert_holds(cli_err(sandbox, 3, "import /nowhere/at/all"), "/nowhere/at/all");
	free(before);
}

static void check__finds_faults_and_remarks(void **state)
{
	const struct sandbox *sandbox = *state;
	static const char lonely[] =
		"{\"hublink\":1,\"monitors\":[{\"name\":\"Lonely\"}]}";
	char *before = mem_strdup(cli_out(sandbox, 0, "export"));
	assert_holds(cli_out(sandbox, 0, "check"), "nothing to remark");
	assert_holds(cli_out_fed(sandbox, 0, "check -", lonely), "Lonely");
	assert_holds(
		cli_out_fed(sandbox, 0, "check -",
			    "{\"hublink\":1,\"integrations\":[{\"name\":\"Hub\","
			    "\"text\":{\"recovery\":\"{{ @service.name }} is up\"}}]}"),
		"Integration 'Hub': Recovery text has '{{ @service.name }}', which "
		"goes out as it stands: a variable looks like {{@service.name}}\n");
	json_free(assert_object(cli_out_fed(sandbox, 0, "--json check -", lonely), 0,
				"rule path text"));
	assert_holds(cli_err_fed(sandbox, 3, "check -", "{\"hublink\":1,\"monitor\":[]}"),
		     "monitor");
	static const char faulty[] = "{\"hublink\":1,\"monitor\":[],\"monitors\":[{}]}";
	const char *said = cli_out_fed(sandbox, 3, "--json check -", faulty);
	assert_int_equal(count_lines(said), 2);
	assert_holds(said, "{\"rule\":\"fault\",\"path\":\"monitors[0].name\",\"text\":"
			   "\"this is missing\"}\n");
	assert_string_equal(cli_err_fed(sandbox, 3, "--json check -", faulty),
			    "hublink: The document has 2 faults; nothing was changed\n");
	assert_holds(cli_out_fed(sandbox, 3, "--json check -", "{"),
		     "{\"rule\":\"fault\",\"path\":null,\"text\":\"JSON, line 1, ");
	assert_string_equal(cli_out(sandbox, 0, "export"), before);
	free(before);
}

static void rename__keeps_the_record(void **state)
{
	const struct sandbox *sandbox = *state;
	cli_out(sandbox, 0, "event Batch error");
	assert_holds(cli_out(sandbox, 0, "rename monitor Batch 'Nightly batch'"),
		     "Nightly batch");
	assert_holds(cli_out(sandbox, 0, "list monitors"), "Nightly batch");
	assert_holds(
		cli_out(sandbox, 0, "--json rename service 'Partner API' Partners"),
		"{\"kind\":\"service\",\"old\":\"Partner API\",\"new\":\"Partners\"}");
	cli_out(sandbox, 0, "rename service Hub/Partners 'Partner API'");
	cli_out(sandbox, 0, "rename integration Hub StatusHub");
	cli_out(sandbox, 0, "rename integration StatusHub Hub");
	cli_out(sandbox, 0, "rename definition Default Standard");
	cli_out(sandbox, 0, "rename definition Standard Default");
	cli_out(sandbox, 0, "rename monitor 'Nightly batch' Batch");
	int acts = count_lines(cli_out(sandbox, 0, "--json list audit"));
	assert_string_equal(cli_out(sandbox, 0, "rename monitor Batch Batch"),
			    "'Batch' is called so already; nothing was changed\n");
	assert_int_equal(count_lines(cli_out(sandbox, 0, "--json list audit")), acts);
	assert_changes_nothing(sandbox, 5, "rename monitor Nobody Somebody", "Nobody");
	assert_changes_nothing(sandbox, 3, "rename monitor Shop API", "API");
	assert_changes_nothing(sandbox, 3, "rename monitor Shop ''", "ame");
}

static void audit__keeps_who_and_why(void **state) /* I26 */
{
	const struct sandbox *sandbox = *state;
	int before = count_lines(cli_out(sandbox, 0, "--json list audit"));
	cli_out(sandbox, 0, "--because 'a drill' rename monitor Batch Nightly");
	const char *out = cli_out(sandbox, 0, "--json list audit");
	assert_int_equal(count_lines(out), before + 1);
	struct json *row =
		assert_object(out, 0, "actor source because action kind object");
	assert_string_equal(json_string(json_get(row, "because")), "a drill");
	assert_string_equal(json_string(json_get(row, "action")), "rename");
	assert_string_equal(json_string(json_get(row, "source")), "local");
	json_free(row);
	cli_out(sandbox, 0, "rename monitor Nightly Batch");
}

static void set_url__shows_fingerprints__and_never_the_url(void **state)
{
	const struct sandbox *sandbox = *state;
	static const char url[] =
		"https://hub.example/hooks/uptrends?token=fresh0da9ba4738";
	static const char old[] =
		"https://hub.example/hooks/uptrends?token=598f3b0da9ba4738\n";
	const char *out = cli_out_fed(sandbox, 0, "service set-url Website", url);
	assert_holds(out, "Hub/Website: ");
	assert_holds(out, " -> ");
	assert_lacks(out, "token");
	assert_holds(cli_out(sandbox, 0, "export --with-secrets"), "fresh0da9ba4738");
	json_free(assert_object(
		cli_out_fed(sandbox, 0, "--json service set-url Website", old), 0,
		"service integration old new"));
	assert_holds(cli_err_fed(sandbox, 3, "service set-url Website",
				 "http://public.example/"),
		     "http");
	assert_lacks(cli_err_fed(sandbox, 3, "service set-url Website",
				 "ftp://x/?token=NEVERSHOWN"),
		     "NEVERSHOWN");
	cli_err_fed(sandbox, 3, "service set-url Website", "");
	assert_holds(cli_err_fed(sandbox, 3, "service set-url Website",
				 "https://hub.example/hooks/uptrends?token=***"),
		     "has *** in place of its secrets; give it in full");
	cli_err_fed(sandbox, 5, "service set-url Nobody", url);
	assert_holds(cli_out(sandbox, 0, "export --with-secrets"), "598f3b0da9ba4738");
}

static void find_url__names_the_services__of_a_pasted_url(void **state)
{
	const struct sandbox *sandbox = *state;
	static const char url[] =
		"  https://hub.example/hooks/uptrends?token=77aa3b0da9ba1111 \r\n";
	assert_string_equal(cli_out_fed(sandbox, 0, "service find-url -", url),
			    "Hub/Partner API\n");
	json_free(assert_object(cli_out_fed(sandbox, 0, "--json service find-url -", url),
				0, "id service integration"));
	const char *said = cli_err_fed(sandbox, 5, "service find-url -",
				       "https://x.example/?t=SECRET");
	assert_holds(said, "No service");
	assert_lacks(said, "SECRET");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(import__makes_the_database__and_export_gives_it_back),
		cmocka_unit_test(
			export__gives_secrets__only_when_asked_and_keeps_that_in_the_audit),
		cmocka_unit_test(import__round_trips__with_its_secrets_apart),
		cmocka_unit_test(import__prints_the_plan__in_a_dry_run),
		cmocka_unit_test(import__makes_no_database__in_a_dry_run),
		cmocka_unit_test(import__names_every_fault__and_changes_nothing),
		cmocka_unit_test(check__finds_faults_and_remarks),
		cmocka_unit_test(rename__keeps_the_record),
		cmocka_unit_test(audit__keeps_who_and_why),
		cmocka_unit_test(set_url__shows_fingerprints__and_never_the_url),
		cmocka_unit_test(find_url__names_the_services__of_a_pasted_url),
	};
	return cmocka_run_group_tests(tests, cli_setup, cli_teardown);
}
