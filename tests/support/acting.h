/* An operator's small world for the tests of core/judge: journal.h's database in live
 * mode, in which an error of a monitor opens an incident at once, the judge is run by
 * hand, and the receiver answers what the test wants. */
#ifndef TESTS_SUPPORT_ACTING_H
#define TESTS_SUPPORT_ACTING_H

#include "core/judge/act.h"
#include "tests/support/journal.h"

/* Set-up like journal_open (tear-down: journal_close): live, level 1 triggers at the
 * first error. */
int acting_open(void **state);

void set_mode(struct store *store, enum mode mode);

/* A confirmed event, judged at once with all that is due. */
void error_at(struct store *store, int64_t monitor_id, int64_t at_ms);
void ok_at(struct store *store, int64_t monitor_id, int64_t at_ms);
void judge_at(struct store *store, int64_t now_ms);

/* What is unheld and waits is answered once: with an HTTP status; 0: never answered. */
void answer_all(struct store *store, int64_t http_status, int64_t now_ms);

/* The newest incident and the newest delivery. */
struct incident public_incident(struct store *store); /* opened at T0, and accepted */
struct incident last_incident(struct store *store);
struct delivery last_delivery(struct store *store);
struct delivery the_delivery(struct store *store, int64_t id);
struct incident the_incident(struct store *store, int64_t id);
int64_t deliveries_in(struct store *store, enum delivery_state state);
int64_t audit_rows(struct store *store);

/* The call is refused with the code and a sentence that has these words, and changes
 * nothing. */
#define refused(code_, words, call)                                              \
	do {                                                                     \
		struct err err_ = { 0 };                                         \
		struct err *err = &err_;                                         \
		const int64_t rows_ = audit_rows(*state);                        \
		if (call)                                                        \
			fail_msg("%s: not refused", #call);                      \
		if (err_.code != (code_) || !strstr(err_.text, words))           \
			fail_msg("%s: %d %s", #call, (int)err_.code, err_.text); \
		assert_int_equal(audit_rows(*state), rows_);                     \
	} while (0)

/* The act succeeds and writes exactly one audit row (I26). */
#define acts(call)                                               \
	do {                                                     \
		const int64_t rows_ = audit_rows(*state);        \
		must(call);                                      \
		assert_int_equal(audit_rows(*state), rows_ + 1); \
	} while (0)

/* What the act said has these words. */
#define says(result, words)                                             \
	do {                                                            \
		if (!strstr(buf_text(&(result).said), words))           \
			fail_msg("said: %s", buf_text(&(result).said)); \
	} while (0)

#endif
