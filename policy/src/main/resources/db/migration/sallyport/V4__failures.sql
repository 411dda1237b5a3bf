-- Questions that failed after data were read. An owner of the frame clears them; none is deleted.
CREATE TABLE IF NOT EXISTS question_failure (
  operation   VARCHAR(64)                 NOT NULL,
  principal   VARCHAR(64)                 NOT NULL,
  frame       VARCHAR(2000)               NOT NULL,
  failed_at   TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  cleared_by  VARCHAR(64),
  PRIMARY KEY (operation, frame)
);

CREATE INDEX IF NOT EXISTS question_failure_of ON question_failure (principal, frame);
