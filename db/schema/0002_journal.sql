-- Journal and outbox: what happened, what was decided, and what waits to be sent.
--
-- Rows here outlive the configuration they speak of: they hold plain ids, no foreign keys. Ids of
-- configuration are never used again (AUTOINCREMENT), and when a monitor, a definition or a
-- service is deleted a trigger keeps its name in `former`: history reads as before, and no row of
-- it is rewritten.
--
-- States are small numbers, in the order of the enumerations of core/rules/model.h, told again
-- beside each column. Times and durations end in _ms; 0 is "none". Indexes are partial where a
-- question is about the few rows that are not finished: they stay small however long the history.
-- Their condition's column is in them, and a plain one under a CHECK, for SQLite counts in an index
-- alone only without generated columns.

-- ---- names of what is gone -------------------------------------------------------------------

CREATE TABLE former (
	kind TEXT NOT NULL CHECK (kind IN ('monitor', 'definition', 'service')),
	id INTEGER NOT NULL,
	name TEXT NOT NULL,
	integration TEXT NOT NULL, -- of a service; else ''
	PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

-- ---- numbers that are kept instead of counted ------------------------------------------------

-- They count rows of a state that only ever grows; db/tally.c keeps them.
CREATE TABLE tally (
	name TEXT PRIMARY KEY NOT NULL,
	value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO tally (name, value) VALUES ('delivered', 0), ('monitoring', 0);

-- ---- events and monitor states ---------------------------------------------------------------

CREATE TABLE event (
	seq INTEGER PRIMARY KEY,
	monitor_id INTEGER NOT NULL,
	state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 1), -- error, ok
	confirmed INTEGER NOT NULL,
	explicit_at INTEGER NOT NULL,
	at_ms INTEGER NOT NULL,
	received_ms INTEGER NOT NULL,
	effect INTEGER NOT NULL CHECK (effect BETWEEN 0 AND 3), -- pending, judged, unconfirmed, too old
	id TEXT,      -- the sender's, NULL if it gave none
	message TEXT  -- NULL for none
) STRICT;

CREATE INDEX event_pending ON event (effect, at_ms) WHERE effect = 0;
CREATE INDEX event_of_monitor ON event (monitor_id);
CREATE UNIQUE INDEX event_by_id ON event (monitor_id, id) WHERE id IS NOT NULL;

CREATE TABLE monitor_state (
	monitor_id INTEGER PRIMARY KEY,
	newest_ms INTEGER NOT NULL DEFAULT 0,
	judged_ms INTEGER NOT NULL DEFAULT 0,
	in_error INTEGER NOT NULL DEFAULT 0,
	episode INTEGER NOT NULL DEFAULT 0,
	started_ms INTEGER NOT NULL DEFAULT 0,
	timer_base_ms INTEGER NOT NULL DEFAULT 0,
	errors INTEGER NOT NULL DEFAULT 0,
	timer_ms INTEGER NOT NULL DEFAULT 0,
	message TEXT
) STRICT;

CREATE INDEX monitor_state_timer ON monitor_state (timer_ms) WHERE timer_ms > 0;
CREATE INDEX monitor_state_in_error ON monitor_state (monitor_id) WHERE in_error = 1;

-- ---- alerts ----------------------------------------------------------------------------------

CREATE TABLE alert (
	id INTEGER PRIMARY KEY,
	guid TEXT NOT NULL,
	type INTEGER NOT NULL CHECK (type BETWEEN 0 AND 2), -- Error, Ok, Reminder
	at_ms INTEGER NOT NULL,
	monitor_id INTEGER NOT NULL,
	episode INTEGER NOT NULL,
	definition_id INTEGER NOT NULL,
	level_id INTEGER NOT NULL,
	level INTEGER NOT NULL,
	reason TEXT -- why it reached nothing; NULL if it did
) STRICT;

CREATE INDEX alert_of_episode ON alert (monitor_id, episode);

-- A path that was alerted is not alerted again (R3).
CREATE TABLE alert_reach (
	alert_id INTEGER NOT NULL,
	service_id INTEGER NOT NULL,
	incident_id INTEGER NOT NULL,
	PRIMARY KEY (alert_id, service_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX alert_reach_of_incident ON alert_reach (incident_id);

-- ---- incidents -------------------------------------------------------------------------------

CREATE TABLE incident (
	id INTEGER PRIMARY KEY,
	-- 0 held, 1 investigating, 2 identified, 3 monitoring, 4 resolved, 5 detached, 6 never public
	status INTEGER NOT NULL CHECK (status BETWEEN 0 AND 6),
	service_status INTEGER NOT NULL CHECK (service_status BETWEEN 0 AND 2), -- operational, degraded, disruption
	reach INTEGER NOT NULL CHECK (reach BETWEEN 0 AND 4), -- none, held, waiting, maybe, yes
	service_id INTEGER NOT NULL,
	integration_id INTEGER NOT NULL,
	monitor_id INTEGER NOT NULL, -- per monitor: its monitor
	policy INTEGER NOT NULL CHECK (policy BETWEEN 0 AND 1), -- per service, per monitor
	by_hand INTEGER NOT NULL,
	opened_at_ms INTEGER NOT NULL,
	start_ms INTEGER NOT NULL,
	monitoring_at_ms INTEGER NOT NULL,
	resolved_at_ms INTEGER NOT NULL,
	over_ms INTEGER NOT NULL,
	send_ok INTEGER NOT NULL,
	ok_not_sent INTEGER NOT NULL,
	let_go INTEGER NOT NULL,
	remind_every_ms INTEGER NOT NULL,
	remind_left INTEGER NOT NULL,
	remind_at_ms INTEGER NOT NULL,
	opening_alert_id INTEGER NOT NULL,
	is_published INTEGER NOT NULL,
	published_status INTEGER NOT NULL,
	published_service_status INTEGER NOT NULL,
	published_at_ms INTEGER NOT NULL,
	key TEXT NOT NULL,
	-- what a further alert can join: held, open, or detached and not over
	standing INTEGER NOT NULL CHECK (standing = (status <= 2 OR (status = 5 AND over_ms = 0)))
) STRICT;

CREATE INDEX incident_standing ON incident (service_id, policy, status, standing) WHERE standing = 1;
CREATE INDEX incident_monitoring ON incident (status) WHERE status = 3;
CREATE INDEX incident_reminder ON incident (remind_at_ms) WHERE remind_at_ms > 0;
CREATE INDEX incident_of_service ON incident (service_id);
CREATE INDEX incident_of_monitor ON incident (service_id, monitor_id) WHERE policy = 1;
CREATE INDEX incident_opened ON incident (integration_id, opened_at_ms);

-- current: what befalls the monitor still concerns the incident. It ends with the incident, and
-- where a newer incident of the service takes the monitor from one that is Monitoring: nobody has
-- to resolve incidents here, and those that nobody resolved must not pile up under every event.
CREATE TABLE joining (
	incident_id INTEGER NOT NULL,
	monitor_id INTEGER NOT NULL,
	episode INTEGER NOT NULL,
	in_error INTEGER NOT NULL,
	joined_ms INTEGER NOT NULL,
	ok_ms INTEGER NOT NULL,
	current INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (incident_id, monitor_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX joining_of_monitor ON joining (monitor_id, current);

-- Lines of an incident's timeline that no other row tells.
CREATE TABLE timeline (
	id INTEGER PRIMARY KEY,
	incident_id INTEGER NOT NULL,
	at_ms INTEGER NOT NULL,
	kind TEXT NOT NULL,
	text TEXT NOT NULL,
	actor TEXT NOT NULL
) STRICT;

CREATE INDEX timeline_of_incident ON timeline (incident_id);

-- ---- outbox ----------------------------------------------------------------------------------

CREATE TABLE delivery (
	id INTEGER PRIMARY KEY,
	-- 0 held, 1 queued, 3 delivered, 4 failed, 5 cancelled, 6 superseded, 7 expired, 8 dry-run;
	-- 2 sending is never stored
	state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 8 AND state <> 2),
	-- 0 disruption, 1 recovery, 2 reminder, 3 reopen, 4 severity, 5 note, 6 test
	kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 6),
	is_head INTEGER NOT NULL DEFAULT 0, -- the one of its lane that may be sent (R12)
	service_id INTEGER NOT NULL,
	incident_id INTEGER NOT NULL, -- 0: a test
	place INTEGER NOT NULL,       -- in its lane since that was last empty; 0: not in it
	incident_status INTEGER NOT NULL CHECK (incident_status BETWEEN 0 AND 6),
	service_status INTEGER NOT NULL CHECK (service_status BETWEEN 0 AND 2),
	dry INTEGER NOT NULL,
	ambiguous INTEGER NOT NULL,
	retry_after INTEGER NOT NULL,
	by_storm INTEGER NOT NULL,
	attempts INTEGER NOT NULL,
	created_ms INTEGER NOT NULL,
	age_from_ms INTEGER NOT NULL,
	next_attempt_ms INTEGER NOT NULL,
	first_sent_ms INTEGER NOT NULL,
	sent_ms INTEGER NOT NULL,
	delivered_ms INTEGER NOT NULL,
	finished_ms INTEGER NOT NULL,
	http_status INTEGER NOT NULL,
	alert_id INTEGER NOT NULL,
	key TEXT NOT NULL,
	error TEXT,
	unfinished INTEGER NOT NULL CHECK (unfinished = (state <= 1 OR state = 4))
) STRICT;

CREATE INDEX delivery_due ON delivery (next_attempt_ms) WHERE is_head = 1;
CREATE INDEX delivery_lane ON delivery (service_id, place, state, unfinished) WHERE unfinished = 1;
CREATE INDEX delivery_hold ON delivery (next_attempt_ms) WHERE state = 0 AND next_attempt_ms > 0;
CREATE INDEX delivery_failed ON delivery (service_id) WHERE state = 4;
CREATE INDEX delivery_told ON delivery (service_id, delivered_ms) WHERE state = 3;
CREATE INDEX delivery_of_service ON delivery (service_id);
CREATE INDEX delivery_of_incident ON delivery (incident_id);

-- The exact bytes, apart from the row that changes with every attempt.
CREATE TABLE delivery_body (
	delivery_id INTEGER PRIMARY KEY,
	body TEXT NOT NULL
) STRICT;

CREATE TABLE attempt (
	id INTEGER PRIMARY KEY,
	delivery_id INTEGER NOT NULL,
	at_ms INTEGER NOT NULL,
	duration_ms INTEGER NOT NULL,
	http_status INTEGER NOT NULL,
	no_answer INTEGER NOT NULL,
	retry_after_ms INTEGER NOT NULL,
	error TEXT,
	answer TEXT
) STRICT;

CREATE INDEX attempt_of_delivery ON attempt (delivery_id);

-- ---- maintenance -----------------------------------------------------------------------------

CREATE TABLE maintenance (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	revision INTEGER NOT NULL DEFAULT 1,
	from_ms INTEGER NOT NULL CHECK (from_ms > 0),
	until_ms INTEGER NOT NULL,
	note TEXT CHECK (length(note) BETWEEN 1 AND 1000),
	created_by TEXT CHECK (length(created_by) BETWEEN 1 AND 127),
	CHECK (until_ms >= from_ms)
) STRICT;

CREATE INDEX maintenance_end ON maintenance (until_ms);

-- Of monitor_id, service_id and group_name one is set.
CREATE TABLE maintenance_target (
	id INTEGER PRIMARY KEY,
	maintenance_id INTEGER NOT NULL REFERENCES maintenance (id) ON DELETE CASCADE,
	monitor_id INTEGER,
	service_id INTEGER,
	group_name TEXT,
	CHECK ((monitor_id IS NOT NULL) + (service_id IS NOT NULL) + (group_name IS NOT NULL) = 1)
) STRICT;

CREATE INDEX maintenance_target_of ON maintenance_target (maintenance_id);

-- ---- what is deleted keeps its name ----------------------------------------------------------

CREATE TRIGGER monitor_becomes_former BEFORE DELETE ON monitor BEGIN
	INSERT OR IGNORE INTO former VALUES ('monitor', old.id, old.name, '');
	UPDATE event SET effect = 1 WHERE effect = 0 AND monitor_id = old.id;
	DELETE FROM monitor_state WHERE monitor_id = old.id;
END;

CREATE TRIGGER definition_becomes_former BEFORE DELETE ON definition BEGIN
	INSERT OR IGNORE INTO former VALUES ('definition', old.id, old.name, '');
END;

CREATE TRIGGER service_becomes_former BEFORE DELETE ON service BEGIN
	INSERT OR IGNORE INTO former
	SELECT 'service', old.id, old.name, name FROM integration WHERE id = old.integration_id;
END;

-- Its services go with it, when its own name can no longer be read.
CREATE TRIGGER integration_becomes_former BEFORE DELETE ON integration BEGIN
	INSERT OR IGNORE INTO former
	SELECT 'service', id, name, old.name FROM service WHERE integration_id = old.id;
END;
