-- Few monitors are inactive: the counts of `status` and of the dashboard need not read all the
-- others to find them.

CREATE INDEX monitor_inactive ON monitor (id) WHERE active = 0;
