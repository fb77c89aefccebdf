#include "tui/cli/gate_rules.h"

#include <string.h>

#include "core/base/buf.h"
#include "core/base/text.h"

/* A viewer reads; a responder also acts on incidents, deliveries, mutes and mode paused; an
 * admin does all that a gate lets through: no engine starts, no file is touched. */
const struct gate_rule gate_rules[] = {
	{ "status", NULL, NULL, GATE_VIEWER },
	{ "next", NULL, NULL, GATE_VIEWER },
	{ "list", NULL, NULL, GATE_VIEWER },
	{ "explain", NULL, NULL, GATE_VIEWER },
	{ "simulate", NULL, NULL, GATE_VIEWER },
	{ "history", NULL, NULL, GATE_VIEWER },
	{ "check", NULL, NULL, GATE_VIEWER },
	{ "doctor", NULL, NULL, GATE_VIEWER },
	{ "version", NULL, NULL, GATE_VIEWER },
	{ "help", NULL, NULL, GATE_VIEWER },
	{ "incident show", NULL, NULL, GATE_VIEWER },
	{ "incident report", NULL, NULL, GATE_VIEWER },
	{ "delivery show", NULL, NULL, GATE_VIEWER },
	{ "token list", NULL, NULL, GATE_VIEWER },
	{ "audit verify", NULL, NULL, GATE_VIEWER },
	{ "audit export", NULL, NULL, GATE_VIEWER },
	{ "service find-url", NULL, NULL, GATE_VIEWER },
	{ "export", NULL, NULL, GATE_VIEWER },
	{ "export", NULL, "with-secrets", GATE_ADMIN },
	{ "export", NULL, "secrets-only", GATE_ADMIN },
	{ "test", NULL, NULL, GATE_VIEWER },
	{ "test", NULL, "connect", GATE_RESPONDER },
	{ "test", NULL, "send", GATE_ADMIN },
	{ "test", NULL, "show-secrets", GATE_ADMIN },
	{ "mode", NULL, NULL, GATE_VIEWER },
	{ "mode", "paused", NULL, GATE_RESPONDER },
	{ "mode", "dry-run", NULL, GATE_ADMIN },
	{ "mode", "live", NULL, GATE_ADMIN },
	{ "keep", NULL, NULL, GATE_VIEWER },
	{ "keep", "events", NULL, GATE_ADMIN },
	{ "keep", "alerts", NULL, GATE_ADMIN },
	{ "keep", "incidents", NULL, GATE_ADMIN },
	{ "keep", "audit", NULL, GATE_ADMIN },
	{ "probe", NULL, NULL, GATE_RESPONDER },
	{ "incident identify", NULL, NULL, GATE_RESPONDER },
	{ "incident note", NULL, NULL, GATE_RESPONDER },
	{ "incident resolve", NULL, NULL, GATE_RESPONDER },
	{ "incident recover", NULL, NULL, GATE_RESPONDER },
	{ "incident detach", NULL, NULL, GATE_RESPONDER },
	{ "incident open", NULL, NULL, GATE_RESPONDER },
	{ "delivery retry", NULL, NULL, GATE_RESPONDER },
	{ "delivery cancel", NULL, NULL, GATE_RESPONDER },
	{ "delivery release", NULL, NULL, GATE_RESPONDER },
	{ "resync", NULL, NULL, GATE_RESPONDER },
	{ "resync", NULL, "dry-run", GATE_VIEWER },
	{ "mute", NULL, NULL, GATE_RESPONDER },
	{ "maintenance add", NULL, NULL, GATE_RESPONDER },
	{ "maintenance extend", NULL, NULL, GATE_RESPONDER },
	{ "maintenance end", NULL, NULL, GATE_RESPONDER },
	{ "maintenance pause", NULL, NULL, GATE_RESPONDER },
	{ "maintenance resume", NULL, NULL, GATE_RESPONDER },
	{ "maintenance delete", NULL, NULL, GATE_RESPONDER },
	{ "init", NULL, NULL, GATE_ADMIN },
	{ "event", NULL, NULL, GATE_ADMIN },
	{ "import", NULL, NULL, GATE_ADMIN },
	{ "import", NULL, "dry-run", GATE_VIEWER },
	{ "rename", NULL, NULL, GATE_ADMIN },
	{ "service set-url", NULL, NULL, GATE_ADMIN },
	{ "token new", NULL, NULL, GATE_ADMIN },
	{ "token revoke", NULL, NULL, GATE_ADMIN },
	{ "unmatched adopt", NULL, NULL, GATE_ADMIN },
	{ "uptrends account", NULL, NULL, GATE_ADMIN },
	{ "uptrends import", NULL, NULL, GATE_ADMIN },
	{ "uptrends follow", NULL, NULL, GATE_VIEWER },
	{ "uptrends follow", "on", NULL, GATE_ADMIN },
	{ "uptrends follow", "off", NULL, GATE_ADMIN },
	{ "uptrends follow", NULL, "every", GATE_ADMIN },
	{ "backup", NULL, NULL, GATE_ADMIN },
	{ "migrate", NULL, NULL, GATE_ADMIN },
	{ "migrate", NULL, "dry-run", GATE_VIEWER },
	{ "restore", NULL, NULL, GATE_SHUT },
	{ "engine", NULL, NULL, GATE_SHUT },
	{ "hub", NULL, NULL, GATE_SHUT },
	{ "gate", NULL, NULL, GATE_SHUT },
};
const size_t gate_rule_count = COUNT_OF(gate_rules);

static bool fits(const struct gate_rule *rule, const struct arguments *args)
{
	return text_equal(rule->command, args->command->name) &&
	       (rule->word == NULL ||
		(args->word_count > 0 && text_equal(rule->word, args->words[0]))) &&
	       (rule->option == NULL || option_given(args, rule->option));
}

/* A dry run changes nothing, whatever the command may without. */
static bool is_dry_run(const struct gate_rule *rule)
{
	return rule->option != NULL && text_equal(rule->option, "dry-run");
}

/* The row that decides: a dry run's, else the one that asks for most; NULL: the command has
 * none. */
static const struct gate_rule *deciding(const struct arguments *args)
{
	const struct gate_rule *ret = NULL;

	for (size_t i = 0; i < gate_rule_count; i++) {
		const struct gate_rule *rule = &gate_rules[i];
		if (!fits(rule, args))
			continue;
		if (is_dry_run(rule))
			return rule;
		if (ret == NULL || rule->role > ret->role)
			ret = rule;
	}
	return ret;
}

/* What a command calls FILE, in its words or behind an option, is the caller's to read and to
 * write: only standard input and output are his behind a gate. */
static bool names_file(const char *specification)
{
	return specification != NULL && strstr(specification, "FILE") != NULL;
}

static bool check_file(const char *given, struct err *err)
{
	return text_equal(given, "-") || fail(err, ERR_REFUSED,
					      "Behind the gate no file is read or "
					      "written: use '-', which is standard "
					      "input or output");
}

static bool check_files(const struct arguments *args, struct err *err)
{
	const struct option *options = args->command->options;

	for (int i = 0; names_file(args->command->words) && i < args->word_count; i++)
		if (!check_file(args->words[i], err))
			return false;
	for (size_t i = 0; i < OPTIONS_MAX && options[i].name; i++)
		if (args->values[i] && names_file(options[i].argument) &&
		    !check_file(args->values[i], err))
			return false;
	return true;
}

bool gate_rules_check(enum gate_role have, const struct arguments *args, struct err *err)
{
	const struct gate_rule *rule = deciding(args);
	DEFER(buf_done) struct buf what = BUF_INIT(200);

	buf_addf(&what, "`hublink %s", args->command->name);
	if (rule && rule->word)
		buf_addf(&what, " %s", rule->word);
	if (rule && rule->option)
		buf_addf(&what, " --%s", rule->option);
	buf_addc(&what, '`');
	return gate_role_check(have, rule ? rule->role : GATE_SHUT, buf_text(&what),
			       err) &&
	       check_files(args, err);
}
