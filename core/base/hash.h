/* FNV-1a in 64 bits (Fowler, Noll and Vo): for tables, and for checksums against accidents.
 * Who chooses what goes in can make two of them equal; where that would harm, this is not
 * for it. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

#define HASH_BEGIN UINT64_C(14695981039346656037)

/* The hash of what was hashed before (HASH_BEGIN: nothing) and of what is given. */
static inline uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t count)
{
	for (const unsigned char *at = bytes, *end = at + count; at < end; at++)
		hash = (hash ^ *at) * UINT64_C(1099511628211);
	return hash;
}

static inline uint64_t hash_text(uint64_t hash, const char *text)
{
	for (; *text != '\0'; text++)
		hash = hash_bytes(hash, text, 1);
	return hash;
}

#endif
