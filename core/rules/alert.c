#include "core/rules/alert.h"

#include <string.h>

#include "core/base/clock.h"
#include "core/base/text.h"

static const enum episode_change change_of[2][EVENT_STATE_COUNT] = {
	/*          ERROR            OK */
	[false] = { EPISODE_BEGINS, EPISODE_UNCHANGED },
	[true] = { EPISODE_GOES_ON, EPISODE_ENDS },
};

/* When the sender says it began, but not before what was judged last, nor after the
 * event. */
static int64_t start_of(const struct event *event, int64_t judged_ms)
{
	const int64_t told_ms =
		event->started_ms > judged_ms ? event->started_ms : judged_ms;
	return event->started_ms != 0 && told_ms < event->at_ms ? told_ms : event->at_ms;
}

static void begin(struct monitor_state *state, const struct event *event, int64_t now_ms)
{
	const bool too_far_ahead = event->at_ms > now_ms + EVENT_AHEAD_MAX_MS;
	state->in_error = true;
	state->episode++;
	state->errors = 0;
	state->started_ms = start_of(event, state->judged_ms);
	state->timer_base_ms = too_far_ahead ? now_ms : state->started_ms;
}

/* A sender that counts itself is believed, unless more are known already. */
static void count_error(struct monitor_state *state, const struct event *event)
{
	if (event->errors == 0)
		state->errors++;
	else if (event->errors > state->errors)
		state->errors = event->errors;
	(void)text_cut(state->message, sizeof(state->message), event->message,
		       MESSAGE_CHARS_MAX);
}

static void end(struct monitor_state *state)
{
	state->in_error = false;
	state->timer_ms = 0;
}

enum episode_change episode_step(struct monitor_state *state, const struct event *event,
				 int64_t now_ms)
{
	if (event->state == EVENT_ERROR && !event->confirmed)
		return EPISODE_UNCHANGED;
	const enum episode_change change = change_of[state->in_error][event->state];
	if (change == EPISODE_BEGINS)
		begin(state, event, now_ms);
	state->judged_ms = event->at_ms;
	if (event->state == EVENT_ERROR)
		count_error(state, event);
	if (change == EPISODE_ENDS)
		end(state);
	return change;
}

int64_t level_deadline(const struct path *path, const struct monitor_state *state)
{
	if (!state->in_error || path->after_minutes == 0)
		return 0;
	return state->timer_base_ms + path->after_minutes * MINUTE_MS;
}

bool level_is_met(const struct path *path, const struct monitor_state *state,
		  int64_t t_ms)
{
	if (!state->in_error)
		return false;
	if (path->after_errors > 0)
		return state->errors >= path->after_errors;
	const int64_t deadline_ms = level_deadline(path, state);
	return deadline_ms != 0 && t_ms >= deadline_ms;
}

int64_t sooner_ms(int64_t a_ms, int64_t b_ms)
{
	if (a_ms == 0 || b_ms == 0)
		return a_ms + b_ms;
	return a_ms < b_ms ? a_ms : b_ms;
}
