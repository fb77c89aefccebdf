/* One run of the command line: where the database is, who asks, and how to answer.
 * Every command gets one. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "core/base/buf.h"
#include "core/base/err.h"
#include "core/base/json.h"
#include "core/store.h"
#include "tui/cli/command.h"
#include "tui/gate_role.h"

enum { CLI_PATH_SIZE = 4096 };

/* What a piece of text means; colour says it again where colour is wanted. */
enum tone { TONE_PLAIN, TONE_OK, TONE_WARN, TONE_BAD, TONE_DIM, TONE_STRONG, TONE_COUNT };

struct cli {
	int64_t now_ms; /* when the run began */
	bool json;
	bool read_only;
	bool plain;          /* the line mode: sentences instead of tables */
	bool color;          /* standard output takes colours */
	bool terminal;       /* standard input and standard error both are one */
	const char *because; /* NULL: no reason was given */
	const char *db;      /* --db, or NULL */
	enum gate_role role; /* GATE_ABSENT: not behind a gate */
	const char *as;      /* who came through the gate, or NULL */
	struct store *store; /* set by cli_open */
};

/* ---- the database ---- */

/* Which file: --db, $HUBLINK_DB, db= in /etc/hublink.conf, $XDG_DATA_HOME or ~. */
bool cli_database_path(const struct cli *cli, char ret[CLI_PATH_SIZE], struct err *err)
	CHECKED;

/* Opens it as cli->store (closed by main) and tells it who acts. ERR_REFUSED with
 * --read-only unless access is STORE_READ. */
bool cli_open(struct cli *cli, enum store_access access, struct err *err) CHECKED;

/* To change it and roll that back: what --read-only does not forbid. */
bool cli_open_to_try(struct cli *cli, struct err *err) CHECKED;

/* ERR_REFUSED with --read-only: for what changes something without cli_open. */
bool cli_may_write(const struct cli *cli, struct err *err) CHECKED;

/* Who asks: the gate's NAME, or account (SUDO_USER); SSH source, --because. */
void cli_actor(const struct cli *cli, struct actor *ret);

/* The pid of the engine that works on cli->store, 0 if none runs. */
int64_t cli_engine_pid(const struct cli *cli);

/* For a command that has just queued something in cli->store: says on standard error
 * that no engine runs. what: "it is sent", the sentence goes on "when one does". */
void cli_note_no_engine(const struct cli *cli, const char *what);

/* Runs the command in hublink-engine, in this process' place: `hublink-engine NAME
 * --db PATH`, the options of every command, the command's own, its words. Returns only
 * on failure. */
bool cli_forward(struct cli *cli, const struct arguments *args, struct err *err) CHECKED;

/* Runs `hublink-engine COMMAND --db PATH … WORD` and waits for its end: ret gets what it
 * prints. Its failure is said by itself: *err has its code and no sentence. */
bool cli_ask_engine(struct cli *cli, const char *command, const char *word,
		    struct buf *ret, struct err *err) CHECKED;

/* ERR_FAILED without a sentence: the answer asked for is "no", and standard output has
 * said it. */
bool cli_answer_no(struct err *err);

/* ---- input ---- */

/* A file to read, or standard input for "-", which is not the caller's to close. NULL with
 * ERR_INVALID. */
FILE *cli_open_file(const char *path, struct err *err) CHECKED;

/* The whole of a file, or of standard input for "-". ERR_INVALID if it cannot be read
 * or is longer than ret may become. */
bool cli_read_file(const char *path, struct buf *ret, struct err *err) CHECKED;

/* Writes prompt to standard error and reads a line of standard input; without echo for
 * secrets. ERR_INVALID at its end. */
bool cli_ask(const char *prompt, bool echo, struct buf *ret, struct err *err) CHECKED;

/* "y" or "yes" is true; no terminal: ERR_REFUSED naming `remedy` ("--yes"). */
bool cli_confirm(const struct cli *cli, const char *question, const char *remedy,
		 bool *ret, struct err *err) CHECKED;

/* Like option_time and option_span, for commands whose answer does not tell: says on standard
 * error what time that is, in UTC and local. */
bool cli_option_time(const struct cli *cli, const struct arguments *args,
		     const char *name, int64_t *ret, struct err *err) CHECKED;
bool cli_option_span(const struct cli *cli, const struct arguments *args,
		     int64_t *ret_since_ms, int64_t *ret_until_ms, struct err *err)
	CHECKED;

/* ---- output: results on standard output, the rest on standard error ---- */

/* One line of result for people. Names from outside must be passed through
 * text_add_safe first, or as cells. */
void cli_say(const struct cli *cli, const char *format, ...) PRINTF_LIKE(2, 3);

/* "opened       2026-11-23 20:20:48 CET (2026-11-23T19:20:48.933Z)"; nothing for time 0. */
void cli_say_time(const struct cli *cli, const char *label, int64_t time_ms);

/* One line on standard error that is no failure, made safe. */
void cli_note(const char *format, ...) PRINTF_LIKE(1, 2);

/* Writes text made safe, and only the colour codes of tone around it. */
void cli_put(const struct cli *cli, enum tone tone, const char *text);

/* One JSON object on a line of its own:
 *     DEFER(reply_done) struct reply reply = { 0 }; struct json_writer *w = reply_open(&reply);
 *     json_put_string(w, "name", name); reply_send(&reply); */
struct reply {
	struct buf buf;
	struct json_writer writer;
};
struct json_writer *reply_open(
	struct reply *reply); /* begins an object; may be called again after send */
void reply_send(struct reply *reply);
void reply_done(struct reply *reply);

#endif
