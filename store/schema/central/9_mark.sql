-- The last transaction of each slot of each node: every transaction of a server
-- writes its number here as its last step. When a connection breaks in COMMIT
-- nobody knows whether it took place; whoever writes to the same row waits until
-- that is decided, and then reads it here. Not used on SQLite, whose COMMIT
-- always answers.
CREATE TABLE mark (
  slot TEXT NOT NULL PRIMARY KEY,
  txn  INTEGER NOT NULL
) STRICT;
