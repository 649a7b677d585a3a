-- Tickets on a laptop: what the hub said, with everything still pending on top.
--
-- doc is the ticket's place in time: the instant it was opened, in
-- milliseconds, followed by 20 bits of its id. The full-text index uses the
-- same figure as its row, so that "newest first" is the order it already has
-- and a search for a common word stops after one page.
--
-- bkt is the first bucket the tree stands in, inline: a row of its own for each
-- ticket halved the speed of the first fill. Further buckets stand in home.
CREATE TABLE ticket (
  doc        INTEGER NOT NULL PRIMARY KEY,
  id         TEXT NOT NULL UNIQUE,
  tree       TEXT NOT NULL,
  rev        INTEGER NOT NULL,
  hash       INTEGER NOT NULL,
  bkt        TEXT NOT NULL DEFAULT '',
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

-- Buckets of a tree beyond its first, and the buckets of a tree whose ticket
-- has not arrived yet.
CREATE TABLE home (
  tree   TEXT NOT NULL,
  bucket TEXT NOT NULL,
  PRIMARY KEY (tree, bucket)
) STRICT, WITHOUT ROWID;
CREATE INDEX home_bucket ON home (bucket);
