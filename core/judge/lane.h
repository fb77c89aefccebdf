/* The primitives by which judge and operators decide updates: each update of an incident
 * is queued, held, released and ended here and nowhere else, with what that means for its
 * incident (reach, published, R22). They work on a desk, inside a transaction; those that
 * take an incident change it and save it. */
#ifndef JUDGE_LANE_H
#define JUDGE_LANE_H

#include "core/judge/desk.h"
#include "core/rules/incident.h"
#include "core/rules/status.h"

/* An update to decide. */
struct update {
	enum delivery_kind kind;
	enum incident_status says; /* the incident status that it tells */
	const struct alert *alert; /* its cause; NULL: by hand, by resync */
	const char *message; /* an operator's text; NULL: as the configuration says */
	int64_t joins;       /* the monitor that joins by it; 0: none */
	struct hold hold;    /* zeroed: queued at once */
};

/* Decide an update of the incident: saves the incident (id 0: inserts it) with its
 * service status and reach, then adds the delivery: held, queued due now, or dry-run, in
 * dry-run mode and for what follows a disruption that is not public (R19). A disruption
 * or reopening that is not held first ends what a refusal blocks in its lane
 * (lane_clear_refused). The status on the wire is update->says; moving incident->status
 * is the caller's, before. t_ms: when it is decided. ret may be NULL. */
bool lane_add(struct desk *desk, struct incident *incident, const struct update *update,
	      int64_t t_ms, struct delivery *ret, struct err *err) CHECKED;

/* Decide the recovery of a Monitoring incident once more, of the same cause. */
bool lane_recover_again(struct desk *desk, struct incident *incident, int64_t t_ms,
			struct err *err) CHECKED;

/* Let a held delivery out (R16, R17): its incident moves on at t_ms (held ->
 * Investigating; open -> Monitoring for a recovery), the body is built anew, it takes a
 * place at the end of its lane. A dry one becomes dry-run. One whose incident has moved
 * on is superseded. */
bool lane_release(struct desk *desk, int64_t delivery_id, int64_t t_ms, struct err *err)
	CHECKED;

/* End one unfinished delivery with cause DELIVERY_ON_CANCEL, _SUPERSEDE or _EXPIRY, and
 * what goes with it (R22): if it was a disruption that cannot have been accepted, the
 * incident's other unfinished updates are superseded, and a held or recovered incident
 * becomes never public; by cancelling, an open one too, and hublink lets it go (R16).
 * because: a sentence for the row. A delivery that is finished already is left as it is.
 */
bool lane_end(struct desk *desk, int64_t delivery_id, enum delivery_cause cause,
	      const char *because, int64_t t_ms, struct err *err) CHECKED;

/* Supersede every unfinished update of the incident, held ones included. Whoever detaches
 * or resolves moves and saves the incident first, else a held one becomes never public.
 * The caller's copy of the incident is stale afterwards. ret_count may be NULL. */
bool lane_end_incident(struct desk *desk, const struct incident *incident,
		       const char *because, int64_t t_ms, int64_t *ret_count,
		       struct err *err) CHECKED;

/* Supersede every update of the service that waits unheld: queued or failed (R23). */
bool lane_end_service(struct desk *desk, int64_t service_id, const char *because,
		      int64_t t_ms, int64_t *ret_count, struct err *err) CHECKED;

/* The held disruption of the incident was decided in dry-run: it is let out at t_ms,
 * which records it (R19). *incident is read anew. */
bool lane_record_held(struct desk *desk, struct incident *incident, int64_t t_ms,
		      struct err *err) CHECKED;

/* Drop the recovery of the incident that is held, if there is one (R16). */
bool lane_drop_held_recovery(struct desk *desk, const struct incident *incident,
			     const char *because, int64_t t_ms, struct err *err) CHECKED;

/* Does an update of this kind of the incident wait, held or not? */
bool lane_has_waiting(struct desk *desk, const struct incident *incident,
		      enum delivery_kind kind, bool *ret, struct err *err) CHECKED;

/* If a refused update blocks the service's lane: supersede it and what waits behind it.
 * Recoveries among them whose disruption was or may have been accepted are kept in mind;
 * lane_recover_blocked decides them again (R22), behind what took the place, for
 * incidents that were not reopened. lane_add and lane_release do both by themselves. */
bool lane_clear_refused(struct desk *desk, int64_t service_id, int64_t t_ms,
			struct err *err) CHECKED;
bool lane_recover_blocked(struct desk *desk, int64_t t_ms, struct err *err) CHECKED;

/* The newest incident that an alert of the monitor may reopen (R10) and whose recovery,
 * of a disruption that was or may have been accepted, a refusal blocks in the lane;
 * *ret_found false: there is none. */
bool lane_unrecovered(struct desk *desk, int64_t service_id, int64_t monitor_id,
		      struct incident *ret, bool *ret_found, struct err *err) CHECKED;

/* ---- severity.c ---- */

/* What an update of the incident that says this status tells of the service (R9, R21).
 * joins: a monitor in error whose join is not stored yet; 0: none. */
bool lane_service_status(struct desk *desk, const struct incident *incident,
			 enum incident_status says, int64_t joins,
			 enum service_status *ret, struct err *err) CHECKED;

/* An update that leaves (it is not held, or not any more) was decided and its incident
 * saved: the service's other incidents say of it what the update says. */
bool lane_align_severity(struct desk *desk, const struct incident *incident,
			 const struct delivery *delivery, struct err *err) CHECKED;

/* R21: what has happened to the service's monitors, links or incidents may have made it
 * degraded or a disruption: if so one update of an open incident says it; held ones say it
 * when they are let out. cause: an alert, or NULL. */
bool lane_tell_severity(struct desk *desk, int64_t service_id, const struct alert *cause,
			int64_t t_ms, struct err *err) CHECKED;
/* The same for every service, after a change of configuration. */
bool lane_tell_severities(struct desk *desk, int64_t t_ms, struct err *err) CHECKED;

/* ---- lane.c and body.c again ---- */

/* Moves the incident to never public, by that cause, and with it what it says of the
 * service: what its other incidents leave (R9, R16). Not saved. */
bool lane_unpublish(struct desk *desk, struct incident *incident,
		    enum incident_cause cause, int64_t t_ms, struct err *err) CHECKED;

/* The exact bytes of an update, onto ret. delivery: kind, incident_status,
 * service_status, alert_id and service_id are read. alert: its cause if the caller has
 * it, else NULL. */
bool lane_body(struct desk *desk, const struct incident *incident,
	       const struct delivery *delivery, const struct alert *alert,
	       const char *message, struct buf *ret, struct err *err) CHECKED;

#endif
