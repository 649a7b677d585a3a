-- The tree of a ticket: its thread, its history, its time log, its conflicts.
-- tree is the ticket's id; there is no foreign key, as there is none on a
-- laptop.
--
-- mail_id is the RFC 5322 Message-ID without angle brackets, by which an answer
-- finds the thread it belongs to; empty where there is none. delivery is how
-- far a public reply has come.
CREATE TABLE message (
  id       TEXT NOT NULL PRIMARY KEY,
  tree     TEXT NOT NULL,
  rev      INTEGER NOT NULL,
  hash     INTEGER NOT NULL,
  body     TEXT NOT NULL,
  mail_id  TEXT NOT NULL,
  delivery TEXT NOT NULL,
  author   TEXT NOT NULL,
  at       INTEGER NOT NULL
) STRICT;

-- The history is written once and read whole, per ticket: nothing to find in it.
CREATE TABLE event (
  id   TEXT NOT NULL PRIMARY KEY,
  tree TEXT NOT NULL,
  rev  INTEGER NOT NULL,
  hash INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;

-- The time log, like the history written once and read whole, per ticket.
CREATE TABLE time_entry (
  id   TEXT NOT NULL PRIMARY KEY,
  tree TEXT NOT NULL,
  rev  INTEGER NOT NULL,
  hash INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;

-- Fields with two truths. The two parties stand in columns of their own, for
-- the tray is looked at by person.
CREATE TABLE conflict (
  id        TEXT NOT NULL PRIMARY KEY,
  tree      TEXT NOT NULL,
  rev       INTEGER NOT NULL,
  hash      INTEGER NOT NULL,
  body      TEXT NOT NULL,
  state     TEXT NOT NULL,
  server_by TEXT NOT NULL,
  client_by TEXT NOT NULL
) STRICT;
CREATE INDEX conflict_tree ON conflict (tree, state);
CREATE INDEX conflict_state ON conflict (state);
