-- How long journals are kept: rows leave the audit only from its beginning, and only after a row of
-- it told up to which one, and the hash of that one, from which the chain goes on.

DROP TRIGGER audit_is_never_deleted;

CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit WHEN NOT EXISTS (
	SELECT 1 FROM audit
	WHERE object_kind = 'audit' AND object_id >= old.id AND action = 'forget')
BEGIN
	SELECT raise(ABORT, 'an audit row is never deleted');
END;
