#include "core/judge/adopt.h"

#include "core/base/text.h"

static bool make_monitor(struct adoption *adoption, struct store *store, struct err *err)
{
	struct monitor *monitor = &adoption->monitor;
	record_defaults(RECORD_MONITOR, monitor);
	if (!text_copy(monitor->name, sizeof(monitor->name), adoption->unmatched.name) ||
	    !text_copy(monitor->guid, sizeof(monitor->guid), adoption->unmatched.guid))
		return fail(err, ERR_INVALID, "The name is too long");
	adoption->is_new = true;
	return store_put(store, RECORD_MONITOR, monitor, err) ||
	       fail_in(err, "Making the monitor (or choose one with --as)");
}

/* A monitor without a GUID takes over the sender's: the export then holds it too. */
static bool map_monitor(struct adoption *adoption, struct store *store, struct err *err)
{
	struct monitor *monitor = &adoption->monitor;
	if (!store_get(store, RECORD_MONITOR, adoption->monitor_id, monitor, err))
		return false;
	if (*monitor->guid == '\0' && *adoption->unmatched.guid != '\0')
		return text_copy(monitor->guid, sizeof(monitor->guid),
				 adoption->unmatched.guid) &&
		       store_put(store, RECORD_MONITOR, monitor, err);
	return store_audit(store, "adopt", "monitor", monitor->head.id, monitor->name,
			   NULL, adoption->unmatched.name, err);
}

/* The one that is meant, or one that has come to be known by the sender's words since. */
static bool find_monitor(struct adoption *adoption, struct store *store, struct err *err)
{
	struct subject subject = { 0 };
	if (adoption->monitor_id != 0)
		return true;
	return text_copy(subject.guid, sizeof(subject.guid), adoption->unmatched.guid) &&
	       text_copy(subject.name, sizeof(subject.name), adoption->unmatched.name) &&
	       store_subject_monitor(store, &subject, &adoption->monitor_id, err);
}

struct adopting {
	struct adoption *adoption;
	int64_t now_ms;
};

static bool adopt(void *arg, struct store *store, struct err *err)
{
	const struct adopting *adopting = arg;
	struct adoption *adoption = adopting->adoption;
	if (!store_unmatched_get(store, adoption->unmatched_id, &adoption->unmatched,
				 err) ||
	    !find_monitor(adoption, store, err))
		return false;
	return (adoption->monitor_id != 0 ? map_monitor(adoption, store, err)
					  : make_monitor(adoption, store, err)) &&
	       store_unmatched_adopt(store, adoption->unmatched_id,
				     adoption->monitor.head.id, adopting->now_ms, err);
}

bool act_adopt(struct store *store, struct adoption *adoption, int64_t now_ms,
	       struct act_result *ret, struct err *err)
{
	struct adopting adopting = { adoption, now_ms };
	return act_configure(store, adopt, &adopting, false, now_ms, ret, err);
}

void adoption_describe(const struct adoption *adoption, struct buf *ret)
{
	buf_addf(ret, "'%s' is ", adoption->unmatched.name);
	if (adoption->is_new)
		buf_adds(ret, "a new monitor");
	else
		buf_addf(ret, "monitor '%s'", adoption->monitor.name);
	buf_adds(ret, " from now on");
	if (adoption->unmatched.monitor_id == 0) /* else it has counted */
		buf_addf(ret, "; its last event (%s) counts",
			 event_state_text(adoption->unmatched.event.state));
}
