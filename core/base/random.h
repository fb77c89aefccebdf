/* Random keys and fingerprints. */
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

enum { UUID_SIZE = 37, FINGERPRINT_SIZE = 9, SHA256_HEX_SIZE = 65 };

/* A random UUID, version 4 (RFC 9562), from the kernel. Returns ret. */
const char *uuid_new(char ret[UUID_SIZE]);

/* Random bytes taken from the kernel many at a time, for who needs ids by the thousand.
 * Zeroed is empty. */
struct random_pool {
	uint8_t bytes[256];
	size_t left;
};
const char *uuid_take(struct random_pool *pool, char ret[UUID_SIZE]);

/* 64 random bits from the kernel. */
uint64_t random_u64(void);

/* One step of splitmix64: a small deterministic generator for jitter and for tests
 * with a printed seed. */
uint64_t random_step(uint64_t *state);

/* The first eight hex digits of SHA-256 of text: tells secrets apart without showing
 * them. Returns ret. */
const char *fingerprint(char ret[FINGERPRINT_SIZE], const char *text);
const char *sha256_hex(char ret[SHA256_HEX_SIZE], const void *bytes, size_t count);

#endif
