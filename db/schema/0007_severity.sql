-- Partial outages (R21): from when a service's disruption is one, and how bad an incident is.

ALTER TABLE service ADD COLUMN disruption_monitors INTEGER NOT NULL DEFAULT 1
	CHECK (disruption_monitors BETWEEN 0 AND 100000);
ALTER TABLE service ADD COLUMN disruption_percent INTEGER NOT NULL DEFAULT 0
	CHECK (disruption_percent BETWEEN 0 AND 100);
ALTER TABLE service ADD COLUMN degraded_title TEXT
	CHECK (length(degraded_title) BETWEEN 1 AND 2000);
ALTER TABLE service ADD COLUMN degraded TEXT CHECK (length(degraded) BETWEEN 1 AND 2000);

ALTER TABLE integration ADD COLUMN degraded_title TEXT NOT NULL
	DEFAULT '{{@service.name}}: Degraded performance'
	CHECK (length(degraded_title) BETWEEN 1 AND 2000);
ALTER TABLE integration ADD COLUMN degraded TEXT NOT NULL
	DEFAULT 'We are investigating degraded performance of {{@service.name}}.'
	CHECK (length(degraded) BETWEEN 1 AND 2000);

ALTER TABLE link ADD COLUMN critical INTEGER NOT NULL DEFAULT 0 CHECK (critical BETWEEN 0 AND 1);

-- Degraded or disruption while it was last open; its title keeps it at the recovery.
ALTER TABLE incident ADD COLUMN severity INTEGER NOT NULL DEFAULT 2
	CHECK (severity BETWEEN 0 AND 2);

-- Whether there is anything to count at all is asked in every transaction: both are mostly empty.
CREATE INDEX service_with_degrees ON service (disruption_monitors) WHERE disruption_monitors <> 1;
CREATE INDEX incident_degraded ON incident (service_status, standing)
	WHERE standing = 1 AND service_status = 1;
