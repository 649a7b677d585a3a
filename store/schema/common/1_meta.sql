-- What a database says of itself: its epoch, the version of its schema where
-- the engine has no place of its own for it, and whatever small fact the rooms
-- above want to keep beside the data it speaks of, in one transaction with it.
CREATE TABLE meta (
  key   TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;
