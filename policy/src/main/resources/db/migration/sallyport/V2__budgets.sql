-- What was charged to budgets. A charge is never changed and never taken back.
CREATE TABLE IF NOT EXISTS budget_charge (
  operation    VARCHAR(64)                 NOT NULL PRIMARY KEY,
  content      VARCHAR(64)                 NOT NULL,
  principal    VARCHAR(64)                 NOT NULL,
  plan_hash    VARCHAR(256)                NOT NULL,
  charged_at   TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  pure         NUMERIC(120, 60)            NOT NULL,
  rho          NUMERIC(120, 60)            NOT NULL,
  pure_as_rho  NUMERIC(120, 60)            NOT NULL,
  delta        NUMERIC(120, 60)            NOT NULL
);

-- What a charge is about: unit space, frames, where their rows are; and the same of its principal.
CREATE TABLE IF NOT EXISTS budget_subject (
  subject    VARCHAR(2000) NOT NULL,
  operation  VARCHAR(64)   NOT NULL REFERENCES budget_charge (operation),
  PRIMARY KEY (subject, operation)
);

-- Whoever sums up what was spent on a subject and then charges it holds its row.
CREATE TABLE IF NOT EXISTS budget_lock (
  subject  VARCHAR(2000) NOT NULL PRIMARY KEY
);
