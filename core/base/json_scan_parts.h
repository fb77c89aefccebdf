/* The inside of a scan, shared by its parts: values, the strings in them, and what is wrong
 * with either. Nothing else includes this. */
#ifndef BASE_JSON_SCAN_PARTS_H
#define BASE_JSON_SCAN_PARTS_H

#include "core/base/buf.h"
#include "core/base/json.h"

struct key {
	const char *text; /* set from offset when an object's keys are compared */
	size_t offset;    /* in scan.names */
	size_t bytes;
	const char *at; /* where it stands, for the message */
};

/* Where a value stands in what is open around it. */
struct step {
	bool is_array;
	size_t number; /* of the item; in an object: of the key among all keys kept,
			  behind it */
};

struct scan {
	const char *start, *at, *end;
	const char *wrong_at; /* the first thing that is wrong … */
	const char *wrong;    /* … and why; NULL while all is well */
	struct buf names;     /* decoded keys */
	struct key *keys;
	size_t key_count, key_capacity;
	struct step steps[JSON_DEPTH_MAX];
	int depth;
	json_fault_fn *tell; /* NULL: the first fault ends it */
	void *arg;
};

/* Takes note of the first thing that is wrong; false. */
bool json_scan_wrong(struct scan *s, const char *at, const char *what);

/* True: it was told, the scan goes on. */
bool json_scan_tell(struct scan *s, int depth, const struct key *key, const char *what);

/* A string with its quotes; decoded may be NULL. */
bool json_scan_string(struct scan *s, struct buf *decoded);

static inline bool at_char(const struct scan *s, char c)
{
	return s->at < s->end && *s->at == c;
}

static inline bool skip_char(struct scan *s, char c)
{
	if (!at_char(s, c))
		return false;
	s->at++;
	return true;
}

#endif
