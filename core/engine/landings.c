#include "core/engine/landings.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/hash.h"
#include "core/base/log.h"
#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/judge/judge.h"

/* As it is in the file, without a gap. One that is half written, or that another version
 * wrote, has another sum. */
struct entry {
	uint64_t sum; /* of what follows */
	struct landing {
		int64_t delivery_id;
		int64_t started_ms, duration_ms; /* of the attempt */
		int64_t http_status;
		char key[40];
	} landing;
};

_Static_assert(KEY_SIZE <= sizeof(((struct landing *)NULL)->key), "a key has room");
_Static_assert(sizeof(struct entry) == 80, "an entry has no gap");

struct landings {
	char path[PATH_MAX];
	int fd;
	off_t held;            /* bytes that it held when it was opened */
	struct entry *entries; /* the ring, as it is in the file but for the newest */
	unsigned places, next; /* where the next one goes */
	unsigned unwritten;    /* the newest so many */
	bool has_failed;       /* and said so */
};

static uint64_t sum_of(const struct landing *landing)
{
	return hash_bytes(HASH_BEGIN, landing, sizeof(*landing));
}

static void say(const struct landings *landings, const char *what)
{
	log_line(LOG_LEVEL_WARNING,
		 "%s cannot be %s: %s; if this engine is killed, the next one sends some "
		 "updates again, with their keys",
		 landings->path, what, strerror(errno));
}

/* ---- the file ---- */

struct landings *landings_open(const char *database, unsigned places)
{
	struct landings *landings = mem_new(1, sizeof(*landings));
	(void)snprintf(landings->path, sizeof(landings->path), "%s-landed", database);
	landings->fd =
		open(landings->path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (landings->fd < 0) {
		say(landings, "opened");
		free(landings);
		return NULL;
	}
	struct stat file;
	landings->held = fstat(landings->fd, &file) == 0 ? file.st_size : 0;
	landings->places = places;
	/* A disk that fills up later takes none of it; where there is no room now, what is
	 * written may still find some. */
	(void)posix_fallocate(landings->fd, 0, (off_t)(places * sizeof(struct entry)));
	landings->entries = mem_new(places, sizeof(*landings->entries));
	return landings;
}

void landings_close(struct landings *landings)
{
	if (landings == NULL)
		return;
	close(landings->fd);
	free(landings->entries);
	free(landings);
}

void landings_remove(struct landings *landings)
{
	if (landings != NULL)
		(void)unlink(landings->path);
}

/* ---- noting ---- */

void landings_note(struct landings *landings, int64_t delivery_id, const char *key,
		   const struct outcome *outcome)
{
	if (landings == NULL || !retry_is_accepted(outcome->http_status))
		return;
	struct entry *entry = &landings->entries[landings->next];
	*entry = (struct entry){ .landing = { .delivery_id = delivery_id,
					      .started_ms = outcome->started_ms,
					      .duration_ms = outcome->duration_ms,
					      .http_status = outcome->http_status } };
	(void)!text_copy(entry->landing.key, sizeof(entry->landing.key), key);
	entry->sum = sum_of(&entry->landing);
	landings->next = (landings->next + 1) % landings->places;
	if (landings->unwritten < landings->places)
		landings->unwritten++;
}

static bool write_entries(const struct landings *landings, unsigned first, unsigned count)
{
	const size_t size = sizeof(struct entry);
	return pwrite(landings->fd, &landings->entries[first], count * size,
		      (off_t)(first * size)) == (ssize_t)(count * size);
}

void landings_write(struct landings *landings)
{
	if (landings == NULL || landings->unwritten == 0)
		return;
	const unsigned places = landings->places, count = landings->unwritten;
	const unsigned first = (landings->next + places - count) % places;
	const unsigned straight = count < places - first ? count : places - first;
	landings->unwritten = 0;
	errno = ENOSPC; /* what a short write means */
	if ((write_entries(landings, first, straight) &&
	     write_entries(landings, 0, count - straight)) ||
	    landings->has_failed)
		return;
	landings->has_failed = true;
	say(landings, "written");
}

/* ---- storing ---- */

static bool is_sound(const struct entry *entry)
{
	const struct landing *landing = &entry->landing;
	return entry->sum == sum_of(landing) &&
	       memchr(landing->key, '\0', sizeof(landing->key)) != NULL &&
	       retry_is_accepted(landing->http_status);
}

/* Adds 1 to *count if it was not stored already. */
static bool store_one(const struct landing *landing, struct store *store, int64_t now_ms,
		      unsigned *count, struct err *err)
{
	const struct outcome outcome = { .http_status = landing->http_status,
					 .request_sent = true,
					 .started_ms = landing->started_ms,
					 .duration_ms = landing->duration_ms };
	struct retry_decision decision;
	bool lacks;
	if (!store_lacks_attempt(store, landing->delivery_id, landing->key,
				 landing->started_ms, &lacks, err))
		return false;
	if (!lacks)
		return true;
	++*count;
	return judge_outcome(store, landing->delivery_id, &outcome, now_ms, 0, &decision,
			     err);
}

static bool store_entries(const struct landings *landings, struct store *store,
			  int64_t now_ms, unsigned *count, struct err *err)
{
	struct entry entry;
	const ssize_t size = sizeof(entry);
	for (off_t at = 0; at < landings->held &&
			   pread(landings->fd, &entry, sizeof(entry), at) == size;
	     at += size) {
		if (is_sound(&entry) &&
		    !store_one(&entry.landing, store, now_ms, count, err))
			return false;
	}
	return true;
}

bool landings_store(struct landings *landings, struct store *store, int64_t now_ms,
		    struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	unsigned count = 0;
	if (landings == NULL || landings->held == 0)
		return true; /* the engine before it ended in order, as most do */
	if (!store_begin(store, &tx, err) ||
	    !store_entries(landings, store, now_ms, &count, err) ||
	    !store_commit(&tx, err))
		return fail_in(err, "storing what was accepted before a kill");
	if (count > 0)
		log_line(LOG_LEVEL_WARNING,
			 "Stored what was accepted just before the engine was killed, "
			 "instead of sending it again; updates: %u",
			 count);
	return true;
}
