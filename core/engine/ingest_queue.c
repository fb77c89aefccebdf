/* From a whole request to its answer: waiting, stored, committed. */
#include <inttypes.h>

#include "core/engine/ingest_parts.h"

enum { TURN_BYTES = 1024 * 1024 }; /* stored in one turn, and at least one request */

static const char cannot_store[] =
	"The engine cannot write to its database just now; nothing was changed, send it "
	"again";

void exchange_queue_push(struct exchange_queue *queue, struct exchange *exchange)
{
	exchange->next = NULL;
	*(queue->last ? &queue->last->next : &queue->first) = exchange;
	queue->last = exchange;
}

/* NULL: it is empty. */
static struct exchange *pop(struct exchange_queue *queue)
{
	struct exchange *exchange = queue->first;
	if (!exchange)
		return NULL;
	queue->first = exchange->next;
	if (!queue->first)
		queue->last = NULL;
	return exchange;
}

void exchange_drop_body(struct ingest *ingest, struct exchange *exchange)
{
	ingest->body_bytes -= exchange->body.len;
	buf_done(&exchange->body);
}

bool ingest_has_news(const struct ingest *ingest)
{
	return ingest && (ingest->waiting.first || ingest->tokens.has_news);
}

static void answer_accepted(struct ingest *ingest, struct exchange *exchange,
			    int64_t now_ms)
{
	buf_addf(&exchange->answer,
		 "{\"accepted\":%" PRId64 ",\"unmatched\":%" PRId64 "}",
		 exchange->tally.accepted, exchange->tally.unmatched);
	exchange->status = 202;
	exchange->content_type = "application/json";
	ingest_tokens_note_use(&ingest->tokens, exchange->token_id, now_ms);
}

/* False: the store failed. A request that is refused is a request that is answered. */
static bool store_one(struct ingest *ingest, struct store *store,
		      struct exchange *exchange, int64_t now_ms, struct err *err)
{
	struct err refusal = { 0 };
	bool conflict = false;
	DEFER(json_done)
	struct json *body =
		json_parse(buf_text(&exchange->body), exchange->body.len, &refusal);
	exchange_drop_body(ingest, exchange);
	if (body &&
	    ingest_record(store, exchange->route->read, body, ingest->options.label,
			  now_ms, &exchange->tally, &conflict, &refusal)) {
		answer_accepted(ingest, exchange, now_ms);
		return true;
	}
	if (refusal.code != ERR_INVALID)
		return fail(err, refusal.code, "%s", refusal.text);
	ingest_refuse(exchange, conflict ? 409 : 400, refusal.text);
	return true;
}

bool ingest_store(struct ingest *ingest, struct store *store, int64_t now_ms,
		  struct err *err)
{
	size_t bytes = 0;
	if (!ingest)
		return true;
	while (ingest->waiting.first && bytes < TURN_BYTES) {
		struct exchange *exchange = pop(&ingest->waiting);
		exchange_queue_push(&ingest->answering, exchange);
		bytes += exchange->body.len;
		if (!store_one(ingest, store, exchange, now_ms, err))
			return false;
	}
	return ingest_tokens_store(&ingest->tokens, store, now_ms, err);
}

/* The exchange, suspended, has its answer: it is sent with the next run. */
static void resume(struct ingest *ingest, struct exchange *exchange)
{
	visitor_begins(ingest, exchange->connection);
	MHD_resume_connection(exchange->connection);
}

static void answer_stored(struct ingest *ingest)
{
	struct exchange *exchange;
	while ((exchange = pop(&ingest->answering))) {
		if (exchange->status == 202)
			metrics_events(&ingest->metrics, &exchange->tally);
		resume(ingest, exchange);
	}
}

static void refuse_all(struct ingest *ingest, struct exchange_queue *queue)
{
	struct exchange *exchange;
	while ((exchange = pop(queue))) {
		exchange_drop_body(ingest, exchange);
		buf_reset(&exchange->answer);
		exchange->status = 0;
		ingest_refuse(exchange, 503, cannot_store);
		resume(ingest, exchange);
	}
}

void ingest_refuse_queued(struct ingest *ingest)
{
	refuse_all(ingest, &ingest->answering);
	refuse_all(ingest, &ingest->waiting);
}

void ingest_settled(struct ingest *ingest, bool is_committed)
{
	if (!ingest)
		return;
	bool has_answers = ingest->answering.first || ingest->waiting.first;
	if (is_committed)
		answer_stored(ingest);
	else
		ingest_refuse_queued(ingest);
	if (has_answers)
		MHD_run(ingest->daemon);
}
