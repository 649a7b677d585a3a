-- The envelopes of drafts, and messages that rest before they leave.
CREATE TABLE draft_envelope (
  ticket TEXT NOT NULL,
  kind   TEXT NOT NULL,
  body   TEXT NOT NULL,
  sum    INTEGER NOT NULL,
  PRIMARY KEY (ticket, kind)
) STRICT;
CREATE TABLE resting (
  id     TEXT NOT NULL PRIMARY KEY,
  ticket TEXT NOT NULL,
  body   TEXT NOT NULL,
  sum    INTEGER NOT NULL
) STRICT;
