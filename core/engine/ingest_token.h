/* Who may post: the tokens as the database has them, and how often each asks. */
#ifndef ENGINE_INGEST_TOKEN_H
#define ENGINE_INGEST_TOKEN_H

#include "core/store_sources.h"

/* Requests of one sender in the running second. */
struct ingest_pace {
	int64_t second, requests;
};

struct ingest_token {
	struct token token;
	struct ingest_pace pace;
	bool is_used; /* since it was last stored */
};

struct ingest_tokens {
	struct ingest_token *items;
	size_t count, capacity;
	int64_t version;         /* of the database they were read from; 0: none yet */
	int64_t max_per_second;  /* requests of each token; 0: any number */
	struct ingest_pace none; /* of those without a valid one, together */
	bool has_news;           /* a use that is not stored */
};

void ingest_tokens_done(struct ingest_tokens *tokens);

/* Reads them again if anything was committed since. */
bool ingest_tokens_refresh(struct ingest_tokens *tokens, struct store *store,
			   struct err *err) CHECKED;

/* The one that an Authorization header names, NULL if it names none. Takes as long for
 * any wrong one. Borrowed until the next refresh. */
struct ingest_token *ingest_tokens_find(struct ingest_tokens *tokens, const char *header);

/* May its sender ask once more now? token NULL: one without. */
bool ingest_tokens_pace(struct ingest_tokens *tokens, struct ingest_token *token,
			int64_t boot_ms);

/* A request of that token was taken. Stored by ingest_tokens_store, to the minute. */
void ingest_tokens_note_use(struct ingest_tokens *tokens, int64_t id, int64_t now_ms);
bool ingest_tokens_store(struct ingest_tokens *tokens, struct store *store,
			 int64_t now_ms, struct err *err) CHECKED;

#endif
