-- The time log. Entries that a newer hub sent meanwhile were kept as records of
-- an unknown kind.
CREATE TABLE time_entry (
  id   TEXT NOT NULL PRIMARY KEY,
  tree TEXT NOT NULL,
  rev  INTEGER NOT NULL,
  hash INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;
INSERT INTO time_entry (id, tree, rev, hash, body) SELECT id, tree, rev, hash, body FROM record WHERE kind = 'time';
DELETE FROM record WHERE kind = 'time';
CREATE INDEX IF NOT EXISTS time_entry_tree ON time_entry (tree, hash);
