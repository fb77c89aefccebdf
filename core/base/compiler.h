/* Attributes and scope helpers that GCC and clang both know. */
#ifndef BASE_COMPILER_H
#define BASE_COMPILER_H

#include <stddef.h>

#define CHECKED __attribute__((warn_unused_result))
#define PRINTF_LIKE(f, a) __attribute__((format(printf, f, a)))
#define COUNT_OF(a) (sizeof(a) / sizeof((a)[0]))

/* DEFER(buf_done) struct buf b = BUF_INIT(100);   calls buf_done(&b) on every way out of
 * the scope. */
#define DEFER(done) __attribute__((cleanup(done)))

/* return TAKE(pointer);   ownership leaves the scope: the variable is NULL afterwards. */
#define TAKE(p)                             \
	({                                  \
		__typeof__(p) taken_ = (p); \
		(p) = NULL;                 \
		taken_;                     \
	})

#endif
