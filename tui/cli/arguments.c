/* The values of a command line that has been checked: text, times, durations, numbers. */
#include <assert.h>
#include <inttypes.h>

#include "core/base/clock.h"
#include "core/base/text.h"
#include "tui/cli/command.h"
#include "tui/cli/words.h"

const char *option_text(const struct arguments *args, const char *name)
{
	const struct option *options = args->command->options;
	size_t place = 0;
	while (place < OPTIONS_MAX && !text_equal(options[place].name, name))
		place++;
	assert(place < OPTIONS_MAX);
	return args->values[place];
}

bool option_given(const struct arguments *args, const char *name)
{
	return option_text(args, name) != NULL;
}

bool option_time(const struct arguments *args, const char *name, int64_t now_ms,
		 int64_t *ret, struct err *err)
{
	const char *text = option_text(args, name);
	if (!text)
		return true;
	return time_parse(text, now_ms, ret, err) || fail_in(err, "--%s", name);
}

bool option_span(const struct arguments *args, int64_t now_ms, int64_t *ret_since_ms,
		 int64_t *ret_until_ms, struct err *err)
{
	if (!option_time(args, "since", now_ms, ret_since_ms, err) ||
	    !option_time(args, "until", now_ms, ret_until_ms, err))
		return false;
	return !option_given(args, "since") || !option_given(args, "until") ||
	       *ret_since_ms <= *ret_until_ms ||
	       fail(err, ERR_INVALID,
		    "--since %s is later than --until %s: nothing is between them",
		    option_text(args, "since"), option_text(args, "until"));
}

bool option_duration(const struct arguments *args, const char *name, int64_t *ret,
		     struct err *err)
{
	const char *text = option_text(args, name);
	if (!text)
		return true;
	return duration_parse(text, ret, err) || fail_in(err, "--%s", name);
}

bool option_integer(const struct arguments *args, const char *name, int64_t min,
		    int64_t max, int64_t *ret, struct err *err)
{
	const char *text = option_text(args, name);
	int64_t number;
	if (!text)
		return true;
	if (text_integer(text, &number) && number >= min && number <= max) {
		*ret = number;
		return true;
	}
	DEFER(buf_done) struct buf typed = BUF_INIT(TYPED_MAX_BYTES);
	typed_add(&typed, text);
	return fail(err, ERR_INVALID,
		    "--%s: '%s' is not a number from %" PRId64 " to %" PRId64, name,
		    buf_text(&typed), min, max);
}

const char *word_at(const struct arguments *args, int number)
{
	return number < args->word_count ? args->words[number] : NULL;
}

bool id_parse(const char *list, const char *text, int64_t *ret, struct err *err)
{
	int64_t id;
	if (text_integer(text + (*text == '#'), &id) && id > 0) {
		*ret = id;
		return true;
	}
	DEFER(buf_done) struct buf typed = BUF_INIT(TYPED_MAX_BYTES);
	typed_add(&typed, text);
	return fail(err, ERR_INVALID, "'%s' is not a number out of `hublink list %s`",
		    buf_text(&typed), list);
}
