-- Settings, configuration and audit: what operators write.
--
-- Every limit is the one of the field tables in core/rules; a test compares them. Names count in
-- characters. Text that may be empty is NULL then. Choices are stored as their words. Ids are
-- never used again (AUTOINCREMENT): history speaks of what is gone by its id.

CREATE TABLE setting (
	name TEXT PRIMARY KEY NOT NULL,
	number INTEGER,
	text TEXT
) STRICT, WITHOUT ROWID;

INSERT INTO setting (name, text) VALUES ('mode', 'dry-run');

-- ---- monitors --------------------------------------------------------------------------------

CREATE TABLE monitor (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	revision INTEGER NOT NULL,
	name TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 120),
	guid TEXT COLLATE NOCASE CHECK (length(guid) BETWEEN 1 AND 64),
	active INTEGER NOT NULL CHECK (active BETWEEN 0 AND 1),
	check_type TEXT NOT NULL CHECK (check_type IN ('none', 'http', 'https', 'tcp')),
	check_target TEXT CHECK (length(check_target) BETWEEN 1 AND 2048),
	check_every_ms INTEGER NOT NULL CHECK (check_every_ms BETWEEN 1000 AND 86400000)
) STRICT;

CREATE UNIQUE INDEX monitor_by_guid ON monitor (guid) WHERE guid IS NOT NULL;

-- A group exists while a monitor or a definition names it.
CREATE TABLE monitor_group (
	monitor_id INTEGER NOT NULL REFERENCES monitor (id) ON DELETE CASCADE,
	group_name TEXT NOT NULL CHECK (length(group_name) BETWEEN 1 AND 120),
	PRIMARY KEY (monitor_id, group_name)
) STRICT, WITHOUT ROWID;

CREATE INDEX monitor_group_by_name ON monitor_group (group_name, monitor_id);

-- ---- integrations and their services ---------------------------------------------------------

CREATE TABLE integration (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	revision INTEGER NOT NULL,
	name TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 120),
	payload TEXT NOT NULL CHECK (payload IN ('uptrends', 'generic-v2', 'custom')),
	max_per_second INTEGER NOT NULL CHECK (max_per_second BETWEEN 0 AND 100000),
	storm_max_new INTEGER NOT NULL CHECK (storm_max_new BETWEEN 0 AND 100000),
	storm_within_ms INTEGER NOT NULL CHECK (storm_within_ms BETWEEN 0 AND 31622400000),
	storm_release_after_ms INTEGER NOT NULL
		CHECK (storm_release_after_ms BETWEEN 0 AND 31622400000),
	title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 2000),
	disruption TEXT NOT NULL CHECK (length(disruption) BETWEEN 1 AND 2000),
	recovery TEXT NOT NULL CHECK (length(recovery) BETWEEN 1 AND 2000),
	template TEXT CHECK (length(template) BETWEEN 1 AND 16384)
) STRICT;

CREATE TABLE service (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	revision INTEGER NOT NULL,
	integration_id INTEGER NOT NULL REFERENCES integration (id) ON DELETE CASCADE,
	name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
	url TEXT NOT NULL CHECK (length(url) BETWEEN 1 AND 2048),
	page_url TEXT CHECK (length(page_url) BETWEEN 1 AND 2048),
	policy TEXT NOT NULL CHECK (policy IN ('per-service', 'per-monitor')),
	reopen_within_ms INTEGER NOT NULL CHECK (reopen_within_ms BETWEEN 0 AND 31622400000),
	publish_after_ms INTEGER NOT NULL CHECK (publish_after_ms BETWEEN 0 AND 31622400000),
	recover_after_ms INTEGER NOT NULL CHECK (recover_after_ms BETWEEN 0 AND 31622400000),
	title TEXT CHECK (length(title) BETWEEN 1 AND 2000),
	disruption TEXT CHECK (length(disruption) BETWEEN 1 AND 2000),
	recovery TEXT CHECK (length(recovery) BETWEEN 1 AND 2000),
	UNIQUE (integration_id, name)
) STRICT;

CREATE INDEX service_by_name ON service (name);

-- ---- alert definitions, their levels, placements and links -----------------------------------

CREATE TABLE definition (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	revision INTEGER NOT NULL,
	name TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 120),
	active INTEGER NOT NULL CHECK (active BETWEEN 0 AND 1)
) STRICT;

CREATE TABLE definition_monitor (
	definition_id INTEGER NOT NULL REFERENCES definition (id) ON DELETE CASCADE,
	monitor_id INTEGER NOT NULL REFERENCES monitor (id) ON DELETE CASCADE,
	PRIMARY KEY (definition_id, monitor_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX definition_monitor_of_monitor ON definition_monitor (monitor_id, definition_id);

CREATE TABLE definition_group (
	definition_id INTEGER NOT NULL REFERENCES definition (id) ON DELETE CASCADE,
	group_name TEXT NOT NULL CHECK (length(group_name) BETWEEN 1 AND 120),
	PRIMARY KEY (definition_id, group_name)
) STRICT, WITHOUT ROWID;

CREATE INDEX definition_group_by_name ON definition_group (group_name, definition_id);

-- It triggers by errors or by minutes: one of the two is not 0.
CREATE TABLE level (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	revision INTEGER NOT NULL,
	definition_id INTEGER NOT NULL REFERENCES definition (id) ON DELETE CASCADE,
	number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 4),
	active INTEGER NOT NULL CHECK (active BETWEEN 0 AND 1),
	after_errors INTEGER NOT NULL CHECK (after_errors BETWEEN 0 AND 1000000),
	after_minutes INTEGER NOT NULL CHECK (after_minutes BETWEEN 0 AND 527040),
	remind_every_minutes INTEGER NOT NULL CHECK (remind_every_minutes BETWEEN 1 AND 527040),
	remind_max INTEGER NOT NULL CHECK (remind_max BETWEEN 0 AND 10000),
	UNIQUE (definition_id, number),
	CHECK ((after_errors > 0) <> (after_minutes > 0))
) STRICT;

CREATE TABLE placement (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	revision INTEGER NOT NULL,
	level_id INTEGER NOT NULL REFERENCES level (id) ON DELETE CASCADE,
	integration_id INTEGER NOT NULL REFERENCES integration (id) ON DELETE CASCADE,
	active INTEGER NOT NULL CHECK (active BETWEEN 0 AND 1),
	send_ok INTEGER NOT NULL CHECK (send_ok BETWEEN 0 AND 1),
	send_reminders INTEGER NOT NULL CHECK (send_reminders BETWEEN 0 AND 1),
	UNIQUE (level_id, integration_id)
) STRICT;

CREATE INDEX placement_of_integration ON placement (integration_id);

CREATE TABLE link (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	revision INTEGER NOT NULL,
	placement_id INTEGER NOT NULL REFERENCES placement (id) ON DELETE CASCADE,
	monitor_id INTEGER NOT NULL REFERENCES monitor (id) ON DELETE CASCADE,
	service_id INTEGER NOT NULL REFERENCES service (id) ON DELETE CASCADE,
	UNIQUE (placement_id, monitor_id, service_id)
) STRICT;

CREATE INDEX link_of_monitor ON link (monitor_id, placement_id);
CREATE INDEX link_of_service ON link (service_id);

-- ---- audit -----------------------------------------------------------------------------------

-- One row for one act, never changed, never taken away. hash: of the chain, once it is kept.
CREATE TABLE audit (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	at_ms INTEGER NOT NULL,
	actor TEXT NOT NULL,
	source TEXT NOT NULL,
	because TEXT,
	action TEXT NOT NULL,
	object_kind TEXT NOT NULL,
	object_id INTEGER NOT NULL,
	object TEXT NOT NULL,
	before TEXT,
	after TEXT,
	hash TEXT
) STRICT;

CREATE INDEX audit_of_object ON audit (object_kind, object_id);

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit BEGIN
	SELECT raise(ABORT, 'an audit row is never changed');
END;

CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit BEGIN
	SELECT raise(ABORT, 'an audit row is never deleted');
END;
