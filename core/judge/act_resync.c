/* Resync (R23): what waits for a service is superseded, then each of its incidents whose
 * page may say something else than what was decided gets one update that says it. */
#include "core/judge/act.h"

#include "core/judge/act_scope.h"
#include "core/judge/lane.h"

/* The incidents of a service, newest first, and the one that its page heard of last. */
struct page {
	struct id_list incidents;
	int64_t last_id, last_ms;
};

static void page_done(struct page *page)
{
	id_list_done(&page->incidents);
}

static bool collect_incident(void *arg, const struct incident *incident)
{
	struct page *page = arg;

	if (incident->is_published && incident->published_at_ms > page->last_ms) {
		page->last_id = incident->id;
		page->last_ms = incident->published_at_ms;
	}
	return id_list_add(&page->incidents, incident->id);
}

static bool collect_service(void *arg, const void *rec)
{
	const struct service *service = rec;

	return id_list_add(arg, service->head.id);
}

/* What hublink would have the page say: an operator's word is a local record where the
 * payload has no place for it (R7), so there Identified is Investigating and Resolved is
 * Monitoring. */
static bool status_to_say(struct act *act, const struct incident *incident,
			  enum incident_status *ret, struct err *err)
{
	const struct service *service;
	const struct integration *integration;

	*ret = incident->status;
	if (!desk_service(&act->desk, incident->service_id, &service, err) ||
	    !desk_integration(&act->desk, service->integration_id, &integration, err))
		return false;
	if (integration->payload == PAYLOAD_GENERIC_V2)
		return true;
	if (incident->status == INCIDENT_IDENTIFIED)
		*ret = INCIDENT_INVESTIGATING;
	if (incident->status == INCIDENT_RESOLVED)
		*ret = INCIDENT_MONITORING;
	return true;
}

/* Held, detached and never public: nothing of it is hublink's to say. */
static bool is_told(const struct incident *incident)
{
	if (incident_is_open(incident->status))
		return true;
	return reach_is_public(incident->reach) &&
	       (incident->status == INCIDENT_MONITORING ||
		incident->status == INCIDENT_RESOLVED);
}

/* What the page reads of the service is what it heard last, of whichever incident. */
static bool differs(const struct incident *incident, bool heard_last,
		    enum incident_status says, enum service_status service_status)
{
	return !incident->is_published || incident->published_status != says ||
	       (heard_last && incident->published_service_status != service_status);
}

static enum delivery_kind kind_to_say(const struct incident *incident,
				      enum incident_status says)
{
	if (!reach_is_public(incident->reach))
		return KIND_DISRUPTION;
	if (says == INCIDENT_MONITORING)
		return KIND_RECOVERY;
	if (incident_is_open(says) && incident->is_published &&
	    incident->published_status == says)
		return KIND_SEVERITY; /* nothing else differs (R21) */
	return says == INCIDENT_INVESTIGATING ? KIND_REOPEN : KIND_NOTE;
}

/* Open and not public: its disruption is about to be queued, so that what is told of the
 * others before it says that the service is down (R9). */
static bool expect_disruption(struct act *act, int64_t incident_id, struct err *err)
{
	DEFER(mem_free)
	struct incident *incident = mem_new(1, sizeof(*incident));

	if (!store_incident_get(act->store, incident_id, incident, err))
		return false;
	if (!incident_is_open(incident->status) || reach_is_public(incident->reach))
		return true;
	incident->reach = reach_next(incident->reach, REACH_ON_QUEUE);
	return store_incident_put(act->store, incident, err);
}

static bool resync_incident(struct act *act, const struct page *page, int64_t incident_id,
			    struct err *err)
{
	DEFER(mem_free)
	struct incident *incident = mem_new(1, sizeof(*incident));
	enum service_status service_status;
	enum incident_status says;

	if (!store_incident_get(act->store, incident_id, incident, err))
		return false;
	if (!is_told(incident))
		return true;
	if (!status_to_say(act, incident, &says, err) ||
	    !lane_service_status(&act->desk, incident, says, 0, &service_status, err))
		return false;
	if (!differs(incident, incident_id == page->last_id, says, service_status))
		return true;

	DEFER(buf_done)
	struct buf message = BUF_INIT(PUBLIC_TEXT_SIZE);
	if (incident->by_hand && incident_is_open(says) &&
	    !store_incident_message(act->store, incident_id, &message, err))
		return false;
	const struct update update = {
		.kind = kind_to_say(incident, says),
		.says = says,
		.message = message.len > 0 ? buf_text(&message) : NULL,
	};
	struct delivery delivery;

	if (!lane_add(&act->desk, incident, &update, act->now_ms, &delivery, err))
		return false;
	act_note_delivery(act, &delivery);
	act->ret->count++;
	act_add_sentence(act, "Incident #%lld of '%s': its page is told %s, service %s",
			 (long long)incident->id, incident->service,
			 incident_status_text(says), service_status_text(service_status));
	return store_timeline_add(act->store, incident_id, act->now_ms, "resync",
				  "an operator had the page told again", err);
}

static bool resync_service(struct act *act, int64_t service_id, struct err *err)
{
	DEFER(page_done)
	struct page page = { 0 };
	struct filter of_service = FILTER_ALL;
	const struct service *service;
	int64_t ended;

	of_service.service_id = service_id;
	if (!desk_service(&act->desk, service_id, &service, err) ||
	    !lane_end_service(&act->desk, service_id, "resync takes its place",
			      act->now_ms, &ended, err) ||
	    !store_list_incidents(act->store, &of_service, collect_incident, &page, err))
		return false;
	if (ended)
		act_add_sentence(act, "'%s': %lld waiting %s superseded", service->name,
				 (long long)ended,
				 ended == 1 ? "update is" : "updates are");
	for (size_t i = 0; i < page.incidents.count; i++)
		if (!expect_disruption(act, page.incidents.items[i], err))
			return false;
	for (size_t i = page.incidents.count; i > 0; i--) /* oldest first */
		if (!resync_incident(act, &page, page.incidents.items[i - 1], err))
			return false;
	return true;
}

/* In dry-run nothing is ever sent, so there is nothing to bring in line. */
static bool check_mode(const struct act *act, bool dry_run, struct err *err)
{
	if (act->desk.mode != MODE_DRY_RUN || dry_run)
		return true;
	return fail(err, ERR_REFUSED,
		    "The mode is dry-run, in which nothing is sent; `hublink mode live` "
		    "first, or see what it would be with `hublink resync --dry-run`");
}

static bool resync_all(struct act *act, const struct id_list *services, struct err *err)
{
	for (size_t i = 0; i < services->count; i++)
		if (!resync_service(act, services->items[i], err))
			return false;
	if (!act->ret->count)
		act_add_sentence(act,
				 "Nothing differs: every page says what was decided");
	return true;
}

static bool load_services(struct act *act, const int64_t *service_ids, size_t count,
			  struct id_list *ret, struct err *err)
{
	if (!service_ids)
		return store_list(act->store, RECORD_SERVICE, 0, collect_service, ret,
				  err);
	for (size_t i = 0; i < count; i++)
		(void)id_list_add(ret, service_ids[i]);
	return true;
}

static bool commit(struct act *act, const struct id_list *services, bool all,
		   struct err *err)
{
	const struct service *service;

	if (all || services->count != 1)
		return act_commit(act, "resync", "service", 0, all ? "all" : "several",
				  NULL, buf_text(&act->ret->said), err);
	return desk_service(&act->desk, services->items[0], &service, err) &&
	       act_commit(act, "resync", "service", service->head.id, service->name, NULL,
			  buf_text(&act->ret->said), err);
}

bool act_resync(struct store *store, const int64_t *service_ids, size_t count,
		bool dry_run, int64_t now_ms, struct act_result *ret, struct err *err)
{
	DEFER(act_done)
	struct act act = { .store = store, .now_ms = now_ms, .ret = ret };
	DEFER(id_list_done)
	struct id_list services = { 0 };

	ret->count = 0;
	if (!act_begin(&act, err) || !check_mode(&act, dry_run, err) ||
	    !load_services(&act, service_ids, count, &services, err) ||
	    !resync_all(&act, &services, err))
		return false;
	if (!dry_run)
		return commit(&act, &services, !service_ids, err);
	act.succeeded = true; /* what was said stays, what was done does not */
	ret->queued = false;
	return true;
}
