#include "tui/console/pace.h"

void pace_ring(struct pace *pace)
{
	pace->rang = true;
}

bool pace_take(struct pace *pace, int64_t now_ms)
{
	if (!pace->rang || now_ms < pace->next_ms)
		return false;
	pace->rang = false;
	return true;
}

static void rest_until(struct pace *pace, int64_t due_ms)
{
	if (due_ms > pace->next_ms)
		pace->next_ms = due_ms;
}

void pace_read(struct pace *pace, int64_t begin_ms, int64_t end_ms)
{
	int64_t rest_ms = (end_ms - begin_ms) * READING_SHARE;

	rest_until(pace, begin_ms + (rest_ms > FRAME_MS ? rest_ms : FRAME_MS));
}

void pace_read_piece(struct pace *pace, int64_t begin_ms, int64_t end_ms, bool ended)
{
	pace->spent_ms += end_ms - begin_ms;
	if (!ended)
		return;
	rest_until(pace, end_ms + pace->spent_ms * READING_SHARE);
	pace->spent_ms = 0;
}

int64_t pace_wait_ms(const struct pace *pace, int64_t now_ms, int64_t most_ms)
{
	int64_t rest_ms = pace->next_ms - now_ms;

	if (!pace->rang || rest_ms > most_ms)
		return most_ms;
	return rest_ms > 0 ? rest_ms : 0;
}
