/* How the engine does: in a line, and in a few where there is room. */
#ifndef CONSOLE_HEALTH_H
#define CONSOLE_HEALTH_H

#include "core/store.h"
#include "tui/console/paint.h"

struct health {
	int64_t pid; /* of the engine; 0: none runs */
	int64_t engine_since_ms, mode_since_ms;
	enum mode mode;
	struct pulse pulse;
	int64_t events, incidents; /* ever */
	int64_t unmatched;         /* monitors that senders speak of and nobody knows */
};

bool health_load(struct health *health, struct store *store, struct err *err) CHECKED;
void health_draw_line(const struct health *health, struct rect line, int64_t now_ms);
void health_draw(const struct health *health, struct rect area, int64_t now_ms);

#endif
