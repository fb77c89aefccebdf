-- What an undo puts back tells its name itself: the former one would stay when it is renamed and
-- deleted once more.

DELETE FROM former WHERE kind = 'monitor' AND id IN (SELECT id FROM monitor);
DELETE FROM former WHERE kind = 'definition' AND id IN (SELECT id FROM definition);
DELETE FROM former WHERE kind = 'service' AND id IN (SELECT id FROM service);

CREATE TRIGGER monitor_is_no_longer_former AFTER INSERT ON monitor BEGIN
	DELETE FROM former WHERE kind = 'monitor' AND id = new.id;
END;

CREATE TRIGGER definition_is_no_longer_former AFTER INSERT ON definition BEGIN
	DELETE FROM former WHERE kind = 'definition' AND id = new.id;
END;

CREATE TRIGGER service_is_no_longer_former AFTER INSERT ON service BEGIN
	DELETE FROM former WHERE kind = 'service' AND id = new.id;
END;
