/* Incidents by hand (R18). */
#include "core/judge/act.h"

#include <string.h>

#include "core/base/json.h"
#include "core/judge/act_scope.h"
#include "core/judge/lane.h"

static void say_opened(struct act *act, const struct incident *incident)
{
	act_add_sentence(
		act,
		"Incident #%lld of '%s' is open: %s; `hublink incident recover %lld` "
		"ends it",
		(long long)incident->id, incident->service, act_told(act),
		(long long)incident->id);
}

static bool open_incident(struct act *act, int64_t service_id, const char *message,
			  struct incident *ret, struct err *err)
{
	const struct update update = { .kind = KIND_DISRUPTION,
				       .says = INCIDENT_INVESTIGATING,
				       .message = message };
	const struct service *service;
	struct delivery delivery;

	if (!desk_service(&act->desk, service_id, &service, err))
		return false;
	*ret = (struct incident){ .service_id = service_id,
				  .policy = service->policy,
				  .by_hand = true,
				  .status = INCIDENT_INVESTIGATING,
				  .opened_at_ms = act->now_ms,
				  .start_ms = act->now_ms };
	memcpy(ret->service, service->name, sizeof(ret->service));
	memcpy(ret->integration, service->integration, sizeof(ret->integration));
	if (!lane_add(&act->desk, ret, &update, act->now_ms, &delivery, err))
		return false;
	act->ret->incident_id = ret->id;
	act_note_delivery(act, &delivery);
	say_opened(act, ret);
	return store_timeline_add(act->store, ret->id, act->now_ms, "open", message, err);
}

bool act_open(struct store *store, int64_t service_id, const char *message,
	      int64_t now_ms, struct act_result *ret, struct err *err)
{
	DEFER(act_done)
	struct act act = { .store = store, .now_ms = now_ms, .ret = ret };
	DEFER(mem_free)
	struct incident *incident = mem_new(1, sizeof(*incident));
	DEFER(buf_done)
	struct buf after = BUF_INIT(2 * PUBLIC_TEXT_SIZE);
	struct json_writer w = { .out = &after };

	if (!message || !*message)
		return fail(err, ERR_INVALID,
			    "An incident opened by hand needs the text that the public "
			    "reads: give it with --message");
	if (!act_check_message(message, err) || !act_begin(&act, err) ||
	    !open_incident(&act, service_id, message, incident, err))
		return false;
	json_open_object(&w, NULL);
	json_put_string(&w, "service", incident->service);
	json_put_string(&w, "message", message);
	json_close(&w);
	return act_commit(&act, "open", "incident", incident->id, incident->service, NULL,
			  buf_text(&after), err);
}
