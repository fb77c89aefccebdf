#include "core/judge/login.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/base/text.h"

/* A variable of the environment, NULL if it is empty. */
static const char *variable(const char *name)
{
	const char *value = getenv(name);
	return value && value[0] != '\0' ? value : NULL;
}

void login_actor(const char *as, const char *because, struct actor *ret)
{
	const struct passwd *account = getpwuid(getuid());
	const char *sudo = variable("SUDO_USER"), *ssh = variable("SSH_CONNECTION");
	DEFER(buf_done)
	struct buf name = BUF_INIT(ACTOR_SIZE * 4);

	*ret = (struct actor){ 0 };
	if (as)
		buf_adds(&name, as);
	else if (account)
		buf_adds(&name, account->pw_name);
	else
		buf_addf(&name, "uid %u", (unsigned)getuid());
	if (sudo && !as)
		buf_addf(&name, " (%s)", sudo);
	text_cut(ret->name, sizeof(ret->name), buf_text(&name), sizeof(ret->name));

	char source[ACTOR_SIZE];
	text_cut(source, sizeof(source), ssh ? ssh : "local", sizeof(source));
	source[strcspn(source, " ")] = '\0';
	text_cut(ret->source, sizeof(ret->source), source, sizeof(ret->source));
	if (because)
		text_cut(ret->because, sizeof(ret->because), because, MESSAGE_CHARS_MAX);
}
