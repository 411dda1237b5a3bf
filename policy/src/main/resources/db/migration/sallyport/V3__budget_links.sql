-- Under which unit space a frame was, and where its rows were, in each version of the policies: so that whoever renames one
-- after the other finds what was spent. A link is never taken back.
CREATE TABLE IF NOT EXISTS budget_link (
  frame    VARCHAR(255)  NOT NULL,
  subject  VARCHAR(2000) NOT NULL,
  version  VARCHAR(64)   NOT NULL,
  PRIMARY KEY (frame, subject)
);
