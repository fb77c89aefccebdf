/* What a post-mortem asks of one incident: what was decided, sent and answered, what the
 * public read word for word, who did what, and how long detecting, publishing and
 * recovering took. Values out; the command line draws text, Markdown and JSON. */
#ifndef JUDGE_REPORT_H
#define JUDGE_REPORT_H

#include "core/base/buf.h"
#include "core/base/err.h"
#include "core/store.h"

/* Times are 0, durations -1, where it has not happened. */
struct report_head {
	struct incident incident;
	int64_t began_ms; /* when the opening episode began; by hand: when it was opened
			   */
	int64_t detected_ms;   /* when hublink decided that it is an incident */
	int64_t published_ms;  /* when the page first took its disruption */
	int64_t ended_ms;      /* the last joined monitor's OK; 0 while one is in error */
	int64_t recovered_ms;  /* when the page took its recovery */
	int64_t to_detect_ms;  /* began -> detected */
	int64_t to_publish_ms; /* began -> published */
	int64_t to_recover_ms; /* began -> recovered */
};

/* The public words of an update, as its bytes say them. Of a custom template without
 * title and description, description is the body as it is. */
struct public_words {
	char title[PUBLIC_TEXT_SIZE];
	char description[BODY_MAX];
};

/* One update of the incident, with what became of it. */
struct reported_update {
	const struct delivery
		*delivery; /* decided created_ms, sent sent_ms, answered http_status */
	const struct public_words *words;
	const struct attempt
		*last; /* the last attempt, its answer included; NULL: never tried */
};

/* Who hears it; a NULL function is not called. Each returns false to stop early. */
struct report_reader {
	bool (*head)(void *arg, const struct report_head *head);
	bool (*monitor)(void *arg, const struct join *join,
			const char *monitor); /* in order of joining */
	bool (*update)(void *arg,
		       const struct reported_update *update); /* oldest first */
	bool (*event)(
		void *arg,
		const struct timeline_entry *entry); /* the timeline, oldest first; acts
						      * of people have an actor */
	void *arg;
};

/* Head, monitors, updates, timeline, in this order. ERR_NOT_FOUND names the incident. */
bool report_incident(struct store *store, int64_t incident_id,
		     const struct report_reader *reader, struct err *err) CHECKED;

/* The public words of a delivery's body. ret is large: keep it on the heap. */
bool report_words(struct store *store, int64_t delivery_id, struct public_words *ret,
		  struct err *err) CHECKED;

#endif
