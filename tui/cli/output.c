/* Answers: sentences, coloured words, JSON objects. What came from outside is made
 * safe here. */
#include <stdarg.h>
#include <stdio.h>

#include "core/base/clock.h"
#include "core/base/text.h"
#include "tui/cli/cli.h"

enum { LINE_MAX_BYTES = 1024 * 1024, REPLY_MAX_BYTES = 64 * 1024 * 1024 };

static const char *const tone_codes[TONE_COUNT] = {
	[TONE_PLAIN] = "",       [TONE_OK] = "\033[32m", [TONE_WARN] = "\033[33m",
	[TONE_BAD] = "\033[31m", [TONE_DIM] = "\033[2m", [TONE_STRONG] = "\033[1m",
};

PRINTF_LIKE(2, 0) static void put_line(FILE *out, const char *format, va_list values)
{
	DEFER(buf_done)
	struct buf line = BUF_INIT(LINE_MAX_BYTES);
	DEFER(buf_done)
	struct buf safe = BUF_INIT(4 * LINE_MAX_BYTES);

	buf_vaddf(&line, format, values);
	text_add_safe(&safe, buf_text(&line), true);
	fprintf(out, "%s\n", buf_text(&safe));
}

void cli_say(const struct cli *cli, const char *format, ...)
{
	if (cli->json)
		return;
	va_list values;
	va_start(values, format);
	put_line(stdout, format, values);
	va_end(values);
}

void cli_say_time(const struct cli *cli, const char *label, int64_t time_ms)
{
	char local[TIME_TEXT_SIZE], utc[TIME_TEXT_SIZE];

	if (time_ms != 0)
		cli_say(cli, "%-12s %s (%s)", label, time_format_local(local, time_ms),
			time_format_utc(utc, time_ms));
}

void cli_note(const char *format, ...)
{
	va_list values;
	(void)fflush(stdout);
	va_start(values, format);
	put_line(stderr, format, values);
	va_end(values);
}

void cli_put(const struct cli *cli, enum tone tone, const char *text)
{
	DEFER(buf_done)
	struct buf safe = BUF_INIT(LINE_MAX_BYTES);
	bool colored = cli->color && tone != TONE_PLAIN;

	text_add_safe(&safe, text, true);
	printf("%s%s%s", colored ? tone_codes[tone] : "", buf_text(&safe),
	       colored ? "\033[0m" : "");
}

bool cli_answer_no(struct err *err)
{
	*err = (struct err){ .code = ERR_FAILED };
	return false;
}

struct json_writer *reply_open(struct reply *reply)
{
	if (reply->buf.max == 0)
		reply->buf = BUF_INIT(REPLY_MAX_BYTES);
	buf_reset(&reply->buf);
	reply->writer = (struct json_writer){ .out = &reply->buf };
	json_open_object(&reply->writer, NULL);
	return &reply->writer;
}

void reply_send(struct reply *reply)
{
	json_close(&reply->writer);
	buf_addc(&reply->buf, '\n');
	(void)fwrite(buf_text(&reply->buf), 1, reply->buf.len, stdout);
}

void reply_done(struct reply *reply)
{
	buf_done(&reply->buf);
}
