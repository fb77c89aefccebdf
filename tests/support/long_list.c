#include "tests/support/long_list.h"

#include <stdio.h>
#include <string.h>

struct named world[ROWS];
size_t rows_read;

static void name_text(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, ((const struct named *)row)->name);
}

static void number_text(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_addf(ret, "%lld", (long long)((const struct named *)row)->number);
}

static int64_t number_of(const void *row)
{
	return ((const struct named *)row)->number;
}

static const struct column columns[] = {
	{ "Name", 0, 0, NULL, name_text },
	{ "Number", 6, 1, NULL, number_text },
};
static list_number_fn *const numbers[] = { NULL, number_of };

static bool read_named(struct store *store, int64_t id, int64_t now_ms, void *ret_row,
		       struct err *err)
{
	(void)store;
	(void)now_ms;
	(void)err;
	rows_read++;
	if (world[id - 1].name[0] != '\0')
		memcpy(ret_row, &world[id - 1], sizeof(world[0]));
	return true;
}

void make_world(void)
{
	static const char *const words[] = { "Shop", "mail", "Checkout API",
					     "Übersicht" };

	for (int i = 0; i < ROWS; i++) {
		world[i] = (struct named){ .id = i + 1, .number = i * 7919 % 100 };
		(void)snprintf(world[i].name, sizeof(world[i].name), "%s %04d",
			       words[i * 31 % 4], i);
	}
}

void named_init(struct list *list, bool is_long)
{
	list_init(list, columns, COUNT_OF(columns), sizeof(struct named));
	list->numbers = numbers;
	list->is_long = is_long;
	list->read = read_named;
	list->height = HEIGHT;
}

void load_whole(struct list *list)
{
	list_begin(list);
	for (int i = 0; i < ROWS; i++)
		if (world[i].name[0] != '\0')
			list_add(list, &world[i]);
	list_end(list);
}

void load(struct list *list, struct store *store, bool changed)
{
	list->rows_only = !changed;
	if (list_wants_ids(list, changed)) {
		list_begin(list);
		for (int i = 0; i < ROWS; i++)
			if (world[i].name[0] != '\0')
				(void)list_add_id(list, world[i].id);
		list_end(list);
	}
	must(list_read_rows(list, store, 0, err));
}
