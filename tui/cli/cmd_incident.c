/* incident: show one, and the operator's word on it (R7, R18). */
#include <stdlib.h>

#include "tui/cli/act.h"
#include "tui/cli/commands.h"
#include "tui/cli/objects.h"

#define OPTION_MESSAGE(place)                                                           \
	{                                                                               \
		"message", "TEXT", "Your words; the public reads them with generic-v2", \
			place                                                           \
	}
/* One synopsis for all words; only resolving and recovering refuse what it forces. */
#define OPTION_FORCE                                                          \
	{                                                                     \
		"force", NULL,                                                \
			"Resolve or recover although a joined monitor is in " \
			"error: then hublink says no more of it",             \
			OPTION_BESIDE                                         \
	}

/* ---- acts ---- */

static bool incident_object(struct json_writer *w, struct cli *cli,
			    const struct act_result *result, struct err *err)
{
	struct incident *incident = mem_new(1, sizeof(*incident));
	bool done = store_incident_get(cli->store, result->incident_id, incident, err) &&
		    object_incident(w, cli->store, incident, err);

	free(incident);
	return done;
}

static bool identify(struct cli *cli, const struct arguments *args, int64_t id,
		     struct act_result *ret, struct err *err)
{
	return act_identify(cli->store, id, option_text(args, "message"), cli->now_ms,
			    ret, err);
}

static bool note(struct cli *cli, const struct arguments *args, int64_t id,
		 struct act_result *ret, struct err *err)
{
	return act_note(cli->store, id, option_text(args, "message"), cli->now_ms, ret,
			err);
}

static bool resolve(struct cli *cli, const struct arguments *args, int64_t id,
		    struct act_result *ret, struct err *err)
{
	return act_resolve(cli->store, id, option_text(args, "message"),
			   option_given(args, "force"), cli->now_ms, ret, err);
}

static bool recover(struct cli *cli, const struct arguments *args, int64_t id,
		    struct act_result *ret, struct err *err)
{
	return act_recover(cli->store, id, option_text(args, "message"),
			   option_given(args, "force"), cli->now_ms, ret, err);
}

static bool detach(struct cli *cli, const struct arguments *args, int64_t id,
		   struct act_result *ret, struct err *err)
{
	return act_detach(cli->store, id, option_text(args, "message"), cli->now_ms, ret,
			  err);
}

static bool run_identify(struct cli *cli, const struct arguments *args, struct err *err)
{
	return act_on_words(cli, args, "incidents", identify, incident_object, err);
}

static bool run_note(struct cli *cli, const struct arguments *args, struct err *err)
{
	return act_on_words(cli, args, "incidents", note, incident_object, err);
}

static bool run_resolve(struct cli *cli, const struct arguments *args, struct err *err)
{
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;

	if (!option_given(args, "all-monitoring"))
		return act_on_words(cli, args, "incidents", resolve, incident_object,
				    err);
	if (!cli_open(cli, STORE_WRITE, err) ||
	    !act_resolve_all_monitoring(cli->store, cli->now_ms, &result, err))
		return false;
	act_answer(cli, &result);
	return true;
}

static bool run_recover(struct cli *cli, const struct arguments *args, struct err *err)
{
	return act_on_words(cli, args, "incidents", recover, incident_object, err);
}

static bool run_detach(struct cli *cli, const struct arguments *args, struct err *err)
{
	return act_on_words(cli, args, "incidents", detach, incident_object, err);
}

/* ---- open ---- */

/* All services or none. */
static bool open_all(struct cli *cli, const struct arguments *args,
		     struct act_results *ret, struct err *err)
{
	DEFER(id_list_done) struct id_list services = { 0 };
	DEFER(store_abort) struct transaction tx = { 0 };

	if (!store_begin(cli->store, &tx, err) ||
	    !services_of_words(cli, args, &services, err))
		return false;
	act_results_init(ret, services.count);
	for (size_t i = 0; i < services.count; i++)
		if (!act_open(cli->store, services.items[i], option_text(args, "message"),
			      cli->now_ms, &ret->items[i], err))
			return false;
	return store_commit(&tx, err);
}

static bool run_open(struct cli *cli, const struct arguments *args, struct err *err)
{
	DEFER(act_results_done) struct act_results results = { 0 };

	return cli_open(cli, STORE_WRITE, err) && open_all(cli, args, &results, err) &&
	       act_answer_each(cli, &results, incident_object, err);
}

const struct command incident_identify_command = {
	.name = "incident identify",
	.words = "ID…",
	.summary = "Say that the cause is known",
	.details =
		"With payload generic-v2 the public is told; else it is a local record: "
		"do it in StatusHub.",
	.options = { OPTION_MESSAGE(OPTION_BESIDE), OPTION_FORCE },
	.run = run_identify,
};

const struct command incident_note_command = {
	.name = "incident note",
	.words = "ID…",
	.summary = "Add words to an incident",
	.details =
		"With payload generic-v2 the public is told; else it is a local record: "
		"do it in StatusHub.",
	.options = { OPTION_MESSAGE(OPTION_NEEDED), OPTION_FORCE },
	.run = run_note,
};

const struct command incident_resolve_command = {
	.name = "incident resolve",
	.words = "ID…",
	.summary = "Say that it is over; hublink never does that by itself",
	.details =
		"Ends hublink's say for the episodes that joined: their later levels and "
		"OKs send nothing. With payload generic-v2 the public is told; else it "
		"is "
		"a local record: do it in StatusHub.",
	.options = { OPTION_MESSAGE(OPTION_BESIDE),
		     OPTION_FORCE,
		     { "all-monitoring", NULL, "Every incident in Monitoring",
		       OPTION_ALONE } },
	.run = run_resolve,
};

const struct command incident_recover_command = {
	.name = "incident recover",
	.words = "ID…",
	.summary = "Send the recovery of an open incident: Monitoring, operational",
	.details = "The only way in which an incident opened by hand recovers.",
	.options = { OPTION_MESSAGE(OPTION_BESIDE), OPTION_FORCE },
	.run = run_recover,
};

const struct command incident_detach_command = {
	.name = "incident detach",
	.words = "ID…",
	.summary = "Leave the page to a person: nothing more is sent of it",
	.details = "Further monitors join silently until every joined one is OK. Use it "
		   "before you change the incident in StatusHub: a recovery would set "
		   "Monitoring and operational over what you wrote there.",
	.options = { OPTION_MESSAGE(OPTION_BESIDE), OPTION_FORCE },
	.run = run_detach,
};

const struct command incident_open_command = {
	.name = "incident open",
	.words = "SERVICE…",
	.summary = "Open an incident by hand",
	.details = "It is never held, and recovers only by `incident recover`.",
	.options = { { "message", "TEXT", "What the public reads", OPTION_NEEDED } },
	.run = run_open,
};
