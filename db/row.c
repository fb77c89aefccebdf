#include "db/row.h"

#include <stdlib.h>

#include "core/base/buf.h"
#include "db/journal.h"

static int64_t number_of(const struct row_column *column, const void *member)
{
	if (column->type == ROW_NUMBER)
		return *(const int64_t *)member;
	if (column->type == ROW_BOOL)
		return *(const bool *)member;
	return *(const int *)member;
}

void row_bind(struct stmt *stmt, const struct row_column *columns, size_t count,
	      const void *record)
{
	for (size_t i = 0; i < count; i++) {
		const struct row_column *c = &columns[i];
		const char *member = (const char *)record + c->offset;
		if (c->type == ROW_TEXT)
			bind_borrowed(stmt, c->parameter,
				      member[0] != '\0' ? member : NULL);
		else
			bind_int(stmt, c->parameter, number_of(c, member));
	}
}

static void read_one(const struct stmt *stmt, int at, const struct row_column *column,
		     void *member)
{
	switch (column->type) {
	case ROW_NUMBER: *(int64_t *)member = column_int(stmt, at); return;
	case ROW_ENUM: *(int *)member = (int)column_int(stmt, at); return;
	case ROW_BOOL: *(bool *)member = column_bool(stmt, at); return;
	case ROW_TEXT: column_copy(stmt, at, member, column->size); return;
	}
}

int row_read(const struct stmt *stmt, int first, const struct row_column *columns,
	     size_t count, void *ret)
{
	int at = first;
	for (size_t i = 0; i < count; i++)
		read_one(stmt, at++, &columns[i], (char *)ret + columns[i].offset);
	return at;
}

void row_ids_done(struct row_ids *ids)
{
	free(ids->items);
	*ids = (struct row_ids){ 0 };
}

void row_ids_each(const struct row_ids *ids, id_fn *row, void *arg)
{
	bool go_on = true;
	for (size_t i = 0; go_on && i < ids->count; i++)
		go_on = row(arg, ids->items[i]);
}

bool row_ids_hand_out(struct stmt *stmt, id_fn *row, void *arg, struct err *err)
{
	DEFER(row_ids_done) struct row_ids ids = { 0 };
	int got;
	while ((got = stmt_step(stmt, err)) > 0)
		VEC_PUSH(ids.items, ids.count, ids.capacity) = column_int(stmt, 0);
	if (got == 0)
		row_ids_each(&ids, row, arg);
	return got == 0;
}
