-- Undo: the audit rows that one transaction wrote are one act, and an act can undo another.

ALTER TABLE audit ADD COLUMN act INTEGER;    -- id of its first row; NULL: from before acts were told
ALTER TABLE audit ADD COLUMN undoes INTEGER; -- the act that this one undoes; negative: makes again

CREATE INDEX audit_of_act ON audit (act);
CREATE INDEX audit_undoes ON audit (abs(undoes), id) WHERE undoes IS NOT NULL;
