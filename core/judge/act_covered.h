/* Whom a maintenance window covers, in sentences. */
#ifndef JUDGE_ACT_COVERED_H
#define JUDGE_ACT_COVERED_H

#include "core/judge/act_scope.h"

/* "Monitors that raise no alert (2): Shop, API" … */
bool act_say_covered(struct act *act, int64_t window_id, struct err *err) CHECKED;

#endif
