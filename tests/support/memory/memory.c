#include "tests/support/memory/memory.h"

#include <dlfcn.h>
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* The sanitizer's own, where there is one: asking the linker for it allocates. */
void *__interceptor_malloc(size_t size) __attribute__((weak));
void *__interceptor_calloc(size_t count, size_t size) __attribute__((weak));
void *__interceptor_realloc(void *memory, size_t size) __attribute__((weak));

static _Thread_local struct {
	struct memory_plan plan; /* at 0: nothing fails */
	long asked;
} use;

void memory_use(const struct memory_plan *plan)
{
	use.plan = *plan;
	use.asked = 0;
}

long memory_asked(void)
{
	return use.asked;
}

static bool fails(void)
{
	if (use.plan.at == 0)
		return false;
	long number = ++use.asked;
	if (number < use.plan.at || (number > use.plan.at && !use.plan.for_good))
		return false;
	errno = ENOMEM;
	return true;
}

static void *real(const char *name)
{
	return dlsym(RTLD_NEXT, name);
}

void *malloc(size_t size)
{
	static void *(*next)(size_t);
	if (next == NULL && (next = __interceptor_malloc) == NULL)
		*(void **)&next = real("malloc");
	return fails() ? NULL : next(size);
}

void *calloc(size_t count, size_t size)
{
	static void *(*next)(size_t, size_t);
	if (next == NULL && (next = __interceptor_calloc) == NULL)
		*(void **)&next = real("calloc");
	return fails() ? NULL : next(count, size);
}

void *realloc(void *memory, size_t size)
{
	static void *(*next)(void *, size_t);
	if (next == NULL && (next = __interceptor_realloc) == NULL)
		*(void **)&next = real("realloc");
	return fails() ? NULL : next(memory, size);
}

void *reallocarray(void *memory, size_t count, size_t size)
{
	size_t bytes;
	if (__builtin_mul_overflow(count, size, &bytes)) {
		errno = ENOMEM;
		return NULL;
	}
	return realloc(memory, bytes);
}

char *strndup(const char *text, size_t most)
{
	size_t bytes = strnlen(text, most);
	char *copy = malloc(bytes + 1);
	if (copy == NULL)
		return NULL;
	memcpy(copy, text, bytes);
	copy[bytes] = '\0';
	return copy;
}

char *strdup(const char *text)
{
	return strndup(text, strlen(text));
}
