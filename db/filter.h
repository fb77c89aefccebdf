/* Binds what a list is asked for to the questions of db/queries/lists.def. */
#ifndef DB_FILTER_H
#define DB_FILTER_H

#include "core/store.h"
#include "db/stmt.h"

/* Which of the filter's parameters a question has beside :limit and :search. */
enum filter_part {
	FILTER_PAGE = 1,      /* :before */
	FILTER_STATE = 2,     /* :state */
	FILTER_OPEN = 4,      /* :open */
	FILTER_TIME = 8,      /* :since, :until */
	FILTER_WHO = 16,      /* :service, :monitor */
	FILTER_INCIDENT = 32, /* :incident */
	FILTER_SEARCH = 64,   /* :search */
	FILTER_TOLD = 128,    /* :told */
	FILTER_PART = 256,    /* :kind, :part */
};

void filter_bind(struct stmt *stmt, const struct filter *filter, unsigned parts);

#endif
