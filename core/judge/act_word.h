/* The operator's word on an incident (R7): identify, note, resolve, recover, detach.
 * Which of them an incident's status allows is the table of core/rules/status.c; here is
 * what each one does beyond the status. */
#ifndef JUDGE_ACT_WORD_H
#define JUDGE_ACT_WORD_H

#include "core/judge/act_scope.h"
#include "core/rules/status.h"

struct word {
	enum incident_cause
		cause; /* identified, noted, resolved, recovered or detached */
	int64_t incident_id;
	const char *message; /* NULL: none */
	bool force;          /* although a joined monitor is in error */
};

/* Does what the word says, with its timeline entry and sentences; the audit row is the
 * caller's. ERR_REFUSED names what stands in the way and the remedy. */
bool act_speak(struct act *act, struct incident *incident, const struct word *word,
	       struct err *err) CHECKED;

/* "identify", "note" … as the audit and the timeline call it. */
const char *act_word_action(enum incident_cause cause);

#endif
