#include "db/row.h"

#include <stdlib.h>

static int64_t number_of(const struct row_column *column, const void *member)
{
	if (column->type == ROW_NUMBER)
		return *(const int64_t *)member;
	if (column->type == ROW_BOOL)
		return *(const bool *)member;
	return *(const int *)member;
}

static void bind_one(struct stmt *stmt, int place, const struct row_column *column,
		     const char *member)
{
	if (column->type != ROW_TEXT)
		bind_int_at(stmt, place, number_of(column, member));
	else
		bind_borrowed_at(stmt, place, member[0] != '\0' ? member : NULL);
}

void row_bind(struct stmt *stmt, const struct row_column *columns, size_t count,
	      const void *record)
{
	const int run = stmt_run_of_places(stmt, columns[0].parameter,
					   columns[count - 1].parameter, count);
	for (size_t i = 0; i < count; i++) {
		const int place =
			run != 0 ? run + (int)i : stmt_place(stmt, columns[i].parameter);
		bind_one(stmt, place, &columns[i],
			 (const char *)record + columns[i].offset);
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

bool row_ids(struct stmt *stmt, struct id_list *ret, struct err *err)
{
	int got;
	while ((got = stmt_step(stmt, err)) > 0)
		id_list_add(ret, column_int(stmt, 0));
	return got == 0;
}

bool row_ids_hand_out(struct stmt *stmt, id_fn *row, void *arg, struct err *err)
{
	DEFER(id_list_done) struct id_list ids = { 0 };
	if (!row_ids(stmt, &ids, err))
		return false;
	for (size_t i = 0; i < ids.count && row(arg, ids.items[i]); i++)
		continue;
	return true;
}

bool row_texts(struct store *store, enum query query, int64_t id, text_fn *row, void *arg,
	       struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, query);
	bind_int(s, ":id", id);
	int got;
	while ((got = stmt_step(s, err)) > 0 && row(arg, column_text(s, 0)))
		continue;
	return got >= 0;
}

bool row_each_id(struct stmt *stmt, id_fn *row, void *arg, struct err *err)
{
	int got;
	while ((got = stmt_step(stmt, err)) > 0 && row(arg, column_int(stmt, 0)))
		continue;
	return got >= 0;
}

bool row_names(struct stmt *stmt, name_fn *row, void *arg, struct err *err)
{
	int got;
	while ((got = stmt_step(stmt, err)) > 0 &&
	       row(arg, column_int(stmt, 0), column_text(stmt, 1)))
		continue;
	return got >= 0;
}

void paths_done(struct paths *paths)
{
	free(paths->items);
	*paths = (struct paths){ 0 };
}
