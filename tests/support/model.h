/* What the public must have been told, by a model of a few flat arrays: it knows who is in
 * error and which page that concerns, and nothing of databases, queues, clocks or networks.
 * Every error and every OK reaches it once; each of a page's updates follows from them. */
#ifndef TESTS_SUPPORT_MODEL_H
#define TESTS_SUPPORT_MODEL_H

#include <stdbool.h>
#include <stddef.h>

enum { MODEL_MONITORS = 3, MODEL_SERVICES = 3, MODEL_TOLD_MAX = 160 };

enum model_update { MODEL_DISRUPTION, MODEL_RECOVERY };

struct model {
	bool links[MODEL_MONITORS][MODEL_SERVICES];
	bool in_error[MODEL_MONITORS];
	bool is_joined[MODEL_MONITORS]
		      [MODEL_SERVICES]; /* holds the page's incident open */
	enum model_update due[MODEL_SERVICES][MODEL_TOLD_MAX]; /* in this order */
	size_t due_count[MODEL_SERVICES];
};

void model_error(struct model *model, int monitor);
void model_ok(struct model *model, int monitor);

#endif
