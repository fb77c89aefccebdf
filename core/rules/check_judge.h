/* What one check has found, and whether that is what its monitor expects. */
#ifndef RULES_CHECK_JUDGE_H
#define RULES_CHECK_JUDGE_H

#include "core/base/buf.h"
#include "core/rules/model.h"

/* How a target answered. Times count from the start of the check. */
struct check_facts {
	bool is_connected; /* TLS included */
	bool timed_out;
	const char *failure;  /* why there is no whole answer; NULL: there is one */
	long http_status;     /* 0: no status line came */
	bool contains, lacks; /* the text was found that must, that must not appear */
	bool is_cut;          /* not all of the answer was looked at */
	int64_t expires_ms;   /* the certificate that expires first; 0: not known */
};

/* Nothing in ret: it is OK; else one sentence, without a full stop, that says why not. */
void check_judge(const struct monitor *monitor, const struct check_facts *facts,
		 int64_t now_ms, struct buf *ret);

/* When the check of a monitor is due next, by a clock that never jumps: its own place in
 * each interval, told by its id, so that many are spread evenly. */
int64_t check_next_ms(int64_t monitor_id, int64_t every_ms, int64_t after_ms);
/* The same for a check that is overdue since long, or that nobody has made yet: within a
 * minute. */
int64_t check_soon_ms(int64_t monitor_id, int64_t every_ms, int64_t after_ms);

#endif
