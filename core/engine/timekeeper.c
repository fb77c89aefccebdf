#include "core/engine/timekeeper.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/base/clock.h"
#include "core/base/random.h"

#define FACT_CLOCK_START \
	"clock_start" /* which start of the machine the stored boot clock belongs to */

/* A number that differs from one start of the machine to the next; 0: unknown. */
static int64_t machine_start(void)
{
	char text[64] = "", digits[FINGERPRINT_SIZE];
	int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return 0;
	ssize_t bytes = read(fd, text, sizeof(text) - 1);
	close(fd);
	return bytes > 0 ? strtoll(fingerprint(digits, text), NULL, 16) : 0;
}

int64_t timekeeper_turn(struct timekeeper *keeper, int64_t wall_ms, int64_t boot_ms)
{
	int64_t jump_ms = (wall_ms - keeper->wall_ms) - (boot_ms - keeper->boot_ms);
	keeper->wall_ms = wall_ms;
	keeper->boot_ms = boot_ms;
	return jump_ms > CLOCK_JUMP_MS || jump_ms < -CLOCK_JUMP_MS ? jump_ms : 0;
}

bool timekeeper_load(struct timekeeper *keeper, struct store *store, int64_t wall_ms,
		     int64_t boot_ms, struct err *err)
{
	int64_t start, stored_wall_ms, stored_boot_ms;
	if (!store_fact(store, FACT_CLOCK_START, 0, &start, err) ||
	    !store_fact(store, FACT_CLOCK_WALL, 0, &stored_wall_ms, err) ||
	    !store_fact(store, FACT_CLOCK_BOOT, 0, &stored_boot_ms, err))
		return false;
	bool is_same_start =
		start != 0 && start == machine_start() && stored_boot_ms <= boot_ms;
	*keeper = is_same_start
			  ? (struct timekeeper){ .wall_ms = stored_wall_ms,
						 .boot_ms = stored_boot_ms }
			  : (struct timekeeper){ .wall_ms = wall_ms, .boot_ms = boot_ms };
	return true;
}

bool timekeeper_save(struct timekeeper *keeper, struct store *store, bool at_once,
		     struct err *err)
{
	bool is_fresh = keeper->boot_ms - keeper->saved_ms < SECOND_MS;
	if (is_fresh && !at_once)
		return true;
	if (!store_set_fact(store, FACT_CLOCK_START, machine_start(), err) ||
	    !store_set_fact(store, FACT_CLOCK_WALL, keeper->wall_ms, err) ||
	    !store_set_fact(store, FACT_CLOCK_BOOT, keeper->boot_ms, err))
		return false;
	keeper->saved_ms = keeper->boot_ms;
	return true;
}
