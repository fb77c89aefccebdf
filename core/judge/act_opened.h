/* What an act opens by judging again: the disruptions that are decided while it runs. */
#ifndef JUDGE_ACT_OPENED_H
#define JUDGE_ACT_OPENED_H

#include "core/judge/act_scope.h"

/* The newest delivery there is; 0: none. What is decided after it, the act decides. */
bool act_newest_delivery(struct act *act, int64_t *ret_id, struct err *err) CHECKED;

/* A sentence for each incident that was opened, reopened or told to be better or worse
 * (R21) after that delivery; adds the number of the first two to the result's count, and
 * sets queued if one waits to be sent. */
bool act_say_opened(struct act *act, int64_t after_id, struct err *err) CHECKED;

#endif
