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

-- The files of a draft, in the order they were attached (place). id comes first,
-- for rows are told apart by their first two columns when a file is salvaged.
CREATE TABLE draft_file (
  id     TEXT NOT NULL PRIMARY KEY,
  ticket TEXT NOT NULL,
  kind   TEXT NOT NULL,
  place  INTEGER NOT NULL,
  name   TEXT NOT NULL,
  type   TEXT NOT NULL,
  size   INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  sum    INTEGER NOT NULL
) STRICT;
CREATE INDEX draft_file_draft ON draft_file (ticket, kind, place);

-- The files of messages written here: waiting until the hub has them, then sent.
-- A sent one stays for the days of the journal, like the mutation it belongs to.
CREATE TABLE attached (
  message TEXT NOT NULL,
  sha256  TEXT NOT NULL,
  ticket  TEXT NOT NULL,
  size    INTEGER NOT NULL,
  sum     INTEGER NOT NULL,
  state   TEXT NOT NULL,
  problem TEXT NOT NULL,
  sent_at INTEGER NOT NULL,
  PRIMARY KEY (message, sha256)
) STRICT;

-- Whom a draft is for and what else stands around its words, where its writer
-- chose: the envelope's JSON.
CREATE TABLE draft_envelope (
  ticket TEXT NOT NULL,
  kind   TEXT NOT NULL,
  body   TEXT NOT NULL,
  sum    INTEGER NOT NULL,
  PRIMARY KEY (ticket, kind)
) STRICT;

-- Messages that were sent and have not left: they rest here for a few seconds,
-- in which their writer may take them back. body holds the mutation as it will
-- enter the outbox, and the draft as it was; its files are those of a draft
-- whose kind is the message's id. A row goes in the transaction that puts the
-- mutation into the outbox. There is no time in it: what rests when the program
-- ends rests anew when it starts.
CREATE TABLE resting (
  id     TEXT NOT NULL PRIMARY KEY,
  ticket TEXT NOT NULL,
  body   TEXT NOT NULL,
  sum    INTEGER NOT NULL
) STRICT;
