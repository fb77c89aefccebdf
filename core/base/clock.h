/* Time: milliseconds since 1970-01-01 UTC (int64_t *_ms) everywhere inside; text form
 * only at the borders. The only file that reads a clock is clock.c; decisions take
 * now_ms. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/compiler.h"
#include "core/base/err.h"

enum { TIME_TEXT_SIZE = 40, DURATION_TEXT_SIZE = 32 };

#define SECOND_MS INT64_C(1000)
#define MINUTE_MS (60 * SECOND_MS)
#define HOUR_MS (60 * MINUTE_MS)
#define DAY_MS (24 * HOUR_MS)
#define DURATION_MAX_MS (3650 * DAY_MS)

/* The seam: the system's clock, or a fixed one for tests, simulations and pictures.
 * Zeroed is the system's. */
struct clock {
	bool fixed;
	int64_t fixed_ms;
};

/* Wall clock, UTC; NULL is the system's. */
int64_t clock_now_ms(const struct clock *clock);

/* CLOCK_BOOTTIME: counts through suspend, never jumps. */
int64_t clock_boot_ms(void);

/* Text forms; each returns ret. Times outside the years 1970 to 9999 are shown as the
 * nearest one inside. Zone-less output never leaves these functions but for the last.
 *     utc          2026-11-23T14:03:51Z, with .mmm when not whole
 *     utc_seconds  2026-11-23T14:03:51Z, always whole
 *     local        2026-11-23 15:03:51 CET
 *     clock        15:03:51, local */
const char *time_format_utc(char ret[TIME_TEXT_SIZE], int64_t time_ms);
const char *time_format_utc_seconds(char ret[TIME_TEXT_SIZE], int64_t time_ms);
const char *time_format_local(char ret[TIME_TEXT_SIZE], int64_t time_ms);
const char *time_format_clock(char ret[TIME_TEXT_SIZE], int64_t time_ms);

/* RFC 3339 with zone; `HH:MM` (local, the next one after now); `+30m` (after now).
 * ERR_INVALID names the text. */
bool time_parse(const char *text, int64_t now_ms, int64_t *ret_ms, struct err *err)
	CHECKED;

/* RFC 3339 only (JSON input), from 1970 on; digits beyond milliseconds are dropped. */
bool time_parse_rfc3339(const char *text, int64_t *ret_ms, struct err *err) CHECKED;

/* HTTP-date of RFC 9110 (all three forms), for Retry-After. */
bool time_parse_http_date(const char *text, int64_t *ret_ms) CHECKED;

/* `90s`, `5m`, `2h`, `1d`, `250ms`; compounds like `1h30m`, the larger unit first.
 * No sign, no fraction; at most DURATION_MAX_MS. */
bool duration_parse(const char *text, int64_t *ret_ms, struct err *err) CHECKED;

/* The exact form in one unit, the largest that fits: `90s`, `5m`, `0s`; parses back to
 * the same value. Negative is shown as `0s`. */
const char *duration_format(char ret[DURATION_TEXT_SIZE], int64_t duration_ms);

/* For people, two units at most: `3s`, `12m`, `2h 05m`, `3d 4h`. Negative is shown as
 * `0s`. */
const char *duration_format_short(char ret[DURATION_TEXT_SIZE], int64_t duration_ms);

#endif
