#include "core/judge/act_covered.h"

enum { COVERED_NAMES_MAX = 32 * 1024 };

struct covered {
	struct buf monitors, services;
	int64_t monitor_count, service_count;
};

static void covered_done(struct covered *covered)
{
	buf_done(&covered->monitors);
	buf_done(&covered->services);
}

static bool note_monitor(void *arg, const void *rec)
{
	struct covered *covered = arg;
	const struct monitor *monitor = rec;

	buf_addf(&covered->monitors, "%s%s", covered->monitor_count++ ? ", " : "",
		 monitor->name);
	return true;
}

static bool note_service(void *arg, const void *rec)
{
	struct covered *covered = arg;
	const struct service *service = rec;

	buf_addf(&covered->services, "%s%s", covered->service_count++ ? ", " : "",
		 service->name);
	return true;
}

static void say_names(struct act *act, const char *what, int64_t count,
		      const struct buf *names)
{
	if (count)
		act_add_sentence(act, "%s (%lld): %s%s", what, (long long)count,
				 buf_text(names), buf_overflowed(names) ? " …" : "");
}

bool act_say_covered(struct act *act, int64_t window_id, struct err *err)
{
	DEFER(covered_done)
	struct covered covered = { .monitors = BUF_INIT(COVERED_NAMES_MAX),
				   .services = BUF_INIT(COVERED_NAMES_MAX) };

	if (!store_maintenance_covers(act->store, window_id, note_monitor, note_service,
				      &covered, err))
		return false;
	if (!covered.monitor_count)
		act_add_sentence(act, "It covers no monitor");
	say_names(act, "Monitors that raise no alert", covered.monitor_count,
		  &covered.monitors);
	say_names(act, "Services that hear nothing new of them", covered.service_count,
		  &covered.services);
	return true;
}
