/* A database file with bytes that are not what was written: opened and asked, it answers or
 * is refused with a sentence, and nothing crashes or goes on for ever.
 *
 * The input is no image but what is done to a good one: for every five bytes, the four first
 * say where a byte is changed and the fifth how; up to four left over say where it ends. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/text.h"
#include "core/store.h"
#include "tests/support/fuzz.h"
#include "tests/support/place.h"

enum { IMAGE_MAX = 8 << 20, EXPORT_MAX = 4 << 20, CHANGE_BYTES = 5 };

static struct place place;
static struct buf good;

static void remove_place(void)
{
	place_done(&place);
	buf_done(&good);
}

static void make_good(void)
{
	place_init(&place);
	(void)atexit(remove_place);
	place_open(&place, STORE_CREATE);
	place_import(&place, place_example, false);
	place_close(&place);
	good = BUF_INIT(IMAGE_MAX);
	place_read(place.path, &good);
}

static size_t position(const char *input, size_t bytes)
{
	uint32_t number = 0;
	memcpy(&number, input, bytes);
	return number % good.len;
}

static void write_changed(const char *input, size_t bytes)
{
	char side[PLACE_PATH_SIZE + 64];
	char *image = mem_new(good.len, 1);
	size_t whole = bytes / CHANGE_BYTES * CHANGE_BYTES;
	memcpy(image, good.data, good.len);
	for (size_t i = 0; i < whole; i += CHANGE_BYTES)
		image[position(input + i, 4)] ^= input[i + 4];
	size_t end = bytes > whole ? position(input + whole, bytes - whole) : good.len;

	(void)snprintf(side, sizeof(side), "%s-wal", place.path);
	(void)unlink(side);
	(void)snprintf(side, sizeof(side), "%s-shm", place.path);
	(void)unlink(side);
	int fd = open(place.path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	MUST_HOLD(fd >= 0 && write(fd, image, end) == (ssize_t)end);
	(void)close(fd);
	free(image);
}

static void must_tell(bool done, const struct err *err)
{
	MUST_HOLD(done || (err->code != ERR_NONE && err->text[0] != '\0'));
	MUST_HOLD(done || utf8_valid(err->text, strlen(err->text)));
}

static bool take_any(void *arg, const void *rec)
{
	int *rows = arg;
	return rec != NULL && ++*rows < 1000;
}

static void ask_everything(struct store *store)
{
	struct err err = { 0 };
	struct buf exported = BUF_INIT(EXPORT_MAX);
	enum mode mode;
	must_tell(store_export(store, true, &exported, &err), &err);
	must_tell(store_mode(store, &mode, &err), &err);
	for (int kind = 0; kind < RECORD_KIND_COUNT; kind++) {
		int rows = 0;
		must_tell(store_list(store, (enum record_kind)kind, 0, take_any, &rows,
				     &err),
			  &err);
	}
	must_tell(store_audit(store, "fuzz", "database", 0, "image", NULL, NULL, &err),
		  &err);
	buf_done(&exported);
}

FUZZ_TARGET(image)
{
	struct err err = { 0 };
	struct store *store = NULL;
	struct store_health health;
	if (good.len == 0)
		make_good();
	write_changed(text, bytes);
	must_tell(store_health(place.path, &health, &err), &err);
	bool opened = store_open(place.path, STORE_WRITE, &store, &err);
	must_tell(opened, &err);
	if (opened)
		ask_everything(store);
	store_close(store);
}
