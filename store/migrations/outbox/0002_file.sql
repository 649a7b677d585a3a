-- Files of drafts, and of messages on their way.
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
