#include "core/engine/ingest_token.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/clock.h"

static const char scheme[] = "Bearer ";

void ingest_tokens_done(struct ingest_tokens *tokens)
{
	free(tokens->items);
	*tokens = (struct ingest_tokens){ 0 };
}

/* ---- reading ---- */

static const struct ingest_token *by_id(const struct ingest_tokens *tokens, int64_t id)
{
	for (size_t i = 0; i < tokens->count; i++)
		if (tokens->items[i].token.id == id)
			return &tokens->items[i];
	return NULL;
}

struct refresh {
	const struct ingest_tokens *before;
	struct ingest_tokens now;
};

/* A known one keeps its pace and what is not stored of it. */
static bool add_token(void *arg, const struct token *token)
{
	struct refresh *refresh = arg;
	const struct ingest_token *before = by_id(refresh->before, token->id);
	struct ingest_token item = { 0 };
	if (before)
		item = *before;
	else
		item.token = *token;
	VEC_PUSH(refresh->now.items, refresh->now.count, refresh->now.capacity) = item;
	return true;
}

bool ingest_tokens_refresh(struct ingest_tokens *tokens, struct store *store,
			   struct err *err)
{
	int64_t version = store_version(store);
	if (version == tokens->version)
		return true;
	struct refresh refresh = { .before = tokens };
	if (!store_list_tokens(store, add_token, &refresh, err)) {
		free(refresh.now.items);
		return false;
	}
	free(tokens->items);
	tokens->items = refresh.now.items;
	tokens->count = refresh.now.count;
	tokens->capacity = refresh.now.capacity;
	tokens->version = version;
	return true;
}

/* ---- asking ---- */

/* Looks at every byte, whatever the first ones say. */
static bool equals(const char a[SHA256_HEX_SIZE], const char b[SHA256_HEX_SIZE])
{
	unsigned difference = 0;
	for (size_t i = 0; i < SHA256_HEX_SIZE; i++)
		difference |= (unsigned)(a[i] ^ b[i]);
	return difference == 0;
}

struct ingest_token *ingest_tokens_find(struct ingest_tokens *tokens, const char *header)
{
	char hash[SHA256_HEX_SIZE];
	struct ingest_token *found = NULL;
	if (!header || strncasecmp(header, scheme, sizeof(scheme) - 1) != 0)
		return NULL;
	const char *token = header + sizeof(scheme) - 1;
	sha256_hex(hash, token, strlen(token));
	for (size_t i = 0; i < tokens->count; i++)
		if (equals(hash, tokens->items[i].token.hash))
			found = &tokens->items[i];
	return found;
}

bool ingest_tokens_pace(struct ingest_tokens *tokens, struct ingest_token *token,
			int64_t boot_ms)
{
	struct ingest_pace *pace = token ? &token->pace : &tokens->none;
	int64_t second = boot_ms / SECOND_MS;
	if (pace->second != second)
		*pace = (struct ingest_pace){ .second = second };
	if (tokens->max_per_second != 0 && pace->requests >= tokens->max_per_second)
		return false;
	pace->requests++;
	return true;
}

/* ---- last use ---- */

void ingest_tokens_note_use(struct ingest_tokens *tokens, int64_t id, int64_t now_ms)
{
	for (size_t i = 0; i < tokens->count; i++) {
		struct ingest_token *item = &tokens->items[i];
		if (item->token.id != id || now_ms - item->token.used_ms < MINUTE_MS)
			continue;
		item->is_used = true;
		tokens->has_news = true;
	}
}

bool ingest_tokens_store(struct ingest_tokens *tokens, struct store *store,
			 int64_t now_ms, struct err *err)
{
	for (size_t i = 0; i < tokens->count; i++) {
		struct ingest_token *item = &tokens->items[i];
		if (!item->is_used)
			continue;
		if (!store_token_used(store, item->token.id, now_ms, err))
			return false;
		item->token.used_ms = now_ms;
		item->is_used = false;
	}
	tokens->has_news = false;
	return true;
}
