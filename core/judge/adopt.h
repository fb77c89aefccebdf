/* Which monitor the events of an unknown one are about: the same from command line and
 * console. */
#ifndef JUDGE_ADOPT_H
#define JUDGE_ADOPT_H

#include "core/judge/act.h"
#include "core/store_sources.h"

struct adoption {
	int64_t unmatched_id;
	int64_t monitor_id;         /* the one that is meant; 0: of the sender's name */
	struct unmatched unmatched; /* filled in: what was adopted */
	struct monitor monitor;     /* and as what */
	bool is_new;                /* it was made for that */
};

/* An act of configuration, as act_configure does it. */
bool act_adopt(struct store *store, struct adoption *adoption, int64_t now_ms,
	       struct act_result *ret, struct err *err) CHECKED;

/* "'Serch' is monitor 'Search' from now on; its last event (error) counts" */
void adoption_describe(const struct adoption *adoption, struct buf *ret);

#endif
