#include "core/peers/uptrends_time.h"

#include "core/base/clock.h"

enum { TEXT_MAX = 64 };

/* A time without a zone, read as if it were UTC. */
static bool local_time(const struct json *value, int64_t *ret_ms)
{
	const char *text = json_string(value);
	DEFER(buf_done) struct buf zoned = BUF_INIT(TEXT_MAX);
	if (text == NULL)
		return false;
	buf_addf(&zoned, "%sZ", text);
	return !buf_overflowed(&zoned) &&
	       time_parse_rfc3339(buf_text(&zoned), ret_ms, NULL);
}

static int64_t minutes_of(const struct json *object, const char *key)
{
	int64_t minutes;
	return json_integer(json_get(object, key), &minutes) ? minutes * MINUTE_MS : 0;
}

/* Where its year began: the summers of other years are at the same date or nearly so. */
static int64_t year_begin(int64_t local_ms)
{
	char text[TIME_TEXT_SIZE];
	int64_t begin_ms = 0;
	DEFER(buf_done) struct buf first = BUF_INIT(TEXT_MAX);
	buf_addf(&first, "%.4s-01-01T00:00:00Z", time_format_utc(text, local_ms));
	return time_parse_rfc3339(buf_text(&first), &begin_ms, NULL) ? begin_ms : 0;
}

bool uptrends_zone_read(const struct json *timezone, struct uptrends_zone *ret)
{
	bool has_summer;
	int64_t begin_ms, end_ms;
	if (json_type_of(timezone) != JSON_OBJECT ||
	    json_type_of(json_get(timezone, "OffsetFromUtc")) != JSON_NUMBER)
		return false;
	*ret = (struct uptrends_zone){ .offset_ms =
					       minutes_of(timezone, "OffsetFromUtc") };
	if (!json_bool(json_get(timezone, "HasDaylightSaving"), &has_summer) ||
	    !has_summer ||
	    !local_time(json_get(timezone, "DaylightSavingStart"), &begin_ms) ||
	    !local_time(json_get(timezone, "DaylightSavingEnd"), &end_ms))
		return true;
	ret->dst_offset_ms = minutes_of(timezone, "DaylightSavingOffset");
	ret->dst_begin_ms = begin_ms - year_begin(begin_ms);
	ret->dst_end_ms = end_ms - year_begin(end_ms);
	return true;
}

/* South of the equator summer has the turn of the year in it. */
static int64_t summer_ms(const struct uptrends_zone *zone, int64_t local_ms)
{
	const int64_t at_ms = local_ms - year_begin(local_ms);
	const bool after_begin = at_ms >= zone->dst_begin_ms;
	const bool before_end = at_ms < zone->dst_end_ms;
	const bool is_summer = zone->dst_begin_ms < zone->dst_end_ms
				       ? after_begin && before_end
				       : after_begin || before_end;
	return is_summer ? zone->dst_offset_ms : 0;
}

bool uptrends_time(const struct uptrends_zone *zone, const struct json *value,
		   int64_t *ret_ms)
{
	int64_t local_ms;
	const char *text = json_string(value);
	if (text != NULL && time_parse_rfc3339(text, ret_ms, NULL))
		return true;
	if (!local_time(value, &local_ms))
		return false;
	*ret_ms =
		zone->named != NULL
			? zone_utc_s(zone->named, local_ms / SECOND_MS, false) * SECOND_MS
			: local_ms - zone->offset_ms - summer_ms(zone, local_ms);
	return true;
}

int64_t uptrends_day(const struct uptrends_zone *zone, int64_t now_ms)
{
	const int64_t winter_ms = now_ms + zone->offset_ms;
	const int64_t local_ms =
		zone->named != NULL
			? now_ms + zone_offset_s(zone->named, now_ms / SECOND_MS) *
					   SECOND_MS
			: winter_ms + summer_ms(zone, winter_ms);
	return local_ms - local_ms % DAY_MS;
}
