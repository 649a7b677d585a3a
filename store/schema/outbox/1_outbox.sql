-- What only this device knows, and therefore the one file that must never lose
-- a byte: every commit is synchronous (FULL).
--
-- sum guards what cannot be learnt again: in each table it is the 64-bit sum of
-- the columns before it. When the file is damaged, rows are taken over one by
-- one, those whose sum still fits, and the others are named.
CREATE TABLE meta (
  key   TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL,
  sum   INTEGER NOT NULL
) STRICT;

-- The outbox and, with state 'done', the journal of the last 30 days, from
-- which a hub restored from a backup is told again what it forgot. mid is dense
-- from 1 (SPEC R2) and body the mutation's JSON. What follows sum is the hub's
-- answer, and comes again when the mutation is sent again.
CREATE TABLE outbox (
  mid      INTEGER NOT NULL PRIMARY KEY,
  body     TEXT NOT NULL,
  sum      INTEGER NOT NULL,
  state    TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  result   TEXT NOT NULL,
  done_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX outbox_pending ON outbox (state, mid) WHERE state <> 'done';

-- Ticket numbers this device may give out. next is the first unused one.
CREATE TABLE lease (
  kind  TEXT NOT NULL,
  first INTEGER NOT NULL,
  last  INTEGER NOT NULL,
  next  INTEGER NOT NULL,
  sum   INTEGER NOT NULL,
  PRIMARY KEY (kind, first)
) STRICT;

-- Words that were not sent yet: one draft for each ticket and kind of message.
-- seen is the newest public message its writer had before his eyes.
CREATE TABLE draft (
  ticket   TEXT NOT NULL,
  kind     TEXT NOT NULL,
  text     TEXT NOT NULL,
  seen     TEXT NOT NULL,
  saved_at INTEGER NOT NULL,
  sum      INTEGER NOT NULL,
  PRIMARY KEY (ticket, kind)
) STRICT;

-- The newest message of a ticket this person has looked at, on this device.
CREATE TABLE seen (
  ticket  TEXT NOT NULL PRIMARY KEY,
  message TEXT NOT NULL,
  sum     INTEGER NOT NULL
) STRICT;
