-- Events that wait to be judged have a table of their own: judging takes a short row out of it,
-- and touches neither the event nor an index of all events. What is not in it, and not without
-- effect, was judged.

CREATE TABLE pending (
	at_ms INTEGER NOT NULL,
	seq INTEGER NOT NULL, -- of the event
	PRIMARY KEY (at_ms, seq)
) STRICT, WITHOUT ROWID;

INSERT INTO pending (at_ms, seq) SELECT at_ms, seq FROM event WHERE effect = 0;
UPDATE event SET effect = 1 WHERE effect = 0;
DROP INDEX event_pending;

DROP TRIGGER monitor_becomes_former;
CREATE TRIGGER monitor_becomes_former BEFORE DELETE ON monitor BEGIN
	INSERT OR IGNORE INTO former VALUES ('monitor', old.id, old.name, '');
	DELETE FROM pending WHERE seq IN (
		SELECT p.seq FROM pending p JOIN event e ON e.seq = p.seq WHERE e.monitor_id = old.id);
	DELETE FROM monitor_state WHERE monitor_id = old.id;
END;

CREATE TRIGGER event_waits_no_more AFTER DELETE ON event BEGIN
	DELETE FROM pending WHERE at_ms = old.at_ms AND seq = old.seq;
END;
