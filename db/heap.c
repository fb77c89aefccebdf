/* Pieces up to 2 KiB go back to a list of their size, larger ones to the system. What is on
 * a list is poisoned: AddressSanitizer sees it used as it sees what was freed. */
#include "db/heap.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(piece, bytes) ((void)(piece), (void)(bytes))
#define ASAN_UNPOISON_MEMORY_REGION(piece, bytes) ((void)(piece), (void)(bytes))
#endif

enum { STEP_BYTES = 64, SIZES = 33 };

/* What stands before each piece. */
struct piece {
	struct piece *next; /* on its list */
	size_t size;        /* with this, in steps */
};
_Static_assert(sizeof(struct piece) == 16, "what follows is aligned as malloc aligns");

/* SQLite gives its methods nothing that could lead to this. */
static struct piece *free_pieces[SIZES];

static size_t steps(int bytes)
{
	return ((size_t)bytes + sizeof(struct piece) + STEP_BYTES - 1) / STEP_BYTES;
}

static size_t room(size_t size)
{
	return size * STEP_BYTES - sizeof(struct piece);
}

static struct piece *piece_of(void *memory)
{
	return (struct piece *)memory - 1;
}

static void *take(int bytes)
{
	const size_t size = steps(bytes);
	struct piece *piece = size < SIZES ? free_pieces[size] : NULL;
	if (piece) {
		free_pieces[size] = piece->next;
		ASAN_UNPOISON_MEMORY_REGION(piece + 1, room(size));
		return piece + 1;
	}
	piece = malloc(size * STEP_BYTES);
	if (!piece)
		return NULL;
	piece->size = size;
	return piece + 1;
}

static void give_back(void *memory)
{
	struct piece *piece = piece_of(memory);
	if (piece->size >= SIZES) {
		free(piece);
		return;
	}
	piece->next = free_pieces[piece->size];
	free_pieces[piece->size] = piece;
	ASAN_POISON_MEMORY_REGION(memory, room(piece->size));
}

static int room_of(void *memory)
{
	return (int)room(piece_of(memory)->size);
}

static void *resize(void *memory, int bytes)
{
	const size_t had = piece_of(memory)->size;
	if (steps(bytes) == had)
		return memory;
	void *moved = take(bytes);
	if (!moved)
		return NULL;
	memcpy(moved, memory, room(had) < (size_t)bytes ? room(had) : (size_t)bytes);
	give_back(memory);
	return moved;
}

static int round_up(int bytes)
{
	return (int)room(steps(bytes));
}

static int begin(void *arg)
{
	(void)arg;
	return SQLITE_OK;
}

static void end(void *arg)
{
	(void)arg;
}

void heap_use(void)
{
	static const struct sqlite3_mem_methods methods = {
		.xMalloc = take,
		.xFree = give_back,
		.xRealloc = resize,
		.xSize = room_of,
		.xRoundup = round_up,
		.xInit = begin,
		.xShutdown = end,
	};
	(void)sqlite3_config(SQLITE_CONFIG_MALLOC, &methods);
}
