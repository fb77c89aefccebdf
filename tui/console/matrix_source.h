/* Where a matrix of links comes from: an alert definition, an integration, and what the
 * store says of both. */
#ifndef CONSOLE_MATRIX_SOURCE_H
#define CONSOLE_MATRIX_SOURCE_H

#include "tui/console/matrix.h"
#include "tui/console/names.h"

struct level_facts {
	int64_t after_errors, after_minutes;
	bool active, is_placed, is_ticked;
};

struct matrix_source {
	struct names definitions, integrations; /* all there are */
	int64_t definition_id; /* chosen; the integration is the matrix's own */
	struct level_facts levels[LEVELS_MAX + 1]; /* by number */
};

void matrix_source_done(struct matrix_source *source);

/* Fills the matrix. placement_id: chooses its definition, integration and level; 0: those
 * chosen stay, or the first ones are where they are gone. */
bool matrix_source_read(struct matrix_source *source, struct matrix *matrix,
			int64_t placement_id, struct store *store, struct err *err)
	CHECKED;

#endif
