-- Tickets on a laptop: what the hub said, with everything still pending on top.
-- A ticket's id is that of its tree.
--
-- doc is the ticket's place in time: the instant it was opened, in
-- milliseconds, followed by 20 bits of its id. The full-text index uses the
-- same figure as its row, so that "newest first" is the order it already has
-- and a search for a common word stops after one page.
CREATE TABLE ticket (
  doc        INTEGER NOT NULL PRIMARY KEY,
  tree       INTEGER NOT NULL UNIQUE,
  rev        INTEGER NOT NULL,
  hash       INTEGER NOT NULL,
  number     TEXT NOT NULL,
  kind       TEXT NOT NULL,
  state      TEXT NOT NULL,
  open       INTEGER NOT NULL,
  priority   INTEGER NOT NULL,
  team       TEXT NOT NULL,
  assignee   TEXT NOT NULL,
  requester  TEXT NOT NULL,
  service    TEXT NOT NULL,
  awaits     INTEGER NOT NULL,
  title      TEXT NOT NULL,
  opened_at  INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  body       TEXT NOT NULL
) STRICT;
