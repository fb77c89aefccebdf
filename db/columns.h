/* The columns of the journal's tables, once: the questions of db/queries and the tables
 * that carry rows into the structs of core/rules/model.h are both made from these
 * lists. X(member, type): the column has the member's name; type is one of row.h. Keys
 * and foreign names are not in them. */
#ifndef DB_COLUMNS_H
#define DB_COLUMNS_H

#define EVENT_COLUMNS(X)       \
	X(monitor_id, NUMBER)  \
	X(state, ENUM)         \
	X(confirmed, BOOL)     \
	X(explicit_at, BOOL)   \
	X(at_ms, NUMBER)       \
	X(received_ms, NUMBER) \
	X(effect, ENUM)        \
	X(errors, NUMBER)      \
	X(started_ms, NUMBER)  \
	X(id, TEXT)            \
	X(message, TEXT)

/* Behind judged_ms. */
#define STATE_COURSE(X)          \
	X(in_error, BOOL)        \
	X(episode, NUMBER)       \
	X(started_ms, NUMBER)    \
	X(timer_base_ms, NUMBER) \
	X(errors, NUMBER)        \
	X(timer_ms, NUMBER)      \
	X(message, TEXT)

#define STATE_COLUMNS(X) X(judged_ms, NUMBER) STATE_COURSE(X)

#define ALERT_COLUMNS(X)      \
	X(guid, TEXT)         \
	X(type, ENUM)         \
	X(at_ms, NUMBER)      \
	X(monitor_id, NUMBER) \
	X(episode, NUMBER)    \
	X(level_id, NUMBER)   \
	X(level, NUMBER)      \
	X(reason, TEXT)

/* Beside status and over_ms, by which it stands. What an incident was opened with; saving
 * it leaves these alone, and the indexes they are in. */
#define INCIDENT_ORIGIN(X)      \
	X(monitor_id, NUMBER)   \
	X(policy, ENUM)         \
	X(by_hand, BOOL)        \
	X(opened_at_ms, NUMBER) \
	X(start_ms, NUMBER)     \
	X(key, TEXT)

#define INCIDENT_COURSE(X)          \
	X(service_status, ENUM)     \
	X(severity, ENUM)           \
	X(reach, ENUM)              \
	X(monitoring_at_ms, NUMBER) \
	X(resolved_at_ms, NUMBER)   \
	X(send_ok, BOOL)            \
	X(ok_not_sent, BOOL)        \
	X(let_go, BOOL)             \
	X(remind_every_ms, NUMBER)  \
	X(remind_left, NUMBER)      \
	X(remind_at_ms, NUMBER)     \
	X(opening_alert_id, NUMBER) \
	INCIDENT_PUBLISHED(X)

/* With reach, what changes when an update of it was accepted. */
#define INCIDENT_PUBLISHED(X)             \
	X(is_published, BOOL)             \
	X(published_status, ENUM)         \
	X(published_service_status, ENUM) \
	X(published_at_ms, NUMBER)

#define INCIDENT_COLUMNS(X) INCIDENT_ORIGIN(X) INCIDENT_COURSE(X)

#define JOIN_COLUMNS(X)      \
	X(episode, NUMBER)   \
	X(in_error, BOOL)    \
	X(joined_ms, NUMBER) \
	X(ok_ms, NUMBER)

/* What a delivery was decided with; saving it leaves these alone. */
#define DELIVERY_ORIGIN(X)    \
	X(kind, ENUM)         \
	X(dry, BOOL)          \
	X(by_storm, BOOL)     \
	X(created_ms, NUMBER) \
	X(alert_id, NUMBER)

#define DELIVERY_COURSE(X)         \
	X(incident_status, ENUM)   \
	X(service_status, ENUM)    \
	X(ambiguous, BOOL)         \
	X(retry_after, BOOL)       \
	X(attempts, NUMBER)        \
	X(age_from_ms, NUMBER)     \
	X(next_attempt_ms, NUMBER) \
	X(first_sent_ms, NUMBER)   \
	X(sent_ms, NUMBER)         \
	X(delivered_ms, NUMBER)    \
	X(finished_ms, NUMBER)     \
	X(http_status, NUMBER)     \
	X(error, TEXT)

#define DELIVERY_COLUMNS(X) DELIVERY_ORIGIN(X) DELIVERY_COURSE(X)

#define ATTEMPT_COLUMNS(X)        \
	X(delivery_id, NUMBER)    \
	X(at_ms, NUMBER)          \
	X(duration_ms, NUMBER)    \
	X(http_status, NUMBER)    \
	X(no_answer, BOOL)        \
	X(retry_after_ms, NUMBER) \
	X(error, TEXT)            \
	X(answer, TEXT)

#define UPTRENDS_ACCOUNT_COLUMNS(X) \
	X(url, TEXT)                \
	X(user, TEXT)               \
	X(password, TEXT)           \
	X(zone, TEXT)               \
	X(follow, BOOL)             \
	X(every_ms, NUMBER)         \
	X(pause_ms, NUMBER)

#define UPTRENDS_PROGRESS_COLUMNS(X) \
	X(polled_ms, NUMBER)         \
	X(day_ms, NUMBER)            \
	X(cursor, TEXT)              \
	X(failed_ms, NUMBER)         \
	X(failure, TEXT)

#define CHECK_COLUMNS(X)         \
	X(at_ms, NUMBER)         \
	X(verdict, ENUM)         \
	X(http_status, NUMBER)   \
	X(resolve_us, NUMBER)    \
	X(connect_us, NUMBER)    \
	X(tls_us, NUMBER)        \
	X(first_byte_us, NUMBER) \
	X(total_us, NUMBER)      \
	X(message, TEXT)

/* Pieces of SQL, each after something that stands first. */
#define SQL_NAME(member, type) ", " #member
#define SQL_VALUE(member, type) ", :" #member
#define SQL_SET(member, type) ", " #member " = :" #member

/* The same behind the letter that a table goes by in questions. */
#define SQL_A(member, type) ", a." #member /* alert */
#define SQL_D(member, type) ", d." #member /* delivery */
#define SQL_E(member, type) ", e." #member /* event */
#define SQL_I(member, type) ", i." #member /* incident */
#define SQL_J(member, type) ", j." #member /* joining */
#define SQL_R(member, type) ", r." #member /* check_result */
#define SQL_T(member, type) ", t." #member /* attempt */
/* monitor_state, which may not be there */
#define SQL_X(member, type) SQL_X_##type(member)
#define SQL_X_NUMBER(member) ", coalesce(x." #member ", 0)"
#define SQL_X_BOOL(member) SQL_X_NUMBER(member)
#define SQL_X_TEXT(member) ", x." #member

#endif
