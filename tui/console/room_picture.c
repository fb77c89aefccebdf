#include "tui/console/room_picture.h"

#include <string.h>

#include "core/base/clock.h"
#include "core/base/text.h"

enum {
	CELLS_MAX = 60,
	TICK_CELLS = 10,
	LABEL_COLUMNS = 14,
	MONITORS_SHOWN = 8,
	EVENTS_LOOKED_AT = 2000
};

static const char legend[] =
	" . ok  # error  u unconfirmed   ^ level  o OK   + answered 2xx  x not";

struct axis axis_fit(int64_t from_ms, int64_t until_ms, int most)
{
	static const int minutes[] = {
		1, 2, 5, 10, 15, 30, 60, 120, 360, 720, 1440, 10080
	};
	struct axis axis = { .from_ms = from_ms };

	for (size_t i = 0; i < COUNT_OF(minutes); i++) {
		axis.cell_ms = minutes[i] * MINUTE_MS;
		if ((until_ms - from_ms) / axis.cell_ms < most)
			break;
	}
	int64_t cells = (until_ms - from_ms) / axis.cell_ms + 1;
	axis.cells = cells < most ? (int)cells : most;
	return axis;
}

int axis_cell(const struct axis *axis, int64_t time_ms)
{
	int64_t cell = (time_ms - axis->from_ms) / axis->cell_ms;

	if (time_ms < axis->from_ms)
		return -1;
	return cell < axis->cells ? (int)cell : axis->cells;
}

struct picture {
	struct axis axis;
	struct lines *lines;
	struct store *store;
	struct err *err;
	int64_t until_ms;
	int shown;
	bool failed;
	char cells[LEVELS_MAX + 1]
		  [CELLS_MAX + 1]; /* of levels; the last: what was sent */
};

enum { ROW_SENT = LEVELS_MAX };

static void put(struct picture *p, char *cells, int64_t time_ms, char letter)
{
	int cell = axis_cell(&p->axis, time_ms);

	if (cell >= 0 && cell < p->axis.cells)
		cells[cell] = letter;
}

static void add_row(struct picture *p, const char *label, const char *cells)
{
	DEFER(buf_done) struct buf cut = BUF_INIT(256);
	DEFER(buf_done) struct buf safe = BUF_INIT(1024);

	text_add_safe(&safe, label, false);
	text_add_columns(&cut, buf_text(&safe), LABEL_COLUMNS);
	lines_add(p->lines, ROLE_TEXT, " %s %s", buf_text(&cut), cells);
}

static void add_times(struct picture *p)
{
	DEFER(buf_done) struct buf times = BUF_INIT(512);
	char text[TIME_TEXT_SIZE];

	for (int cell = 0; cell < p->axis.cells; cell += TICK_CELLS)
		buf_addf(&times, "%-*.5s", TICK_CELLS,
			 time_format_clock(text,
					   p->axis.from_ms + cell * p->axis.cell_ms));
	add_row(p, "", buf_text(&times));
}

/* ---- monitors ---- */

struct states {
	struct picture *picture;
	int64_t until_ms; /* where the event before, which is later, begins */
	char cells[CELLS_MAX + 1];
};

/* Newest first: each lasts until the one before; of one cell the error is shown. */
static bool add_event(void *arg, const struct event_line *event)
{
	struct states *s = arg;
	struct picture *p = s->picture;
	char letter = event->state == EVENT_OK ? '.' : event->confirmed ? '#' : 'u';
	int from = axis_cell(&p->axis, event->at_ms);
	int until = axis_cell(&p->axis, letter == 'u' ? event->at_ms : s->until_ms);

	for (int cell = from > 0 ? from : 0; cell <= until && cell < p->axis.cells;
	     cell++)
		if (s->cells[cell] != '#')
			s->cells[cell] = letter;
	if (letter != 'u')
		s->until_ms = event->at_ms;
	return event->at_ms >= p->axis.from_ms;
}

static bool add_monitor(void *arg, const struct join *join, const char *monitor)
{
	struct picture *p = arg;
	struct states states = { .picture = p, .until_ms = p->until_ms };
	struct filter filter = FILTER_ALL;

	if (p->shown++ >= MONITORS_SHOWN)
		return false;
	memset(states.cells, ' ', (size_t)p->axis.cells);
	filter.monitor_id = join->monitor_id;
	filter.limit = EVENTS_LOOKED_AT;
	p->failed = !store_list_events(p->store, &filter, add_event, &states, p->err);
	if (!p->failed)
		add_row(p, monitor, states.cells);
	return !p->failed;
}

/* ---- levels, and what was sent ---- */

static bool add_alert(void *arg, const struct alert *alert)
{
	struct picture *p = arg;

	if (alert->level >= 1 && alert->level <= LEVELS_MAX)
		put(p, p->cells[alert->level - 1], alert->at_ms,
		    alert->type == ALERT_OK ? 'o' : '^');
	return true;
}

static bool add_attempt(void *arg, const struct attempt *attempt)
{
	struct picture *p = arg;

	put(p, p->cells[ROW_SENT], attempt->at_ms,
	    attempt->http_status / 100 == 2 ? '+' : 'x');
	return true;
}

static bool add_delivery(void *arg, const struct delivery *delivery)
{
	struct picture *p = arg;

	p->failed = !store_list_attempts(p->store, delivery->id, add_attempt, p, p->err);
	return !p->failed;
}

static void add_levels(struct picture *p)
{
	for (int level = 0; level < LEVELS_MAX; level++) {
		char label[LABEL_COLUMNS] = "Level 1";
		label[sizeof("Level ") - 1] = (char)('1' + level);
		if (strspn(p->cells[level], " ") < (size_t)p->axis.cells)
			add_row(p, label, p->cells[level]);
	}
	if (strspn(p->cells[ROW_SENT], " ") < (size_t)p->axis.cells)
		add_row(p, "Hook", p->cells[ROW_SENT]);
}

static int64_t end_of(const struct incident *incident, int64_t now_ms)
{
	if (incident->monitoring_at_ms != 0)
		return incident->monitoring_at_ms;
	return incident->resolved_at_ms != 0 ? incident->resolved_at_ms : now_ms;
}

bool room_picture_add(struct lines *lines, struct store *store,
		      const struct incident *incident, int64_t now_ms, struct err *err)
{
	int64_t until_ms = end_of(incident, now_ms);
	struct picture p = { .axis = axis_fit(incident->start_ms, until_ms, CELLS_MAX),
			     .lines = lines,
			     .store = store,
			     .err = err,
			     .until_ms = until_ms };
	struct filter of_incident = FILTER_ALL;
	char cell[DURATION_TEXT_SIZE];
	DEFER(buf_done) struct buf heading = BUF_INIT(128);

	of_incident.incident_id = incident->id;
	for (int row = 0; row <= ROW_SENT; row++)
		memset(p.cells[row], ' ', (size_t)p.axis.cells);
	buf_addf(&heading, "Over time, 1 cell = %s",
		 duration_format(cell, p.axis.cell_ms));
	lines_heading(lines, buf_text(&heading));
	add_times(&p);
	if (!store_joins(store, incident->id, add_monitor, &p, err) || p.failed ||
	    !store_list_alerts(store, &of_incident, add_alert, &p, err) ||
	    !store_list_deliveries(store, &of_incident, add_delivery, &p, err) ||
	    p.failed)
		return false;
	add_levels(&p);
	lines_add(lines, ROLE_DIM, "%s", legend);
	return true;
}
