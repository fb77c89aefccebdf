#include "tests/support/disk_power.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/base/random.h"
#include "tests/support/check.h"
#include "tests/support/place.h"

enum { SECTOR_BYTES = 512, TRACKS_MAX = 16, IMAGE_MAX_BYTES = 64 << 20 };

/* A file, with its bytes as they were synced last. It keeps them when it is renamed. */
struct track {
	char path[PLACE_PATH_SIZE + 64]; /* empty: it was replaced by another one */
	ino_t number;                    /* 0: it was deleted */
	struct buf synced;
	sqlite3_int64 written_from,
		written_to; /* since then; none if they are the same */
};

static struct track tracks[TRACKS_MAX];
static size_t track_count;

/* ---- what becomes of a file ---- */

static void read_now(const char *path, struct buf *ret)
{
	buf_reset(ret);
	if (access(path, F_OK) == 0)
		place_read(path, ret);
}

static ino_t number_of(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 ? st.st_ino : 0;
}

static struct track *find_track(const char *path, ino_t number)
{
	struct track *named = NULL;
	for (size_t i = 0; i < track_count; i++) {
		if (number != 0 && tracks[i].number == number)
			return &tracks[i];
		if (strcmp(tracks[i].path, path) == 0)
			named = &tracks[i];
	}
	return named;
}

/* One that stood in this place before stands nowhere now. */
static void put_in_place(struct track *track, const char *path)
{
	for (size_t i = 0; i < track_count; i++) {
		if (&tracks[i] != track && strcmp(tracks[i].path, path) == 0)
			tracks[i].path[0] = '\0';
	}
	snprintf(track->path, sizeof(track->path), "%s", path);
	track->number = number_of(path);
}

struct track *track_of(const char *path)
{
	if (path == NULL)
		return NULL;
	struct track *track = find_track(path, number_of(path));
	if (track == NULL) {
		assert_true(track_count < TRACKS_MAX);
		track = &tracks[track_count++];
		track->synced = BUF_INIT(IMAGE_MAX_BYTES);
		read_now(path, &track->synced);
	}
	put_in_place(track, path);
	return track;
}

void track_opened(struct track *track)
{
	track->number = number_of(track->path);
}

void track_deleted(const char *path, bool is_synced)
{
	struct track *track = track_of(path);
	track->number = 0;
	if (is_synced)
		buf_reset(&track->synced);
}

void track_note_written(struct track *track, sqlite3_int64 from, sqlite3_int64 to)
{
	const bool none = track->written_from == track->written_to;
	track->written_from =
		none || from < track->written_from ? from : track->written_from;
	track->written_to = none || to > track->written_to ? to : track->written_to;
}

/* What was written since, and the length. */
void track_keep_synced(struct track *track, sqlite3_file *file)
{
	sqlite3_int64 size = 0;
	struct buf *synced = &track->synced;
	assert_int_equal(file->pMethods->xFileSize(file, &size), SQLITE_OK);
	static const char zeros[1 << 16];
	while (synced->len < (size_t)size) {
		const size_t missing = (size_t)size - synced->len;
		buf_add(synced, zeros, missing < sizeof(zeros) ? missing : sizeof(zeros));
	}
	synced->len = (size_t)size;
	const sqlite3_int64 to = track->written_to < size ? track->written_to : size;
	if (track->written_from < to)
		(void)file->pMethods->xRead(file, synced->data + track->written_from,
					    (int)(to - track->written_from),
					    track->written_from);
	track->written_from = track->written_to = 0;
}

void power_folder_synced(void)
{
	for (size_t i = 0; i < track_count; i++) {
		if (tracks[i].number == 0)
			buf_reset(&tracks[i].synced);
	}
}

void power_forget(void)
{
	for (size_t i = 0; i < track_count; i++)
		buf_done(&tracks[i].synced);
	track_count = 0;
}

/* ---- what power that is lost leaves ---- */

static bool tossed(uint64_t *seed)
{
	return random_step(seed) % 2 == 0;
}

/* Each sector, and the length, as it was synced or as it was written since. */
static void lose_unsynced(struct track *track, uint64_t *seed)
{
	DEFER(buf_done)
	struct buf now = BUF_INIT(IMAGE_MAX_BYTES);
	read_now(track->path, &now);
	size_t len = tossed(seed) ? now.len : track->synced.len;
	FILE *file = fopen(track->path, "wb");
	assert_non_null(file);
	for (size_t at = 0; at < len; at += SECTOR_BYTES) {
		char sector[SECTOR_BYTES] = { 0 };
		const struct buf *kept = tossed(seed) ? &now : &track->synced;
		size_t bytes = len - at < SECTOR_BYTES ? len - at : SECTOR_BYTES;
		if (at < kept->len)
			memcpy(sector, kept->data + at,
			       kept->len - at < bytes ? kept->len - at : bytes);
		assert_int_equal(fwrite(sector, 1, bytes, file), bytes);
	}
	fclose(file);
}

/* What was deleted comes back whole, or not at all, until its folder is synced. */
static void bring_back(struct track *track, uint64_t *seed)
{
	if (track->synced.len == 0 || access(track->path, F_OK) == 0 || tossed(seed))
		return;
	FILE *file = fopen(track->path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(track->synced.data, 1, track->synced.len, file),
			 track->synced.len);
	fclose(file);
}

/* A file that was renamed is where its number is found. */
static void follow_renames(void)
{
	for (size_t i = 0; i < track_count; i++) {
		ino_t number = number_of(tracks[i].path);
		struct track *track = number != 0 ? find_track("", number) : NULL;
		if (track != NULL && track != &tracks[i] && track->number == number)
			put_in_place(track, tracks[i].path);
	}
}

void power_lose(uint64_t *seed)
{
	follow_renames();
	for (size_t i = 0; i < track_count; i++) {
		char shared[sizeof(tracks[i].path) + 8];
		if (tracks[i].path[0] == '\0')
			continue;
		snprintf(shared, sizeof(shared), "%s-shm", tracks[i].path);
		unlink(shared);
		if (tracks[i].number == 0)
			bring_back(&tracks[i], seed);
		else if (access(tracks[i].path, F_OK) == 0)
			lose_unsynced(&tracks[i], seed);
	}
}
