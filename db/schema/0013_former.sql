-- A name in `former` goes with the last row that has the id whose name it was. Whether there is one
-- is asked for each of these names once a day: without an index that would read every alert.

CREATE INDEX alert_of_definition ON alert (definition_id);
CREATE INDEX maintenance_target_monitor ON maintenance_target (monitor_id, maintenance_id);
CREATE INDEX maintenance_target_service ON maintenance_target (service_id, maintenance_id);
