#include "tests/support/telling.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/text.h"
#include "tests/support/check.h"

enum { STATE_MAX_BYTES = 1 << 16, FILE_MAX_BYTES = 64 << 20, TRIES = 3 };

/* Freed memory that is kept for long makes every fork copy it. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
	return "quarantine_size_mb=1:malloc_context_size=4";
}

static const char *const suffixes[TELLING_FILES] = { "", "-wal", ".copy" };

/* ---- files ---- */

static void read_files(struct telling *telling)
{
	for (int i = 0; i < TELLING_FILES; i++) {
		DEFER(mem_free)
		char *path = story_beside(telling->fleet.place.path, suffixes[i]);
		telling->files[i] = BUF_INIT(FILE_MAX_BYTES);
		if (access(path, F_OK) == 0)
			place_read(path, &telling->files[i]);
	}
}

static void write_file(const char *path, const struct buf *bytes)
{
	FILE *file = fopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes->data, 1, bytes->len, file), bytes->len);
	fclose(file);
}

/* The folder as it was before the first act. */
static void start_over(struct telling *telling)
{
	DIR *folder = opendir(telling->fleet.place.folder);
	assert_non_null(folder);
	for (struct dirent *entry; (entry = readdir(folder)) != NULL;)
		unlinkat(dirfd(folder), entry->d_name, 0);
	closedir(folder);
	for (int i = 0; i < TELLING_FILES; i++) {
		DEFER(mem_free)
		char *path = story_beside(telling->fleet.place.path, suffixes[i]);
		if (telling->files[i].len > 0)
			write_file(path, &telling->files[i]);
	}
}

/* ---- what is in the database ---- */

/* How many rows each table has, and what must not be half. */
static char *state_of(const struct place *place)
{
	DEFER(buf_done)
	struct buf sql = BUF_INIT(STATE_MAX_BYTES);
	struct buf state = BUF_INIT(STATE_MAX_BYTES);
	if (!place_sql(place,
		       "SELECT 'SELECT ''' || name || ''', count(*) FROM ' || name || ';'"
		       "FROM sqlite_schema WHERE type = 'table' ORDER BY name",
		       &sql))
		fail_msg("%s", buf_text(&sql));
	buf_adds(&sql,
		 "PRAGMA integrity_check; PRAGMA foreign_key_check; PRAGMA user_version;"
		 "SELECT name, revision FROM service; SELECT name FROM definition;"
		 "SELECT state, attempts, next_attempt_ms <= created_ms FROM delivery "
		 "ORDER BY id; SELECT status FROM incident ORDER BY id;"
		 "SELECT text FROM setting WHERE name = 'mode'");
	if (!place_sql(place, buf_text(&sql), &state))
		fail_msg("%s", buf_text(&state));
	return buf_take(&state);
}

static char *state_when_opened(struct telling *telling)
{
	place_open(&telling->fleet.place, STORE_CREATE);
	place_close(&telling->fleet.place);
	return state_of(&telling->fleet.place);
}

/* ---- a story told in a child ---- */

bool telling_is_wanted(const struct story *story)
{
	const char *words = getenv("HUBLINK_STORY");
	return words == NULL || strstr(story->name, words) != NULL;
}

/* Undo asks who changed something. */
static void introduce(struct store *store)
{
	store_set_actor(store, &(struct actor){ .name = "anna", .source = "local" });
}

static struct store *open_insisting(const char *path)
{
	struct store *store = NULL;
	for (int i = 0; i < TRIES; i++) {
		if (store_open(path, STORE_WRITE, &store, NULL)) {
			introduce(store);
			return store;
		}
	}
	return NULL;
}

static bool insist(act_fn *act, struct hand *hand)
{
	for (int i = 0; i < TRIES; i++) {
		if (act(hand, NULL))
			return true;
	}
	return false;
}

static void tell(struct telling *telling)
{
	const struct story *story = telling->story;
	struct hand hand = { .path = telling->fleet.place.path };
	if (!story->is_of_file)
		hand.store = open_insisting(hand.path);
	for (int i = 0; (hand.store != NULL || story->is_of_file) && i < telling->acts &&
			insist(story->acts[i], &hand);
	     i++)
		telling->told->acts++;
	store_close(hand.store);
}

int telling_run(struct telling *telling, const struct telling_fault *fault)
{
	int status = 0;
	start_over(telling);
	*telling->told = (struct told){ 0 };
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		fault->arm(fault->plan);
		tell(telling);
		telling->told->ended = fault->counted() + 1;
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return status;
}

/* ---- what must be there afterwards ---- */

static void check_database(struct telling *telling, const char *where)
{
	DEFER(mem_free) char *state = state_when_opened(telling);
	int done = telling->told->acts;
	bool is_next =
		done < telling->acts && strcmp(state, telling->states[done + 1]) == 0;
	if (strcmp(state, telling->states[done]) != 0 && !is_next)
		fail_msg("%s: %s, %d acts done:\n%s\nnot\n%s", telling->story->name,
			 where, done, state, telling->states[done]);
}

/* A backup that was answered is whole; one that was not is nothing that looks like one. */
static void check_backup(struct telling *telling, const char *where)
{
	DEFER(mem_free)
	char *path = story_beside(telling->fleet.place.path, ".copy");
	struct place copy = { 0 };
	assert_true(text_copy(copy.path, sizeof(copy.path), path));
	bool is_done = telling->told->acts == telling->acts;
	if (strcmp(telling->story->name, "a backup") != 0 ||
	    (!is_done && access(copy.path, F_OK) != 0))
		return;
	DEFER(buf_done) struct buf found = BUF_INIT(1024);
	if (!place_sql(&copy, "PRAGMA integrity_check; PRAGMA user_version", &found))
		fail_msg("%s", buf_text(&found));
	bool is_empty = strcmp(buf_text(&found), "ok\n0\n") == 0;
	buf_reset(&found);
	if (!is_empty && !place_sql(&copy, "SELECT count(*) FROM event", &found))
		fail_msg("%s", buf_text(&found));
	if (is_empty ? is_done : strcmp(buf_text(&found), "1\n") != 0)
		fail_msg("the backup: %s: %s", where, buf_text(&found));
}

void telling_check(struct telling *telling, const char *where)
{
	check_database(telling, where);
	check_backup(telling, where);
}

/* ---- preparing a story ---- */

static void act_well(struct hand *hand, act_fn *act)
{
	struct err err = { 0 };
	place_must(act(hand, &err), &err);
}

static void prepare(struct telling *telling, const struct story *story)
{
	struct place *place = &telling->fleet.place;
	telling->story = story;
	fleet_open(&telling->fleet, "http://127.0.0.1:1", 2);
	struct hand hand = { .store = place->store, .path = place->path };
	introduce(hand.store);
	for (int i = 0; story->before[i] != NULL; i++)
		act_well(&hand, story->before[i]);
	place_close(place);
	if (story->make != NULL)
		story->make(&telling->fleet);
	read_files(telling);
}

/* What each act leaves when all is well. */
static void rehearse(struct telling *telling)
{
	const struct story *story = telling->story;
	struct place *place = &telling->fleet.place;
	telling->states[0] = state_when_opened(telling);
	start_over(telling);
	struct hand hand = { .path = place->path };
	if (!story->is_of_file)
		hand.store = place->store = open_insisting(place->path);
	for (int i = 0; story->acts[i] != NULL; i++) {
		act_well(&hand, story->acts[i]);
		telling->states[++telling->acts] =
			story->is_of_file ? state_when_opened(telling) : state_of(place);
	}
	place_close(place);
}

void telling_end(struct telling *telling)
{
	for (int i = 0; i <= telling->acts; i++)
		free(telling->states[i]);
	for (int i = 0; i < TELLING_FILES; i++)
		buf_done(&telling->files[i]);
	fleet_close(&telling->fleet);
	munmap(telling->told, sizeof(*telling->told));
}

void telling_begin(struct telling *telling, const struct story *story)
{
	*telling = (struct telling){ 0 };
	telling->told = mmap(NULL, sizeof(*telling->told), PROT_READ | PROT_WRITE,
			     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	assert_ptr_not_equal(telling->told, MAP_FAILED);
	prepare(telling, story);
	rehearse(telling);
}
