-- One row for one answer, however often it was given: id is made of who got it and of what it is
-- about, given_at is the last time. Rows from before stay as they are.
ALTER TABLE answer_given ADD COLUMN times BIGINT DEFAULT 1 NOT NULL;
