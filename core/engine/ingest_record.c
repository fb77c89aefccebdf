#include "core/engine/ingest_record.h"

/* A request being stored. */
struct recording {
	struct store *store;
	int64_t now_ms;
	struct ingest_tally tally;
	bool conflict;
};

static bool is_firing(const struct sighting *sighting)
{
	return *sighting->fingerprint && sighting->event.state == EVENT_ERROR;
}

static bool is_resolved(const struct sighting *sighting)
{
	return *sighting->fingerprint && sighting->event.state == EVENT_OK;
}

static bool fire(struct recording *r, const struct firing_owner *owner,
		 const struct sighting *sighting, struct err *err)
{
	return store_firing_set(r->store, owner, sighting->fingerprint,
				sighting->started_ms, err);
}

/* *ret_is_ok: no fingerprint of the owner is left that fires. */
static bool resolve(struct recording *r, const struct firing_owner *owner,
		    const struct sighting *sighting, bool *ret_is_ok, struct err *err)
{
	return store_firing_clear(r->store, owner, sighting->fingerprint,
				  sighting->started_ms, ret_is_ok, err);
}

/* ---- of monitors ---- */

static bool add_known(struct recording *r, struct event *event, bool *ret_is_new,
		      struct err *err)
{
	enum event_verdict verdict;
	if (!store_event_add(r->store, event, r->now_ms, &verdict, &r->conflict, err))
		return false;
	r->tally.recorded += verdict == VERDICT_ACCEPTED;
	r->tally.duplicate += verdict == VERDICT_DUPLICATE;
	r->tally.too_old += verdict == VERDICT_TOO_OLD;
	*ret_is_new = verdict == VERDICT_ACCEPTED;
	return true;
}

/* What was told already fires no more: it may have been resolved since. */
static bool take_known(struct recording *r, struct sighting *sighting, int64_t monitor_id,
		       struct err *err)
{
	const struct firing_owner owner = { .monitor_id = monitor_id };
	bool counts = true, is_new = false;
	r->tally.accepted++;
	sighting->event.monitor_id = monitor_id;
	if (is_resolved(sighting) && !resolve(r, &owner, sighting, &counts, err))
		return false;
	if (counts && !add_known(r, &sighting->event, &is_new, err))
		return false;
	return !is_new || !is_firing(sighting) || fire(r, &owner, sighting, err);
}

/* ---- of unknown subjects ---- */

static bool add_unknown(struct recording *r, struct sighting *sighting, int64_t *ret_id,
			struct err *err)
{
	return store_unmatched_add(r->store, &sighting->subject, &sighting->event,
				   r->now_ms, ret_id, &r->conflict, err);
}

/* Its row is there once something fires: a resolved one alone tells nothing. */
static bool take_unknown(struct recording *r, struct sighting *sighting, struct err *err)
{
	struct firing_owner owner = { 0 };
	bool counts = true;
	r->tally.unmatched++;
	if (is_resolved(sighting))
		return store_unmatched_find(r->store, &sighting->subject,
					    &owner.unmatched_id, err) &&
		       resolve(r, &owner, sighting, &counts, err) &&
		       (!counts || add_unknown(r, sighting, &owner.unmatched_id, err));
	return add_unknown(r, sighting, &owner.unmatched_id, err) &&
	       (!is_firing(sighting) || fire(r, &owner, sighting, err));
}

static bool take(void *arg, struct sighting *sighting, struct err *err)
{
	struct recording *r = arg;
	int64_t monitor_id;
	if (sighting->changes_nothing) {
		r->tally.accepted++;
		return true;
	}
	if (!store_subject_monitor(r->store, &sighting->subject, &monitor_id, err))
		return false;
	return monitor_id != 0 ? take_known(r, sighting, monitor_id, err)
			       : take_unknown(r, sighting, err);
}

bool ingest_record(struct store *store, ingest_read_fn *read, const struct json *body,
		   const char *label, int64_t now_ms, struct ingest_tally *ret,
		   bool *ret_conflict, struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	struct recording r = { .store = store, .now_ms = now_ms };
	*ret_conflict = false;
	if (!store_begin(store, &tx, err))
		return false;
	if (!read(body, label, take, &r, err)) {
		*ret_conflict = r.conflict;
		return false;
	}
	if (!store_commit(&tx, err))
		return false;
	*ret = r.tally;
	return true;
}
