/* Fuzz targets: what any bytes are fed to, and what must hold of them then.
 *
 *     FUZZ_TARGET(retry_after)
 *     {
 *             MUST_HOLD(…text… bytes…);
 *     }
 *
 * A target's object works twice: linked alone with libFuzzer (`make fuzz`), and with all
 * others in tests/fuzz/replay, which feeds it its corpus without clang. */
#ifndef TESTS_SUPPORT_FUZZ_H
#define TESTS_SUPPORT_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* bytes bytes of text and a NUL behind them, in a block of just that size. There may be NULs
 * before it. */
typedef void fuzz_fn(const char *text, size_t bytes);

struct fuzz_target {
	const char *name; /* of its corpus: tests/fuzz/corpus/NAME */
	fuzz_fn *run;
	const struct fuzz_target *next;
};

/* All that are linked. */
const struct fuzz_target *fuzz_targets(void);

void fuzz_register(struct fuzz_target *target);
int fuzz_feed(fuzz_fn *run, const uint8_t *data, size_t bytes);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

/* Where several are linked nobody calls the weak one. */
#define FUZZ_TARGET(target)                                                   \
	static void target##_run(const char *text, size_t bytes);             \
	__attribute__((constructor)) static void target##_register(void)      \
	{                                                                     \
		static struct fuzz_target self = { .name = #target,           \
						   .run = target##_run };     \
		fuzz_register(&self);                                         \
	}                                                                     \
	__attribute__((weak)) int LLVMFuzzerTestOneInput(const uint8_t *data, \
							 size_t bytes)        \
	{                                                                     \
		return fuzz_feed(target##_run, data, bytes);                  \
	}                                                                     \
	static void target##_run(const char *text, size_t bytes)

_Noreturn void fuzz_broken(const char *what, const char *file, int line);

/* Not assert(): it may not be compiled out, and a fuzzer wants a crash. */
#define MUST_HOLD(condition) \
	((condition) ? (void)0 : fuzz_broken(#condition, __FILE__, __LINE__))

#endif
