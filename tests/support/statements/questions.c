/* Everything that a store is asked and that writes nothing. */

#include "core/store_schedule.h"
#include "core/store_sources.h"
#include "core/store_uptrends.h"
#include "tests/support/statements/trial.h"

enum { TEXT_MAX_BYTES = 1 << 16 };

static const struct filter all = { .state = -1 };

/* ---- one row is enough ---- */

#define ROW_TAKER(name, type)                        \
	static bool name(void *arg, const type *row) \
	{                                            \
		return arg == NULL && row != NULL;   \
	}
ROW_TAKER(any_record, void)
ROW_TAKER(any_text, char)
ROW_TAKER(any_monitor, struct monitor_row)
ROW_TAKER(any_brief, struct monitor_brief)
ROW_TAKER(any_service, struct service_row)
ROW_TAKER(any_service_brief, struct service_brief)
ROW_TAKER(any_link, struct link_row)
ROW_TAKER(any_event, struct event_line)
ROW_TAKER(any_alert, struct alert)
ROW_TAKER(any_incident, struct incident)
ROW_TAKER(any_delivery, struct delivery)
ROW_TAKER(any_attempt, struct attempt)
ROW_TAKER(any_window, struct maintenance)
ROW_TAKER(any_audit, struct audit_row)
ROW_TAKER(any_entry, struct timeline_entry)
ROW_TAKER(any_cell, struct link_cell)
ROW_TAKER(any_span, struct service_span)
ROW_TAKER(any_schedule, struct schedule)
ROW_TAKER(any_token, struct token)
ROW_TAKER(any_unmatched, struct unmatched)
ROW_TAKER(any_plan, struct check_plan)
ROW_TAKER(any_result, struct check_result)
ROW_TAKER(any_due, struct due_delivery)

static bool any_id(void *arg, int64_t id)
{
	return arg == NULL && id != 0;
}

static bool any_name(void *arg, int64_t id, const char *name)
{
	return arg == NULL && id != 0 && name[0] != '\0';
}

static bool any_group(void *arg, const char *group, int64_t monitors)
{
	return arg == NULL && group[0] != '\0' && monitors >= 0;
}

static bool any_act(void *arg, const struct audit_row *row, const char *before,
		    const char *after)
{
	return arg == NULL && row != NULL && (before != NULL || after != NULL);
}

static bool any_join(void *arg, const struct join *join, const char *monitor)
{
	return arg == NULL && join != NULL && monitor != NULL;
}

static bool any_cover(void *arg, const struct maintenance_target *target,
		      const char *name)
{
	return arg == NULL && target != NULL && name[0] != '\0';
}

static bool any_thing(void *arg, enum uptrends_kind kind, const char *guid,
		      const char *scope, const char *name)
{
	return arg == NULL && kind < UPTRENDS_KIND_COUNT && guid != NULL &&
	       scope != NULL && name != NULL;
}

/* ---- answers that are more than a value ---- */

static bool paths(struct store *store, struct err *err)
{
	DEFER(paths_done) struct paths found = { 0 };
	return store_paths(store, 1, &found, err);
}

static bool pending(struct store *store, struct err *err)
{
	struct event events[2];
	return store_events_pending(store, (struct event_place){ 0 }, events,
				    COUNT_OF(events), err) >= 0;
}

/* Every kind of record: one, all, those of a parent, what hangs on it. */
static bool records(struct store *store, struct err *err)
{
	for (int i = 0; i < RECORD_KIND_COUNT; i++) {
		const enum record_kind kind = (enum record_kind)i;
		int64_t held[RECORD_KIND_COUNT];
		if (!store_list(store, kind, 0, any_record, NULL, err) ||
		    !store_count_held(store, kind, 1, held, err))
			return false;
	}
	return store_list(store, RECORD_LINK, 1, any_record, NULL, err) &&
	       store_list(store, RECORD_SERVICE, 1, any_record, NULL, err);
}

static bool scratch(struct store *store, struct err *err)
{
	DEFER(store_done) struct store *copy = NULL;
	return store_open_scratch(store, 1, &copy, err);
}

/* ---- all of them ---- */

static int64_t number;
static bool truth;
static enum mode mode;
static struct monitor monitor;
static struct monitor_state monitor_state;
static struct monitor_card card;
static struct timer timer;
static struct alert alert;
static struct incident incident;
static struct severity_facts facts;
static struct join join;
static struct delivery delivery;
static struct keep keep;
static struct audit_verdict verdict;
static struct counts counts;
static struct pulse pulse;
static struct outgoing outgoing;
static struct schedule schedule;
static struct schedule_made made;
static struct unmatched unmatched;
static struct totals totals;
static struct uptrends_account account;
static struct uptrends_progress progress;
static const struct subject stranger = { .name = "Nobody knows" };

#define QUESTIONS(X)                                                                     \
	X(mode, store_mode(store, &mode, err))                                           \
	X(notice, store_notice(store, &text, err))                                       \
	X(fact, store_fact(store, FACT_ENGINE_SINCE, 7, &number, err))                   \
	X(record, store_get(store, RECORD_MONITOR, 1, &monitor, err))                    \
	X(records, records(store, err))                                                  \
	X(link, store_link_find(store, 1, 1, 1, &number, err))                           \
	X(id, store_find_id(store, RECORD_SERVICE, "Hub/S0", &number, err))              \
	X(bare_id, store_find_id(store, RECORD_SERVICE, "S1", &number, err))             \
	X(names, store_find_names(store, RECORD_MONITOR, "M", 9, any_name, NULL, err))   \
	X(groups, store_list_groups(store, any_group, NULL, err))                        \
	X(groups_of, store_groups_of_monitor(store, 1, any_text, NULL, err))             \
	X(groups_in, store_groups_of_definition(store, 1, any_text, NULL, err))          \
	X(monitors_in, store_monitors_of_definition(store, 1, any_record, NULL, err))    \
	X(secrets, store_export_secrets(store, &text, err))                              \
	X(document, store_export(store, true, &text, err))                               \
	X(scratch, scratch(store, err))                                                  \
	X(audit_of, store_list_audit_of(store, "service", 2, 9, any_act, NULL, err))     \
	X(act, store_list_act(store, 1, any_act, NULL, err))                             \
	X(undo, store_undo_next(store, "anna", false, &number, err))                     \
	X(redo, store_undo_next(store, "anna", true, &number, err))                      \
	X(pending, pending(store, err))                                                  \
	X(state, store_monitor_state(store, 1, &monitor_state, err))                     \
	X(paths, paths(store, err))                                                      \
	X(card, store_monitor_card(store, 1, &card, err))                                \
	X(muted, store_muted(store, 1, now_ms, &number, err))                            \
	X(window_end, store_next_window_end(store, now_ms, &number, err))                \
	X(in_error, store_monitors_in_error(store, any_id, NULL, err))                   \
	X(unjoined, store_monitors_unjoined(store, any_id, NULL, err))                   \
	X(timer, store_next_timer(store, &timer, err))                                   \
	X(alert_of, store_alert_find(store, 1, 1, 1, ALERT_ERROR, &alert, &truth, err))  \
	X(alert, store_alert_get(store, 1, &alert, err))                                 \
	X(last_ok, store_alert_last_ok(store, 1, &alert, &truth, err))                   \
	X(episode,                                                                       \
	  store_alerts_of_episode(store, 1, 1, ALERT_ERROR, any_alert, NULL, err))       \
	X(reached, store_alert_reached(store, 1, 1, &truth, err))                        \
	X(incident, store_incident_get(store, 1, &incident, err))                        \
	X(incident_read, store_incident_read(store, 1, &incident, err))                  \
	X(standing, store_incident_standing(store, 1, 1, &incident, &truth, err))        \
	X(latest, store_incident_latest(store, 1, 0, &incident, &truth, err))            \
	X(message, store_incident_message(store, 1, &text, err))                         \
	X(unfinished, store_incidents_of_monitor(store, 1, any_id, NULL, err))           \
	X(let_go, store_episode_let_go(store, 1, 1, 1, &number, err))                    \
	X(down, store_service_down(store, 1, 7, &truth, err))                            \
	X(facts, store_severity_facts(store, 1, 1, true, 1, &facts, err))                \
	X(degrees, store_any_degrees(store, &truth, err))                                \
	X(standing_of, store_standing(store, 1, any_id, NULL, err))                      \
	X(standing_in, store_standing_services(store, any_id, NULL, err))                \
	X(disruptions, store_disruptions_since(store, 1, 1, &number, err))               \
	X(join, store_join_get(store, 1, 1, &join, &truth, err))                         \
	X(joined, store_joined_in_error(store, 1, &number, err))                         \
	X(joins, store_joins(store, 1, any_join, NULL, err))                             \
	X(covers, store_maintenance_covers(store, 1, any_record, any_record, NULL, err)) \
	X(keep, store_keep(store, &keep, err))                                           \
	X(oldest, store_keep_oldest(store, JOURNAL_AUDIT, &number, err))                 \
	X(monitors, store_list_monitors(store, &all, any_monitor, NULL, err))            \
	X(brief, store_monitor_brief(store, 1, any_brief, NULL, err))                    \
	X(ids, store_list_monitor_ids(store, any_id, NULL, err))                         \
	X(services, store_list_services(store, &all, any_service, NULL, err))            \
	X(service_briefs,                                                                \
	  store_list_service_briefs(store, 0, any_service_brief, NULL, err))             \
	X(service_brief,                                                                 \
	  store_list_service_briefs(store, 1, any_service_brief, NULL, err))             \
	X(service_ids, store_list_service_ids(store, any_id, NULL, err))                 \
	X(incident_ids, store_list_incident_ids(store, 9, any_id, NULL, err))            \
	X(delivery_ids, store_list_delivery_ids(store, 0, 9, any_id, NULL, err))         \
	X(delivery_ids_of, store_list_delivery_ids(store, 1, 9, any_id, NULL, err))      \
	X(links, store_list_links(store, &all, any_link, NULL, err))                     \
	X(events, store_list_events(store, &all, any_event, NULL, err))                  \
	X(alerts, store_list_alerts(store, &all, any_alert, NULL, err))                  \
	X(incidents, store_list_incidents(store, &all, any_incident, NULL, err))         \
	X(reminders, store_list_reminders(store, any_incident, NULL, err))               \
	X(deliveries, store_list_deliveries(store, &all, any_delivery, NULL, err))       \
	X(attempts, store_list_attempts(store, 1, any_attempt, NULL, err))               \
	X(windows, store_list_maintenance(store, &all, any_window, NULL, err))           \
	X(audit, store_list_audit(store, &all, any_audit, NULL, err))                    \
	X(verdict, store_verify_audit(store, &verdict, err))                             \
	X(audit_whole, store_export_audit(store, &all, any_text, NULL, err))             \
	X(timeline, store_timeline(store, 1, true, any_entry, NULL, err))                \
	X(joined_names, store_incident_monitors(store, 1, any_text, NULL, err))          \
	X(matrix_rows, store_matrix_monitors(store, 1, any_name, NULL, err))             \
	X(matrix_columns, store_matrix_services(store, 1, any_name, NULL, err))          \
	X(matrix_cells, store_matrix_links(store, 1, 1, any_cell, NULL, err))            \
	X(counts, store_counts(store, now_ms, &counts, err))                             \
	X(pulse, store_pulse(store, &pulse, err))                                        \
	X(spans, store_service_spans(store, 1, 1, now_ms, any_span, NULL, err))          \
	X(delivery, store_delivery_get(store, 1, &delivery, err))                        \
	X(delivery_read, store_delivery_read(store, 1, &delivery, err))                  \
	X(body, store_delivery_body(store, 1, &text, err))                               \
	X(lane, store_lane(store, 1, any_delivery, NULL, err))                           \
	X(failed, store_any_failed(store, &truth, err))                                  \
	X(lacks_attempt, store_lacks_attempt(store, 1, "key", 5, &truth, err))           \
	X(told_down, store_told_down(store, 1, &number, err))                            \
	X(was_dry, store_incident_was_dry(store, 1, &truth, err))                        \
	X(due, store_deliveries_due(store, now_ms, 0, 0, 9, any_due, NULL, err))         \
	X(lane_due, store_lane_due(store, 1, now_ms, any_due, NULL, err))                \
	X(outgoing,                                                                      \
	  store_delivery_outgoing(store, 1, now_ms, &outgoing, &text, &truth, err))      \
	X(next_due, store_next_due(store, now_ms, &number, err))                         \
	X(schedules, store_list_schedules(store, any_schedule, NULL, err))               \
	X(schedule, store_schedule_find(store, "nightly", &schedule, &truth, err))       \
	X(made, store_schedule_made(store, 1, &made, err))                               \
	X(schedules_due, store_schedules_due(store, now_ms, &truth, err))                \
	X(schedule_covers, store_schedule_covers(store, 1, any_cover, NULL, err))        \
	X(window_targets, store_window_targets(store, 1, any_text, NULL, err))           \
	X(schedule_targets, store_schedule_targets(store, 1, any_text, NULL, err))       \
	X(tokens, store_list_tokens(store, any_token, NULL, err))                        \
	X(subject, store_subject_monitor(store, &stranger, &number, err))                \
	X(unmatched_find, store_unmatched_find(store, &stranger, &number, err))          \
	X(unmatched_get, store_unmatched_get(store, 1, &unmatched, err))                 \
	X(unmatched_count, store_count_unmatched(store, &number, err))                   \
	X(unmatched_list, store_list_unmatched(store, &all, any_unmatched, NULL, err))   \
	X(checks, store_list_checks(store, any_plan, NULL, err))                         \
	X(results, store_list_check_results(store, 1, 9, any_result, NULL, err))         \
	X(totals, store_totals(store, &totals, err))                                     \
	X(alert_totals, store_count_alerts(store, &(struct alert_totals){ 0 }, err))     \
	X(account, store_uptrends_account(store, &account, &truth, err))                 \
	X(things, store_list_uptrends(store, any_thing, NULL, err))                      \
	X(progress, store_uptrends_progress(store, &progress, err))

#define ASKED(name, call)                                                   \
	static bool ask_##name(struct hand *hand, struct err *err)          \
	{                                                                   \
		struct store *store = hand->store;                          \
		const int64_t now_ms = clock_now_ms(&(struct clock){ 0 });  \
		DEFER(buf_done) struct buf text = BUF_INIT(TEXT_MAX_BYTES); \
		bool ok = now_ms > 0 && (call);                             \
		return ok && !buf_overflowed(&text);                        \
	}
QUESTIONS(ASKED)
#undef ASKED

#define ROW(which, call) { .name = #which, .act = ask_##which },
const struct trial store_questions[] = { QUESTIONS(ROW) };
#undef ROW
const size_t store_question_count = COUNT_OF(store_questions);
