/* How often live data is read and shown, by arithmetic: at most four frames a second, and
 * reading takes at most a twentieth of the time. Times are the boot clock's. */
#ifndef CONSOLE_PACE_H
#define CONSOLE_PACE_H

#include <stdbool.h>
#include <stdint.h>

enum { FRAME_MS = 250, READING_SHARE = 20 };

struct pace {             /* zeroed at first */
	bool rang;        /* there is something new */
	int64_t next_ms;  /* nothing is read before */
	int64_t spent_ms; /* with what is going on piece by piece */
};

void pace_ring(struct pace *pace);

/* Is it time to read what is new? True: it counts as read. */
bool pace_take(struct pace *pace, int64_t now_ms);

/* So long it took to read. */
void pace_read(struct pace *pace, int64_t begin_ms, int64_t end_ms);

/* The same of a piece; ended: it was the last one of what was to be read. */
void pace_read_piece(struct pace *pace, int64_t begin_ms, int64_t end_ms, bool ended);

/* How long nothing is to be read: most_ms when nothing is new. */
int64_t pace_wait_ms(const struct pace *pace, int64_t now_ms, int64_t most_ms);

#endif
