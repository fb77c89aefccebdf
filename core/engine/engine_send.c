/* Sending: from a claim to the wire. */
#include <string.h>

#include "core/engine/engine_parts.h"

static void start(struct engine *e, const struct claim *claim,
		  const struct outgoing *outgoing, struct instant now)
{
	struct flight flight = { .delivery_id = claim->delivery_id,
				 .service_id = claim->service_id,
				 .host = claim->host,
				 .decided_ms = claim->decided_ms,
				 .started_ms = now.wall_ms };
	memcpy(flight.key, outgoing->key, sizeof(flight.key));
	unsigned place = flights_start(&e->flights, &flight);
	const struct request request = { .id = place,
					 .url = outgoing->url,
					 .key = outgoing->key,
					 .body = buf_text(&e->body) };
	struct err err = { 0 };
	host_take(claim->host, now.boot_ms);
	if (e->transport->ops->send(e->transport, &request, &err))
		return;
	const struct outcome not_sent = { .error = err.text };
	flights_land(&e->flights, place, &not_sent);
}

static bool send_claim(struct engine *e, const struct claim *claim, struct instant now,
		       struct err *err)
{
	struct outgoing outgoing;
	bool is_due = false;
	bool ok = store_delivery_outgoing(e->store, claim->delivery_id, now.wall_ms,
					  &outgoing, &e->body, &is_due, err);
	if (ok && is_due) {
		start(e, claim, &outgoing, now);
		return true;
	}
	/* Ended since it was listed, or unreadable now: the next look tells. */
	claims_look_again(&e->claims);
	return claims_release(&e->claims, claim->service_id, now.wall_ms,
			      ok ? err : NULL) &&
	       ok;
}

bool engine_may_send(const struct engine *e)
{
	return e->mode == MODE_LIVE && !e->is_stopping && !e->cannot_store &&
	       e->jump_ms == 0;
}

/* ages: those whose time may be over are put aside, to be settled; else they wait for that,
 * and whatever is behind them. */
static bool send_listed(struct engine *e, bool ages, struct instant now, struct err *err)
{
	while (engine_may_send(e) && flights_room(&e->flights) > 0) {
		struct claim *claim = claims_take(&e->claims, now.boot_ms);
		if (!claim)
			return true;
		if (claim->may_expire && !ages) {
			claims_put_back(&e->claims, claim);
			return true;
		}
		if (claim->may_expire) {
			claim_list_push(&e->aged, claim);
			continue;
		}
		const bool ok = send_claim(e, claim, now, err);
		claim_free(claim);
		if (!ok)
			return false;
	}
	return true;
}

bool engine_send_due(struct engine *e, struct instant now, struct err *err)
{
	const unsigned room = flights_room(&e->flights);
	if (!engine_may_send(e) || room == 0)
		return true;
	/* As many as can leave while the next steps are judged. */
	const size_t wanted = e->has_backlog ? OUTCOMES_PER_COMMIT : room;
	return claims_fill(&e->claims, wanted, now.wall_ms, err) &&
	       send_listed(e, true, now, err);
}

bool engine_perform(struct engine *e, struct err *err)
{
	const bool ok = e->transport->ops->perform(e->transport, err);
	landings_write(e->landings);
	return ok;
}

bool engine_keep_sending(struct engine *e, struct instant now, struct err *err)
{
	if (e->is_stopping)
		return true; /* what does not come back has landed unanswered */
	return engine_perform(e, err) && send_listed(e, false, now, err);
}
