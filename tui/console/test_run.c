#include "tui/console/test_run.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "core/base/json.h"
#include "core/base/text.h"
#include "tui/engine_process.h"

enum { WORDS_MAX = 20 };

const char *test_event_text(enum test_event event)
{
	static const char *const texts[TEST_EVENT_COUNT] = {
		[TEST_BOTH] = "both",
		[TEST_DISRUPTION] = "disruption",
		[TEST_OPERATIONAL] = "operational",
	};

	return texts[event];
}

/* ---- what it printed ---- */

static void copy(char *ret, size_t size, const struct json *value)
{
	const char *text = json_string(value);

	(void)text_cut(ret, size, text != NULL ? text : "", size);
}

static void read_answer(const struct json *object, struct test_answer *ret)
{
	const char *state = json_string(json_get(object, "state"));

	*ret = (struct test_answer){ .is_recovery = text_equal(state, "operational"),
				     .connects = state == NULL };
	ret->is_well = false;
	if (!json_bool(json_get(object, ret->connects ? "connected" : "delivered"),
		       &ret->is_well))
		ret->is_well = false;
	if (!json_integer(json_get(object, "http_status"), &ret->http_status))
		ret->http_status = 0;
	if (!json_integer(json_get(object, "duration_ms"), &ret->duration_ms))
		ret->duration_ms = 0;
	copy(ret->error, sizeof(ret->error), json_get(object, "error"));
	copy(ret->answer, sizeof(ret->answer), json_get(object, "answer"));
}

/* Not JSON: a sentence, as a command writes it. */
static void read_sentence(const char *line, struct test_outcome *ret)
{
	static const char prefix[] = "hublink: ";

	if (text_starts_with(line, prefix))
		line += sizeof(prefix) - 1;
	if (ret->failure[0] == '\0')
		(void)text_cut(ret->failure, sizeof(ret->failure), line,
			       sizeof(ret->failure));
}

static void read_line(const char *line, size_t bytes, struct test_outcome *ret)
{
	DEFER(buf_done) struct buf text = BUF_INIT(1024 * 1024);
	struct err err = { 0 };

	buf_add(&text, line, bytes);
	DEFER(json_done) struct json *object = json_parse(buf_text(&text), bytes, &err);
	if (object == NULL)
		read_sentence(buf_text(&text), ret);
	else if (ret->count < TEST_ANSWERS_MAX)
		read_answer(object, &ret->answers[ret->count++]);
}

void test_outcome_parse(const char *output, struct test_outcome *ret)
{
	*ret = (struct test_outcome){ 0 };
	while (*output != '\0') {
		size_t bytes = strcspn(output, "\n");
		if (bytes > 0)
			read_line(output, bytes, ret);
		output += bytes + (output[bytes] == '\n');
	}
	ret->is_well = ret->count > 0 && ret->failure[0] == '\0';
	for (size_t i = 0; i < ret->count; i++)
		ret->is_well = ret->is_well && ret->answers[i].is_well;
	if (ret->count == 0 && ret->failure[0] == '\0')
		read_sentence("hublink-engine ended without an answer", ret);
}

/* ---- in words ---- */

void test_answer_add(const struct test_answer *answer, struct buf *ret)
{
	if (answer->connects)
		buf_adds(ret, answer->is_well ? "connected" : "no connection, ");
	else if (answer->is_well)
		buf_addf(ret, "delivered, answered %lld", (long long)answer->http_status);
	else
		buf_adds(ret, "not delivered, ");
	if (!answer->is_well)
		buf_adds(ret, answer->error[0] != '\0' ? answer->error : "no answer");
	buf_addf(ret, " (%lld ms)", (long long)answer->duration_ms);
}

void test_outcome_add(const struct test_outcome *outcome, struct buf *ret)
{
	const struct test_answer *told = &outcome->answers[0];

	for (size_t i = 0; i < outcome->count && told->is_well; i++)
		told = &outcome->answers[i];
	if (outcome->failure[0] != '\0')
		buf_adds(ret, outcome->failure);
	else
		test_answer_add(told, ret);
}

/* ---- the child ---- */

bool test_run_start(struct test_run *run, struct app *app, const struct service *service,
		    enum test_event event, bool connects, struct err *err)
{
	DEFER(buf_done) struct buf name = BUF_INIT(2 * NAME_SIZE);
	const char *because = store_actor(app->store)->because;
	const char *words[WORDS_MAX] = { "hublink-engine", "test", "--json", "--db",
					 store_path(app->store) };
	size_t count = 5;

	if (connects) {
		words[count++] = "--connect";
	} else {
		words[count++] = "--send";
		words[count++] = "--yes";
		words[count++] = "--state";
		words[count++] = test_event_text(event);
	}
	if (because[0] != '\0') {
		words[count++] = "--because";
		words[count++] = because;
	}
	if (app->options->as != NULL) {
		words[count++] = "--as";
		words[count++] = app->options->as;
	}
	buf_addf(&name, "%s/%s", service->integration, service->name);
	words[count++] = "--";
	words[count++] = buf_text(&name);
	buf_reset(&run->output);
	return engine_child_start(words, &run->fd, err);
}

bool test_run_read(struct test_run *run, struct test_outcome *ret)
{
	char bytes[4096];
	ssize_t count;

	while ((count = read(run->fd, bytes, sizeof(bytes))) > 0)
		buf_add(&run->output, bytes, (size_t)count);
	if (count < 0 && (errno == EAGAIN || errno == EINTR))
		return false;
	test_outcome_parse(buf_text(&run->output), ret);
	(void)close(run->fd);
	run->fd = -1;
	return true;
}

void test_run_done(struct test_run *run)
{
	if (run->fd >= 0)
		(void)close(run->fd);
	run->fd = -1;
	buf_done(&run->output);
}
