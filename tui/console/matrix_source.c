#include "tui/console/matrix_source.h"

#include <string.h>

#include "tui/console/name_offers.h"

static int64_t chosen_or_first(const struct names *names, int64_t id)
{
	if (names_find_id(names, id) != NULL)
		return id;
	return names->count > 0 ? names->items[0].id : 0;
}

/* From a placement, when it was opened on one. */
static bool take_placement(struct matrix_source *source, struct matrix *matrix,
			   int64_t placement_id, struct store *store, struct err *err)
{
	struct placement placement;
	struct level level;

	if (placement_id == 0)
		return true;
	if (!store_get(store, RECORD_PLACEMENT, placement_id, &placement, err) ||
	    !store_get(store, RECORD_LEVEL, placement.level_id, &level, err))
		return false;
	source->definition_id = level.definition_id;
	matrix->integration_id = placement.integration_id;
	matrix->level = (int)level.number;
	return true;
}

static bool choose(struct matrix_source *source, struct matrix *matrix,
		   int64_t placement_id, struct store *store, struct err *err)
{
	names_done(&source->definitions);
	names_done(&source->integrations);
	if (!take_placement(source, matrix, placement_id, store, err) ||
	    !offer_definitions(store, &source->definitions, err) ||
	    !offer_records(store, RECORD_INTEGRATION, 0, &source->integrations, err))
		return false;
	source->definition_id =
		chosen_or_first(&source->definitions, source->definition_id);
	matrix->integration_id =
		chosen_or_first(&source->integrations, matrix->integration_id);
	return true;
}

struct level_reading {
	struct matrix_source *source;
	struct matrix *matrix;
};

static bool keep_level(void *arg, const void *rec)
{
	const struct level_reading *reading = arg;
	const struct level *level = rec;

	reading->matrix->level_ids[level->number] = level->head.id;
	reading->source->levels[level->number] = (struct level_facts){
		.after_errors = level->after_errors,
		.after_minutes = level->after_minutes,
		.active = level->active,
	};
	return true;
}

struct ticking {
	struct level_facts *facts;
	int64_t integration_id;
};

static bool keep_tick(void *arg, const void *rec)
{
	const struct ticking *ticking = arg;
	const struct placement *placement = rec;

	if (placement->integration_id == ticking->integration_id) {
		ticking->facts->is_placed = true;
		ticking->facts->is_ticked = placement->active;
	}
	return true;
}

static bool read_levels(struct matrix_source *source, struct matrix *matrix,
			struct store *store, struct err *err)
{
	struct level_reading reading = { source, matrix };

	memset(source->levels, 0, sizeof(source->levels));
	memset(matrix->level_ids, 0, sizeof(matrix->level_ids));
	if (source->definition_id == 0)
		return true; /* 0 would list every level there is */
	if (!store_list(store, RECORD_LEVEL, source->definition_id, keep_level, &reading,
			err))
		return false;
	for (int i = 1; i <= LEVELS_MAX; i++) {
		struct ticking ticking = { &source->levels[i], matrix->integration_id };
		if (matrix->level_ids[i] != 0 &&
		    !store_list(store, RECORD_PLACEMENT, matrix->level_ids[i], keep_tick,
				&ticking, err))
			return false;
	}
	return true;
}

static bool add_named(void *arg, int64_t id, const char *name)
{
	axis_add(arg, id, name);
	return true;
}

static bool add_cell(void *arg, const struct link_cell *cell)
{
	matrix_add_link(arg, cell);
	return true;
}

void matrix_source_done(struct matrix_source *source)
{
	names_done(&source->definitions);
	names_done(&source->integrations);
}

bool matrix_source_read(struct matrix_source *source, struct matrix *matrix,
			int64_t placement_id, struct store *store, struct err *err)
{
	matrix_begin(matrix);
	bool read = choose(source, matrix, placement_id, store, err) &&
		    read_levels(source, matrix, store, err) &&
		    store_matrix_monitors(store, source->definition_id, add_named,
					  &matrix->monitors, err) &&
		    store_matrix_services(store, matrix->integration_id, add_named,
					  &matrix->services, err) &&
		    store_matrix_links(store, source->definition_id,
				       matrix->integration_id, add_cell, matrix, err);
	matrix_end(matrix);
	return read;
}
