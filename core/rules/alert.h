/* From events to alerts (R1, R2): what an event does to its monitor's episode, which
 * levels are met, and when the next one could be. Pure: values in, values out. */
#ifndef RULES_ALERT_H
#define RULES_ALERT_H

#include "core/rules/model.h"

enum episode_change {
	EPISODE_UNCHANGED, /* unconfirmed, or an OK without an episode (R1) */
	EPISODE_BEGINS,
	EPISODE_GOES_ON,
	EPISODE_ENDS,
};

/* Take the event into the monitor's state. now_ms: the engine's clock; a start further
 * ahead of it than a sender may date an event (after a clock that jumped back, R15) runs
 * its level timers from now_ms. */
enum episode_change episode_step(struct monitor_state *state, const struct event *event,
				 int64_t now_ms);

/* Has the running episode met the level of the path at t_ms? Level-triggered: true from
 * then to the OK. */
bool level_is_met(const struct path *path, const struct monitor_state *state,
		  int64_t t_ms);

/* When a level by minutes is met; 0 for one by errors, or outside an episode. */
int64_t level_deadline(const struct path *path, const struct monitor_state *state);

/* The sooner of two times of which 0 is "never". */
int64_t sooner_ms(int64_t a_ms, int64_t b_ms);

enum { EVENT_AHEAD_MAX_MS = 5 * 60 * 1000 }; /* R14 */

#endif
