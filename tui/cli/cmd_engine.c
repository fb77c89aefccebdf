/* engine and hub: what hublink-engine does in this process' place. */
#include "tui/cli/cli.h"
#include "tui/cli/commands.h"

static bool run_engine(struct cli *cli, const struct arguments *args, struct err *err)
{
	int64_t number;
	return cli_may_write(cli, err) &&
	       option_integer(args, "max-in-flight", 1, 4096, &number, err) &&
	       option_integer(args, "max-requests", 0, 1000000, &number, err) &&
	       cli_forward(cli, args, err);
}

static bool run_hub(struct cli *cli, const struct arguments *args, struct err *err)
{
	int64_t number, latency_ms;
	return option_duration(args, "latency", &latency_ms, err) &&
	       option_integer(args, "fail", 0, 100, &number, err) &&
	       option_integer(args, "drop", 0, 100, &number, err) &&
	       option_integer(args, "status", 200, 599, &number, err) &&
	       option_integer(args, "retry-after", 0, 86400, &number, err) &&
	       cli_forward(cli, args, err);
}

const struct command engine_command = {
	.name = "engine",
	.summary = "Run the engine in the foreground",
	.details = "It judges events, opens and recovers incidents and sends what the "
		   "mode lets go. One "
		   "engine works on a database; a second one exits 4. SIGTERM and SIGINT "
		   "let it finish "
		   "what is in flight, at most 5 seconds, and end it with 0. It speaks "
		   "systemd's notify "
		   "protocol.\n"
		   "With --listen it takes events at POST /v1/events, /v1/uptrends and "
		   "/v1/alertmanager, and shows /metrics and /healthz. Senders need a "
		   "token: `hublink token new NAME` makes one.",
	.options = { { "until-idle", NULL,
		       "End with 0 as soon as everything is judged and nothing is due or "
		       "in flight",
		       OPTION_BESIDE },
		     { "max-in-flight", "N",
		       "Updates on their way at a time, up to 4,096; 64 if left out",
		       OPTION_BESIDE },
		     { "listen", "ADDR:PORT",
		       "Take events over HTTP there; keep to 127.0.0.1 and a TLS proxy",
		       OPTION_BESIDE },
		     { "max-requests", "N",
		       "Requests a second that a token may send; 10,000 if left out, 0: "
		       "any",
		       OPTION_BESIDE },
		     { "alertmanager-label", "LABEL",
		       "Label of Alertmanager's alerts that names the monitor; monitor "
		       "if "
		       "left out",
		       OPTION_BESIDE } },
	.run = run_engine,
};

const struct command hub_command = {
	.name = "hub",
	.summary = "Run a stand-in for StatusHub on loopback, for trials",
	.details =
		"The first line it prints is `listening on http://127.0.0.1:PORT`. It "
		"takes the "
		"updates that hublink posts and keeps services and incidents as "
		"StatusHub would: GET "
		"/ is a plain status page, GET /state is JSON. It is a target for "
		"checks, too: "
		"/targets/NAME is up, until a POST of {\"state\": \"down\"} (or slow, or "
		"up) there says otherwise.",
	.options = { { "listen", "ADDR:PORT",
		       "Where, on loopback; a free port if left out", OPTION_BESIDE },
		     { "latency", "DUR", "Answer only after this long", OPTION_BESIDE },
		     { "fail", "PERCENT", "Answer so many requests with --status",
		       OPTION_BESIDE },
		     { "status", "CODE", "The status of failures; 503 if left out",
		       OPTION_BESIDE },
		     { "retry-after", "S", "Send this Retry-After with failures",
		       OPTION_BESIDE },
		     { "drop", "PERCENT", "Close so many connections without an answer",
		       OPTION_BESIDE },
		     { "log", "FILE", "Append every request to this file",
		       OPTION_BESIDE } },
	.run = run_hub,
};
