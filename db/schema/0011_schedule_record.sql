-- Recurring maintenance becomes a record like the others: edited, paused, undone. How far its windows
-- are made is no field of it and stands beside it.

DROP TRIGGER schedule_takes_its_next_window;

CREATE TABLE schedule_record (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	revision INTEGER NOT NULL DEFAULT 1,
	name TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 120),
	active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
	every TEXT NOT NULL CHECK (every IN ('day', 'week', 'month')),
	days TEXT CHECK (length(days) BETWEEN 1 AND 127),       -- NULL every day
	from_time TEXT NOT NULL CHECK (length(from_time) = 5),  -- '02:00', in its zone
	until_time TEXT NOT NULL CHECK (length(until_time) = 5),
	zone TEXT NOT NULL CHECK (length(zone) BETWEEN 1 AND 63), -- 'Europe/Berlin'
	first_date TEXT CHECK (length(first_date) BETWEEN 1 AND 10), -- '2026-12-01'; NULL none
	last_date TEXT CHECK (length(last_date) BETWEEN 1 AND 10),
	note TEXT CHECK (length(note) BETWEEN 1 AND 1000)
) STRICT;

INSERT INTO schedule_record (id, revision, name, every, days, from_time, until_time, zone, first_date,
	last_date, note)
SELECT id, revision, name, CASE every WHEN 0 THEN 'day' WHEN 1 THEN 'week' ELSE 'month' END,
	nullif(days, ''), from_time, until_time, zone, nullif(first_date, ''), nullif(last_date, ''),
	nullif(note, '')
FROM schedule;

-- How far its windows are made; none of those that lack a row are.
CREATE TABLE schedule_made (
	schedule_id INTEGER PRIMARY KEY,
	revision INTEGER NOT NULL, -- of the schedule that they were made by; 0: they are to be made anew
	until_ms INTEGER NOT NULL  -- the last one that is made begins then
) STRICT;

INSERT INTO schedule_made SELECT id, made_revision, made_ms FROM schedule;

-- Of monitor_id, service_id and group_name one is set.
CREATE TABLE schedule_target_record (
	id INTEGER PRIMARY KEY,
	schedule_id INTEGER NOT NULL REFERENCES schedule_record (id) ON DELETE CASCADE,
	monitor_id INTEGER REFERENCES monitor (id) ON DELETE CASCADE,
	service_id INTEGER REFERENCES service (id) ON DELETE CASCADE,
	group_name TEXT,
	CHECK ((monitor_id IS NOT NULL) + (service_id IS NOT NULL) + (group_name IS NOT NULL) = 1)
) STRICT;

INSERT INTO schedule_target_record SELECT id, schedule_id, monitor_id, service_id, group_name
FROM schedule_target;

DROP TABLE schedule_target;
DROP TABLE schedule;
ALTER TABLE schedule_record RENAME TO schedule;
ALTER TABLE schedule_target_record RENAME TO schedule_target;

CREATE INDEX schedule_target_of ON schedule_target (schedule_id);
CREATE INDEX schedule_target_monitor ON schedule_target (monitor_id);
CREATE INDEX schedule_target_service ON schedule_target (service_id);

-- What has begun goes on to its end.
CREATE TRIGGER schedule_takes_its_next_window BEFORE DELETE ON schedule BEGIN
	DELETE FROM maintenance WHERE from_ms >= coalesce((
		SELECT until_ms FROM schedule_made WHERE schedule_id = old.id), 0) AND id IN (
		SELECT maintenance_id FROM schedule_window WHERE schedule_id = old.id);
	DELETE FROM schedule_made WHERE schedule_id = old.id;
END;
