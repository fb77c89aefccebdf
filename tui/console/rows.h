/* The rows that several screens show: incidents, deliveries, services, monitors; their
 * columns and how they are read. */
#ifndef CONSOLE_ROWS_H
#define CONSOLE_ROWS_H

#include "core/store.h"
#include "tui/console/list.h"
#include "tui/console/strip.h"

enum {
	ROW_NAME = 200,
	ROW_NOTE = 400
}; /* bytes shown of names and sentences; lists are cut to their columns */

struct incident_line {
	int64_t id;
	enum incident_status status;
	enum service_status service_status;
	enum reach reach;
	int64_t since_ms, published_ms;
	bool is_published, differs; /* what was decided is not what was last delivered */
	bool ok_not_sent;
	enum incident_status published_status;
	int64_t service_id;
	int64_t folded;    /* not 0: it stands for so many */
	int64_t told_http; /* the answer to what was last told; 0: not asked for */
	bool waits;        /* an update of it does; the next four are of the first one */
	bool waits_for_mode; /* to be no longer paused */
	enum delivery_state wait_state;
	int64_t wait_until_ms, wait_http;
	char service[ROW_NAME], monitors[ROW_NOTE];
};

struct delivery_line {
	int64_t id;
	enum delivery_kind kind;
	enum delivery_state state;
	int64_t created_ms, next_ms, delivered_ms, attempts, http_status, incident_id;
	char service[ROW_NAME], error[ROW_NOTE];
};

struct service_line {
	int64_t id;
	enum service_status status;
	int64_t open_incidents, links, unfinished;
	bool has_told;
	enum incident_status told_status;
	int64_t told_ms, told_http;
	struct day_strip day;
	char name[ROW_NAME];
};

struct monitor_line {
	int64_t id;
	bool active, in_error, known, muted;
	int64_t since_ms, errors, links;
	char name[ROW_NAME], message[ROW_NOTE];
};

void incident_list_init(struct list *list);
void incident_list_init_board(
	struct list *list); /* with more of what was told or waits */
void delivery_list_init(struct list *list);
void service_list_init(struct list *list);
void monitor_list_init(struct list *list);

/* A row of it, and the names of its monitors. */
struct incident_line incident_line_of(const struct incident *incident);
bool incident_line_add_monitors(struct incident_line *line, struct store *store,
				struct err *err) CHECKED;

/* Fill a long list; on failure it keeps what it had. The journals': the newest that it
 * reaches; service_id 0: of all. */
bool incident_list_load(struct list *list, struct store *store, int64_t now_ms,
			struct err *err) CHECKED;
bool delivery_list_load(struct list *list, struct store *store, int64_t now_ms,
			int64_t service_id, struct err *err) CHECKED;
/* *revision: of the configuration, as it was when they were read last; 0 at first. */
bool service_list_load(struct list *list, struct store *store, int64_t now_ms,
		       int64_t *revision, struct err *err) CHECKED;
bool monitor_list_load(struct list *list, struct store *store, int64_t now_ms,
		       int64_t *revision, struct err *err) CHECKED;

/* State words and what they mean, the same on every screen. */
const char *service_word(enum service_status status);   /* UP, DEGR, DOWN */
const char *incident_word(enum incident_status status); /* Investigating … */
enum role service_role(enum service_status status);
enum role incident_role(enum incident_status status);
enum role delivery_role(enum delivery_state state);

/* "0m", "12m", "3h 05m", "2d 4h": moves with whole minutes only, so that a screen can rest
 * in between. */
void add_age(struct buf *ret, int64_t from_ms, int64_t now_ms);

/* "14:03" today, "Nov 22 14:03" before; local. */
void add_when(struct buf *ret, int64_t time_ms, int64_t now_ms);

/* "14:03:51" today, "Nov 22" before; local. */
void add_clock(struct buf *ret, int64_t time_ms, int64_t now_ms);

/* "in 8m", in the last minute "in 40s", "now", "waits". */
void add_until(struct buf *ret, int64_t time_ms, int64_t now_ms);

/* When that text changes by itself before the minute is over; 0: it does not. */
int64_t countdown_changes_ms(int64_t time_ms, int64_t now_ms);

#endif
