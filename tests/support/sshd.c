#include "tests/support/sshd.h"

#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/clock.h"
#include "tests/support/check.h"
#include "tests/support/cli.h"

static const char daemon_path[] = "/usr/sbin/sshd", client_path[] = "/usr/bin/ssh";
static const char keygen_path[] = "/usr/bin/ssh-keygen";

static const char *const operators[] = { SSHD_ADMIN, SSHD_RESPONDER, SSHD_VIEWER };

static void make_key(const struct sshd *sshd, const char *name)
{
	DEFER(ran_done) struct ran ran = { 0 };
	char path[128];
	const char *argv[] = { keygen_path, "-q", "-t", "ed25519", "-N",
			       "",          "-f", path, NULL };

	(void)snprintf(path, sizeof(path), "%s/%s", sshd->scene.sandbox.folder, name);
	run_program(&ran, argv, NULL, NULL);
	assert_int_equal(ran.exit_code, 0);
}

/* "ssh-ed25519 AAAA…" of a key that was made. */
static void public_key(const struct sshd *sshd, const char *name, struct buf *ret)
{
	char path[128], line[512] = "";

	(void)snprintf(path, sizeof(path), "%s/%s.pub", sshd->scene.sandbox.folder, name);
	FILE *file = fopen(path, "re");
	assert_non_null(file);
	assert_non_null(fgets(line, sizeof(line), file));
	fclose(file);
	char *comment = strchr(strchr(line, ' ') + 1, ' ');
	buf_add(ret, line,
		comment != NULL ? (size_t)(comment - line) : strcspn(line, "\n"));
}

static void use_our_hublink(const struct sshd *sshd, struct buf *text)
{
	DEFER(buf_done) struct buf ours = BUF_INIT(8192);

	buf_addf(&ours, "%s --db %s gate", program_path("hublink"),
		 sshd->scene.sandbox.db);
	readme_replace(text, "/usr/local/bin/hublink gate", buf_text(&ours));
}

static void write_keys(const struct sshd *sshd)
{
	DEFER(buf_done) struct buf text = BUF_INIT(SCENE_FILE_MAX);

	readme_block("authorized_keys", &text);
	for (size_t i = 0; i < COUNT_OF(operators); i++) {
		DEFER(buf_done) struct buf key = BUF_INIT(1024);
		DEFER(buf_done) struct buf placeholder = BUF_INIT(100);
		buf_addf(&placeholder, "ssh-ed25519 AAAA… %s", operators[i]);
		make_key(sshd, operators[i]);
		public_key(sshd, operators[i], &key);
		readme_replace(&text, buf_text(&placeholder), buf_text(&key));
	}
	use_our_hublink(sshd, &text);
	scene_write(&sshd->scene, "authorized_keys", buf_text(&text));
}

static void write_server(const struct sshd *sshd, int port, const char *account)
{
	const char *folder = sshd->scene.sandbox.folder;
	DEFER(buf_done) struct buf text = BUF_INIT(SCENE_FILE_MAX);
	DEFER(buf_done) struct buf block = BUF_INIT(SCENE_FILE_MAX);
	DEFER(buf_done) struct buf match = BUF_INIT(100);

	buf_addf(&text,
		 "ListenAddress 127.0.0.1\nPort %d\nHostKey %s/host\nPidFile none\n"
		 "AuthorizedKeysFile %s/authorized_keys\nStrictModes no\nUsePAM no\n"
		 "PasswordAuthentication no\nKbdInteractiveAuthentication no\n"
		 "Subsystem sftp internal-sftp\nPrintMotd no\nPrintLastLog no\n"
		 "AcceptEnv *\n", /* the most careless server there is */
		 port, folder, folder);
	readme_block("sshd", &block);
	buf_addf(&match, "Match User %s", account);
	readme_replace(&block, "Match User hublink", buf_text(&match));
	buf_adds(&text, buf_text(&block));
	scene_write(&sshd->scene, "sshd_config", buf_text(&text));
}

static void write_client(const struct sshd *sshd, int port, const char *account)
{
	DEFER(buf_done) struct buf text = BUF_INIT(SCENE_FILE_MAX);

	buf_addf(&text,
		 "HostName 127.0.0.1\nPort %d\nUser %s\nIdentitiesOnly yes\nBatchMode "
		 "yes\n"
		 "IdentityAgent none\nStrictHostKeyChecking no\nUserKnownHostsFile "
		 "/dev/null\n"
		 "LogLevel ERROR\n",
		 port, account);
	for (size_t i = 0; i < COUNT_OF(operators); i++)
		buf_addf(&text, "Host %s\nIdentityFile %s/%s\n", operators[i],
			 sshd->scene.sandbox.folder, operators[i]);
	scene_write(&sshd->scene, "ssh_config", buf_text(&text));
}

static void start(struct sshd *sshd)
{
	char config[128];
	const char *argv[] = { daemon_path, "-D", "-e", "-f", config, NULL };
	int64_t until_ms = clock_boot_ms() + SCENE_WAIT_MS;
	int code = 255;

	(void)snprintf(config, sizeof(config), "%s/sshd_config",
		       sshd->scene.sandbox.folder);
	sshd->pid = scene_start(&sshd->scene, argv, "sshd.log");
	while (code == 255 && clock_boot_ms() < until_ms) {
		DEFER(ran_done) struct ran ran = { 0 };
		(void)poll(NULL, 0, SCENE_LOOK_EVERY_MS);
		code = sshd_run(sshd, &ran, SSHD_VIEWER, NULL, "version");
	}
	assert_int_equal(code, 0);
}

int sshd_open(void **state)
{
	scene_skip_without(daemon_path, "openssh-server");
	scene_skip_without(client_path, "openssh-client");
	struct sshd *sshd = mem_new(1, sizeof(*sshd));
	const struct passwd *account = getpwuid(geteuid());
	int port = scene_free_port();

	*state = sshd;
	sandbox_open(&sshd->scene.sandbox);
	(void)cli_out_fed(&sshd->scene.sandbox, 0, "import -", cli_document);
	assert_non_null(account);
	if (geteuid() == 0)
		(void)mkdir("/run/sshd", 0755); /* as its unit does */
	make_key(sshd, "host");
	write_keys(sshd);
	write_server(sshd, port, account->pw_name);
	write_client(sshd, port, account->pw_name);
	start(sshd);
	return 0;
}

int sshd_close(void **state)
{
	struct sshd *sshd = *state;

	(void)scene_end(&sshd->pid, SIGTERM);
	sandbox_close(&sshd->scene.sandbox);
	free(sshd);
	return 0;
}

/* What a client would send that hopes for a careless server. */
static const char *const hostile_variables[] = {
	"HUBLINK_DB=/nonexistent/other.db",
	"HUBLINK_CAPTION=/etc/passwd",
	"EDITOR=/bin/sh",
	"VISUAL=/bin/sh",
	"PAGER=/bin/sh",
	"TERMINFO=/nonexistent",
	"TERMINFO_DIRS=/nonexistent",
	"XDG_DATA_HOME=/nonexistent",
	"XDG_CONFIG_HOME=/nonexistent",
	"SUDO_USER=mallory",
	"SSH_CONNECTION=192.0.2.66 1 192.0.2.1 22",
	"LINES=100000",
	"HOME=/nonexistent",
	NULL
};
static const char send_all[] = "SendEnv=HUBLINK_* EDITOR VISUAL PAGER TERMINFO* XDG_* "
			       "SUDO_USER LINES HOME SSH_*";

int sshd_run(const struct sshd *sshd, struct ran *ret, const char *operator_name,
	     const char *options, const char *line)
{
	char config[128];
	const char *argv[12] = { client_path, "-F", config, "-o", send_all };
	size_t count = 5;

	(void)snprintf(config, sizeof(config), "%s/ssh_config",
		       sshd->scene.sandbox.folder);
	if (options != NULL)
		argv[count++] = options;
	argv[count++] = operator_name;
	if (line != NULL)
		argv[count++] = line;
	run_program(ret, argv, NULL, hostile_variables);
	return ret->exit_code;
}

struct vt *sshd_terminal(const struct sshd *sshd, const char *operator_name,
			 const char *line)
{
	char config[128];
	const char *argv[] = { client_path, "-tt",         "-F", config, "-o",
			       send_all,    operator_name, line, NULL };
	const char *environment[COUNT_OF(hostile_variables) + 4];
	size_t count = 0;

	(void)snprintf(config, sizeof(config), "%s/ssh_config",
		       sshd->scene.sandbox.folder);
	while (hostile_variables[count] != NULL) {
		environment[count] = hostile_variables[count];
		count++;
	}
	environment[count++] = "TERM=xterm-256color";
	environment[count++] = "LC_ALL=C.UTF-8";
	environment[count++] = "NO_COLOR";
	environment[count] = NULL;
	return vt_open(80, 24, argv, environment);
}
