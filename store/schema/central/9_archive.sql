-- Tickets that ended and are not archived yet, by when they ended, in milliseconds
-- since 1970 UTC. Whatever is archived or goes on is not here, so the daily look
-- for what is due costs what is due.
CREATE TABLE ended (
  ticket TEXT NOT NULL PRIMARY KEY,
  at     INTEGER NOT NULL
) STRICT;
CREATE INDEX ended_at ON ended (at);

-- Who has pinned which ticket, as the tickets say: so the pins of a person are
-- found who may not read any more what he pinned.
CREATE TABLE pin (
  person TEXT NOT NULL,
  ticket TEXT NOT NULL,
  PRIMARY KEY (person, ticket)
) STRICT;
