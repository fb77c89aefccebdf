-- Sources: who may post events, events of monitors that nobody knows yet, and what Alertmanager says
-- is firing.

-- ---- tokens of the listener ------------------------------------------------------------------

CREATE TABLE token (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	name TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 120),
	hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64), -- SHA-256, in hex: all that is kept of it
	created_ms INTEGER NOT NULL,
	used_ms INTEGER NOT NULL DEFAULT 0
) STRICT;

-- ---- what a sender can say beyond one error --------------------------------------------------

ALTER TABLE event ADD COLUMN errors INTEGER NOT NULL DEFAULT 0;   -- consecutive ones; 0: not told
ALTER TABLE event ADD COLUMN started_ms INTEGER NOT NULL DEFAULT 0; -- of the first; 0: not told

-- ---- unmatched events ------------------------------------------------------------------------

-- A row for each monitor that senders speak of and hublink does not know, with the last event of it.
-- Once it is adopted its monitor_id tells whom these names mean.
CREATE TABLE unmatched (
	number INTEGER PRIMARY KEY AUTOINCREMENT,
	guid TEXT NOT NULL COLLATE NOCASE, -- '' if the sender gave none
	name TEXT NOT NULL,
	events INTEGER NOT NULL, -- how many have come
	first_ms INTEGER NOT NULL,
	monitor_id INTEGER NOT NULL, -- 0: not adopted
	state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 1),
	confirmed INTEGER NOT NULL,
	explicit_at INTEGER NOT NULL,
	at_ms INTEGER NOT NULL,
	received_ms INTEGER NOT NULL,
	effect INTEGER NOT NULL,
	errors INTEGER NOT NULL,
	started_ms INTEGER NOT NULL,
	id TEXT,
	message TEXT,
	UNIQUE (name, guid)
) STRICT;

CREATE INDEX unmatched_by_guid ON unmatched (guid) WHERE guid <> '';
CREATE INDEX unmatched_by_monitor ON unmatched (monitor_id) WHERE monitor_id > 0;
CREATE INDEX unmatched_by_age ON unmatched (received_ms) WHERE monitor_id = 0;

-- ---- what Alertmanager says is firing --------------------------------------------------------

-- One of monitor_id and unmatched is set; the other is 0.
CREATE TABLE firing (
	monitor_id INTEGER NOT NULL,
	unmatched INTEGER NOT NULL,
	fingerprint TEXT NOT NULL,
	started_ms INTEGER NOT NULL,
	PRIMARY KEY (monitor_id, unmatched, fingerprint)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER monitor_leaves_its_sources AFTER DELETE ON monitor BEGIN
	DELETE FROM firing WHERE monitor_id = old.id;
	UPDATE unmatched SET monitor_id = 0 WHERE monitor_id = old.id;
END;

CREATE TRIGGER unmatched_takes_what_fires AFTER DELETE ON unmatched BEGIN
	DELETE FROM firing WHERE monitor_id = 0 AND unmatched = old.number;
END;

-- ---- numbers for metrics ---------------------------------------------------------------------

-- Deliveries that ended otherwise than delivered; db/tally.c counts them as they end.
INSERT INTO tally (name, value)
SELECT word, (SELECT count(*) FROM delivery WHERE state = number) FROM (
	SELECT 5 AS number, 'cancelled' AS word UNION ALL SELECT 6, 'superseded'
	UNION ALL SELECT 7, 'expired' UNION ALL SELECT 8, 'dry-run');
