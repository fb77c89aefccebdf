-- Recurring maintenance (R11): what comes round, and when. Each time it does is a maintenance window
-- of its own, made as soon as the one before has begun: what mutes, ends and is judged is a window.

CREATE TABLE schedule (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	revision INTEGER NOT NULL DEFAULT 1,
	name TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 120),
	every INTEGER NOT NULL CHECK (every BETWEEN 0 AND 2), -- day, week, month
	days TEXT NOT NULL,        -- '' every day
	from_time TEXT NOT NULL,   -- '02:00', in its zone
	until_time TEXT NOT NULL,
	zone TEXT NOT NULL,        -- 'Europe/Berlin'
	first_date TEXT NOT NULL,  -- '2026-12-01'; '' none
	last_date TEXT NOT NULL,
	note TEXT NOT NULL,
	made_revision INTEGER NOT NULL DEFAULT 0, -- that its windows were made by
	made_ms INTEGER NOT NULL DEFAULT 0        -- the last one that is made begins then
) STRICT;

-- Of monitor_id, service_id and group_name one is set.
CREATE TABLE schedule_target (
	id INTEGER PRIMARY KEY,
	schedule_id INTEGER NOT NULL REFERENCES schedule (id) ON DELETE CASCADE,
	monitor_id INTEGER REFERENCES monitor (id) ON DELETE CASCADE,
	service_id INTEGER REFERENCES service (id) ON DELETE CASCADE,
	group_name TEXT,
	CHECK ((monitor_id IS NOT NULL) + (service_id IS NOT NULL) + (group_name IS NOT NULL) = 1)
) STRICT;

CREATE INDEX schedule_target_of ON schedule_target (schedule_id);
CREATE INDEX schedule_target_monitor ON schedule_target (monitor_id);
CREATE INDEX schedule_target_service ON schedule_target (service_id);

-- Which windows were made of it. They may have been moved since.
CREATE TABLE schedule_window (
	maintenance_id INTEGER NOT NULL UNIQUE REFERENCES maintenance (id) ON DELETE CASCADE,
	schedule_id INTEGER NOT NULL,
	begins_ms INTEGER NOT NULL -- as it was made
) STRICT;

CREATE INDEX schedule_window_of ON schedule_window (schedule_id, begins_ms);

-- What has begun goes on to its end.
CREATE TRIGGER schedule_takes_its_next_window BEFORE DELETE ON schedule BEGIN
	DELETE FROM maintenance WHERE from_ms >= old.made_ms AND id IN (
		SELECT maintenance_id FROM schedule_window WHERE schedule_id = old.id);
END;
