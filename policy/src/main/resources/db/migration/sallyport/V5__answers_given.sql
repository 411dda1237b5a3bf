-- What every principal already has: every governed answer that left any server on this store.
CREATE TABLE IF NOT EXISTS answer_given (
  id          VARCHAR(36)                 PRIMARY KEY,
  principal   VARCHAR(64)                 NOT NULL,
  given_at    TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  words       TEXT                        NOT NULL,
  frames      VARCHAR ARRAY               NOT NULL,
  row_count   BIGINT                      NOT NULL,
  request     VARCHAR(32),
  cost        TEXT
);
CREATE INDEX IF NOT EXISTS answer_given_to ON answer_given (principal, given_at);

-- The frames and the places of their rows that an answer was about, as charges remember them.
CREATE TABLE IF NOT EXISTS answer_subject (
  answer  VARCHAR(36)   NOT NULL REFERENCES answer_given (id),
  subject VARCHAR(2000) NOT NULL,
  PRIMARY KEY (answer, subject)
);
CREATE INDEX IF NOT EXISTS answer_subject_of ON answer_subject (subject);
