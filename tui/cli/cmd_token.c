/* token: who may post events to the listener. A token is shown once and kept nowhere. */
#include <inttypes.h>

#include "core/base/random.h"
#include "core/store_sources.h"
#include "tui/cli/cli.h"
#include "tui/cli/commands.h"
#include "tui/cli/table.h"

enum { TOKEN_WORDS = 4, TOKEN_SIZE = TOKEN_WORDS * 16 + 1 };

/* 256 random bits. */
static void make_token(char ret[TOKEN_SIZE])
{
	for (int i = 0; i < TOKEN_WORDS; i++)
		snprintf(ret + (ptrdiff_t)16 * i, 17, "%016" PRIx64, random_u64());
}

static bool run_new(struct cli *cli, const struct arguments *args, struct err *err)
{
	const char *name = word_at(args, 0);
	char token[TOKEN_SIZE], hash[SHA256_HEX_SIZE];
	make_token(token);
	sha256_hex(hash, token, sizeof(token) - 1);
	if (!cli_open(cli, STORE_WRITE, err) ||
	    !store_token_add(cli->store, name, hash, err))
		return false;
	cli_say(cli, "%s", token);
	cli_note("This is the only time that the token is shown; senders give it as "
		 "Authorization: Bearer TOKEN");
	if (cli->json) {
		DEFER(reply_done) struct reply reply = { 0 };
		struct json_writer *w = reply_open(&reply);
		json_put_string(w, "name", name);
		json_put_string(w, "token", token);
		reply_send(&reply);
	}
	return true;
}

struct token_list {
	struct cli *cli;
	struct table table;
	struct reply reply;
};

static bool token_row(void *arg, const struct token *token)
{
	struct token_list *list = arg;
	if (!list->cli->json) {
		table_cell(&list->table, TONE_STRONG, token->name);
		table_time(&list->table, token->created_ms);
		table_time(&list->table, token->used_ms);
		return true;
	}
	struct json_writer *w = reply_open(&list->reply);
	json_put_integer(w, "id", token->id);
	json_put_string(w, "name", token->name);
	json_put_time(w, "created_at", token->created_ms);
	json_put_time(w, "last_used_at", token->used_ms);
	reply_send(&list->reply);
	return true;
}

static bool run_list(struct cli *cli, const struct arguments *args, struct err *err)
{
	struct token_list list = { .cli = cli };
	(void)args;
	if (!cli_open(cli, STORE_READ, err))
		return false;
	if (!cli->json)
		table_open(&list.table, cli, "NAME|CREATED|LAST USED");
	bool listed = store_list_tokens(cli->store, token_row, &list, err);
	if (listed && !cli->json)
		table_close(&list.table,
			    "No tokens; `hublink token new NAME` makes one.");
	reply_done(&list.reply);
	table_done(&list.table);
	return listed;
}

static bool run_revoke(struct cli *cli, const struct arguments *args, struct err *err)
{
	const char *name = word_at(args, 0);
	if (!cli_open(cli, STORE_WRITE, err) ||
	    !store_token_revoke(cli->store, name, err))
		return false;
	cli_say(cli, "Token '%s' is revoked; what it is sent with is refused from now on",
		name);
	if (cli->json) {
		DEFER(reply_done) struct reply reply = { 0 };
		json_put_string(reply_open(&reply), "revoked", name);
		reply_send(&reply);
	}
	return true;
}

const struct command token_new_command = {
	.name = "token new",
	.words = "NAME",
	.summary = "Make a bearer token for the listener and print it, once",
	.details = "Only a hash of it is kept. One for each sender, so that each can be "
		   "revoked alone.",
	.run = run_new,
};

const struct command token_list_command = {
	.name = "token list",
	.summary = "The listener's tokens: when they were made and last used",
	.run = run_list,
};

const struct command token_revoke_command = {
	.name = "token revoke",
	.words = "NAME",
	.summary = "Let the listener refuse a token from now on",
	.run = run_revoke,
};
