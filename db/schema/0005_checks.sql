-- Built-in checks: what they ask and expect, and what they found.

-- A limit that is stricter now: a column cannot change its own.
ALTER TABLE monitor RENAME COLUMN check_every_ms TO check_every_old_ms;
ALTER TABLE monitor ADD COLUMN check_every_ms INTEGER NOT NULL DEFAULT 60000
	CHECK (check_every_ms BETWEEN 10000 AND 86400000);
UPDATE monitor SET check_every_ms = max(check_every_old_ms, 10000);
ALTER TABLE monitor DROP COLUMN check_every_old_ms;

ALTER TABLE monitor ADD COLUMN check_timeout_ms INTEGER NOT NULL DEFAULT 10000
	CHECK (check_timeout_ms BETWEEN 1000 AND 60000);
ALTER TABLE monitor ADD COLUMN check_recheck_ms INTEGER NOT NULL DEFAULT 5000
	CHECK (check_recheck_ms BETWEEN 0 AND 300000);
ALTER TABLE monitor ADD COLUMN check_method TEXT NOT NULL DEFAULT 'GET'
	CHECK (check_method IN ('GET', 'HEAD', 'POST'));
ALTER TABLE monitor ADD COLUMN check_headers TEXT
	CHECK (length(check_headers) BETWEEN 1 AND 2000);
ALTER TABLE monitor ADD COLUMN check_status TEXT NOT NULL DEFAULT '200-399'
	CHECK (length(check_status) BETWEEN 1 AND 60);
ALTER TABLE monitor ADD COLUMN check_contains TEXT
	CHECK (length(check_contains) BETWEEN 1 AND 200);
ALTER TABLE monitor ADD COLUMN check_lacks TEXT
	CHECK (length(check_lacks) BETWEEN 1 AND 200);
ALTER TABLE monitor ADD COLUMN check_redirects INTEGER NOT NULL DEFAULT 5
	CHECK (check_redirects BETWEEN 0 AND 10);
ALTER TABLE monitor ADD COLUMN check_certificate_days INTEGER NOT NULL DEFAULT 0
	CHECK (check_certificate_days BETWEEN 0 AND 365);

-- The last results of each monitor; the number counts all there ever were.
CREATE TABLE check_result (
	monitor_id INTEGER NOT NULL,
	number INTEGER NOT NULL,
	at_ms INTEGER NOT NULL,
	verdict INTEGER NOT NULL CHECK (verdict BETWEEN 0 AND 2),
	http_status INTEGER NOT NULL,
	resolve_us INTEGER NOT NULL, -- each from the end of the one before
	connect_us INTEGER NOT NULL,
	tls_us INTEGER NOT NULL,
	first_byte_us INTEGER NOT NULL,
	total_us INTEGER NOT NULL,   -- from the start
	message TEXT,                -- what was wrong
	PRIMARY KEY (monitor_id, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER monitor_leaves_its_checks AFTER DELETE ON monitor BEGIN
	DELETE FROM check_result WHERE monitor_id = old.id;
END;
