/* What was accepted and is not stored yet, for the engine that comes after a kill: that one
 * stores it, and does not send it again (R13: repeats happen only where an attempt ended
 * without an answer).
 *
 * A ring of entries in a file beside the database, DATABASE-landed, which is there while an
 * engine works. Its room is taken when it is opened, and it is written without waiting for the
 * disk: what a killed process has written is there all the same. A power cut may take entries
 * away; those updates are sent again, with their key. An entry that is there stays true,
 * however old: an update of that key was accepted then. So none ever has to be taken out. */
#ifndef ENGINE_LANDINGS_H
#define ENGINE_LANDINGS_H

#include "core/base/err.h"
#include "core/rules/retry.h"
#include "core/store.h"

struct landings;

/* places: as many as can be accepted and not stored. NULL: the file cannot be had, which the
 * log says; the engine works without it. All below take NULL, and do nothing. */
struct landings *landings_open(const char *database, unsigned places);
void landings_close(struct landings *landings);

/* Everything is stored: the file is not needed any more. */
void landings_remove(struct landings *landings);

/* The outcome of an attempt with that key, if it was accepted. It is in the file after the
 * next landings_write. */
void landings_note(struct landings *landings, int64_t delivery_id, const char *key,
		   const struct outcome *outcome);
/* A failure loses what was noted, and is said once. */
void landings_write(struct landings *landings);

/* What an engine before this one noted and could not store is stored, in one transaction.
 * Before this one notes anything. */
bool landings_store(struct landings *landings, struct store *store, int64_t now_ms,
		    struct err *err) CHECKED;

#endif
