#include "core/base/random.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/types.h>

#include <sha2.h>

/* Up to 256 bytes from the kernel, which getrandom(2) promises to fill in one call. */
static void random_bytes(void *ret, size_t count)
{
	if (getrandom(ret, count, 0) == (ssize_t)count)
		return;
	fputs("hublink: the kernel gives no random bytes (getrandom failed)\n", stderr);
	abort();
}

static void add_hex(char *ret, const uint8_t *bytes, size_t count)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < count; i++) {
		ret[2 * i] = digits[bytes[i] >> 4];
		ret[2 * i + 1] = digits[bytes[i] & 0x0f];
	}
	ret[2 * count] = '\0';
}

enum { UUID_BYTES = 16 };

static const char *uuid_of(uint8_t b[UUID_BYTES], char ret[UUID_SIZE])
{
	b[6] = (uint8_t)((b[6] & 0x0f) | 0x40); /* version 4 */
	b[8] = (uint8_t)((b[8] & 0x3f) | 0x80); /* the RFC's variant */

	static const size_t group_bytes[] = { 4, 2, 2, 2, 6 };
	size_t from = 0;
	char *at = ret;
	for (size_t i = 0; i < sizeof(group_bytes) / sizeof(group_bytes[0]); i++) {
		if (i > 0)
			*at++ = '-';
		add_hex(at, b + from, group_bytes[i]);
		at += 2 * group_bytes[i];
		from += group_bytes[i];
	}
	return ret;
}

const char *uuid_new(char ret[UUID_SIZE])
{
	uint8_t b[UUID_BYTES];
	random_bytes(b, sizeof(b));
	return uuid_of(b, ret);
}

const char *uuid_take(struct random_pool *pool, char ret[UUID_SIZE])
{
	if (pool->left < UUID_BYTES) {
		random_bytes(pool->bytes, sizeof(pool->bytes));
		pool->left = sizeof(pool->bytes);
	}
	pool->left -= UUID_BYTES;
	return uuid_of(pool->bytes + pool->left, ret);
}

uint64_t random_u64(void)
{
	uint64_t bits;
	random_bytes(&bits, sizeof(bits));
	return bits;
}

uint64_t random_step(uint64_t *state)
{
	*state += UINT64_C(0x9e3779b97f4a7c15);
	uint64_t z = *state;
	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

const char *sha256_hex(char ret[SHA256_HEX_SIZE], const void *bytes, size_t count)
{
	uint8_t digest[SHA256_DIGEST_LENGTH];
	SHA2_CTX context;
	SHA256Init(&context);
	SHA256Update(&context, bytes, count);
	SHA256Final(digest, &context);
	add_hex(ret, digest, sizeof(digest));
	return ret;
}

const char *fingerprint(char ret[FINGERPRINT_SIZE], const char *text)
{
	char hex[SHA256_HEX_SIZE];
	sha256_hex(hex, text, strlen(text));
	memcpy(ret, hex, FINGERPRINT_SIZE - 1);
	ret[FINGERPRINT_SIZE - 1] = '\0';
	return ret;
}
