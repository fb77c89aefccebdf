#include "tests/support/memory/memory.h"

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* The sanitizer's own, where there is one: asking the linker for it allocates. */
void *__interceptor_malloc(size_t size) __attribute__((weak));
void *__interceptor_calloc(size_t count, size_t size) __attribute__((weak));
void *__interceptor_realloc(void *memory, size_t size) __attribute__((weak));

static struct memory_plan plan; /* at 0: nothing fails */
static atomic_long here, *asked = &here;

void memory_use(const struct memory_plan *wanted)
{
	plan = *wanted;
	*asked = 0;
}

void memory_count_at(atomic_long *counter)
{
	asked = counter;
}

long memory_asked(void)
{
	return *asked;
}

static _Thread_local bool is_spared;

void memory_spare(bool spared)
{
	is_spared = spared;
}

static bool fails(void)
{
	if (plan.at == 0 || is_spared)
		return false;
	long number = ++*asked;
	if (number < plan.at || (number > plan.at && !plan.for_good))
		return false;
	errno = ENOMEM;
	return true;
}

static void *real(const char *name)
{
	return dlsym(RTLD_NEXT, name);
}

/* The sanitizer asks, in each thread that begins, and ends the process if it gets no answer. */
int pthread_getattr_np(pthread_t thread, pthread_attr_t *ret)
{
	static int (*next)(pthread_t, pthread_attr_t *);
	if (next == NULL)
		*(void **)&next = real("pthread_getattr_np");
	is_spared = true;
	int code = next(thread, ret);
	is_spared = false;
	return code;
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
