-- What the last transactions of each node were, so that one whose COMMIT was not
-- answered can be asked after.
CREATE TABLE mark (
  slot TEXT NOT NULL PRIMARY KEY,
  txn  INTEGER NOT NULL
) STRICT;
