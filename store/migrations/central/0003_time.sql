-- The time log.
CREATE TABLE time_entry (
  id   TEXT NOT NULL PRIMARY KEY,
  tree TEXT NOT NULL,
  rev  INTEGER NOT NULL,
  hash INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX time_entry_tree ON time_entry (tree);
