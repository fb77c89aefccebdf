-- The Uptrends account that monitors come from: how it is reached, what of it is what of ours, and
-- how far its alerts were read.

CREATE TABLE uptrends_account (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	url TEXT NOT NULL CHECK (length(url) BETWEEN 1 AND 2048),
	user TEXT NOT NULL CHECK (length(user) BETWEEN 1 AND 256),
	password TEXT NOT NULL CHECK (length(password) BETWEEN 1 AND 256), -- secret
	zone TEXT CHECK (length(zone) BETWEEN 1 AND 63), -- of its times; NULL: the account's own
	follow INTEGER NOT NULL CHECK (follow BETWEEN 0 AND 1),
	every_ms INTEGER NOT NULL CHECK (every_ms BETWEEN 10000 AND 3600000),
	pause_ms INTEGER NOT NULL CHECK (pause_ms BETWEEN 0 AND 60000)
) STRICT;

-- Monitors say their own GUID; a group has no record, only its name.
CREATE TABLE uptrends_thing (
	kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 4), -- group, definition, integration, service
	guid TEXT NOT NULL COLLATE NOCASE CHECK (length(guid) BETWEEN 1 AND 64),
	scope TEXT NOT NULL CHECK (length(scope) <= 64), -- a service's integration, by GUID; else empty
	record_id INTEGER NOT NULL, -- 0: a group
	name TEXT NOT NULL CHECK (length(name) <= 120), -- a group's; of others their record tells it
	PRIMARY KEY (kind, guid)
) STRICT, WITHOUT ROWID;

CREATE TABLE uptrends_progress (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	polled_ms INTEGER NOT NULL,
	day_ms INTEGER NOT NULL,
	cursor TEXT CHECK (length(cursor) BETWEEN 1 AND 512),
	failed_ms INTEGER NOT NULL,
	failure TEXT
) STRICT;
