-- Tickets that ended and wait for the archive, and who has pinned which. Of those
-- that ended before, the last change stands for the end: it is never earlier.
CREATE TABLE ended (
  ticket TEXT NOT NULL PRIMARY KEY,
  at     INTEGER NOT NULL
) STRICT;
CREATE INDEX ended_at ON ended (at);
INSERT INTO ended SELECT id, updated_at FROM ticket WHERE state IN ('closed', 'cancelled');

CREATE TABLE pin (
  person TEXT NOT NULL,
  ticket TEXT NOT NULL,
  PRIMARY KEY (person, ticket)
) STRICT;
