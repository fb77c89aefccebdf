#include "tests/support/fake_transport.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"

static bool fake_send(struct transport *transport, const struct request *request,
		      struct err *err)
{
	struct fake_transport *fake = (struct fake_transport *)transport;
	if (fake->refuses)
		return fail(err, ERR_FAILED, "the fake refuses");
	if (fake->count == FAKE_SENT_MAX)
		abort();
	struct fake_sent *sent = &fake->sent[fake->count++];
	*sent = (struct fake_sent){ .id = request->id,
				    .body = mem_strdup(request->body) };
	snprintf(sent->key, sizeof(sent->key), "%s", request->key);
	sscanf(request->url, "%*[^:]://%127[^/]%127s", sent->host, sent->path);
	return true;
}

static bool fake_perform(struct transport *transport, struct err *err)
{
	struct fake_transport *fake = (struct fake_transport *)transport;
	(void)err;
	if (fake->answers)
		fake_answer_all(fake, 200);
	return true;
}

static int fake_fd(const struct transport *transport)
{
	(void)transport;
	return -1;
}

static int fake_timeout_ms(const struct transport *transport)
{
	(void)transport;
	return -1;
}

static void fake_free(struct transport *transport)
{
	struct fake_transport *fake = (struct fake_transport *)transport;
	for (size_t i = 0; i < fake->count; i++)
		free(fake->sent[i].body);
	free(fake);
}

static const struct transport_ops fake_ops = {
	.send = fake_send,
	.perform = fake_perform,
	.fd = fake_fd,
	.timeout_ms = fake_timeout_ms,
	.free = fake_free,
};

struct fake_transport *fake_new(void)
{
	struct fake_transport *fake = mem_new(1, sizeof(*fake));
	fake->transport.ops = &fake_ops;
	return fake;
}

size_t fake_in_flight(const struct fake_transport *fake)
{
	size_t waiting = 0;
	for (size_t i = 0; i < fake->count; i++)
		waiting += !fake->sent[i].is_over;
	return waiting;
}

struct fake_sent *fake_find(struct fake_transport *fake, const char *path)
{
	for (size_t i = 0; i < fake->count; i++)
		if (!fake->sent[i].is_over && strcmp(fake->sent[i].path, path) == 0)
			return &fake->sent[i];
	abort();
}

const char *fake_paths(struct fake_transport *fake)
{
	static char text[8192];
	size_t used = 0;
	text[0] = '\0';
	for (size_t i = 0; i < fake->count; i++)
		used += (size_t)snprintf(text + used, sizeof(text) - used, "%s%s",
					 i ? " " : "", fake->sent[i].path);
	return text;
}

static void end(struct fake_transport *fake, struct fake_sent *sent,
		const struct outcome *outcome)
{
	if (sent->is_over)
		abort();
	sent->is_over = true;
	fake->transport.done(fake->transport.done_arg, sent->id, outcome);
}

void fake_answer(struct fake_transport *fake, struct fake_sent *sent, int status)
{
	const struct outcome outcome = { .http_status = status,
					 .request_sent = true,
					 .error = status >= 300 ? "answered badly" : NULL,
					 .answer = "an answer" };
	end(fake, sent, &outcome);
}

void fake_answer_later(struct fake_transport *fake, struct fake_sent *sent, int status,
		       int64_t retry_after_ms)
{
	const struct outcome outcome = { .http_status = status,
					 .request_sent = true,
					 .has_retry_after = true,
					 .retry_after_ms = retry_after_ms };
	end(fake, sent, &outcome);
}

void fake_lose(struct fake_transport *fake, struct fake_sent *sent, bool request_sent)
{
	const struct outcome outcome = { .request_sent = request_sent, .error = "lost" };
	end(fake, sent, &outcome);
}

void fake_answer_all(struct fake_transport *fake, int status)
{
	for (size_t i = 0; i < fake->count; i++)
		if (!fake->sent[i].is_over)
			fake_answer(fake, &fake->sent[i], status);
}
