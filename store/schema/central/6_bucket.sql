-- A bucket is a stream of records with a counter. last_seq moves in the
-- transaction that changes a record of the bucket, and the row stays locked
-- until that commits: so sequences become visible in their order, and a reader
-- at 7 can never miss a 6 that commits later (SPEC R7).
--
-- records, low and high are the running digest of its living entries, moved in
-- that same transaction, so that a checkpoint costs the same however large the
-- bucket is (SPEC P20): their count, and the sums of the lower and the upper
-- halves of their hashes, apart because neither engine adds modulo 2^64.
CREATE TABLE bucket (
  id       TEXT NOT NULL PRIMARY KEY,
  epoch    INTEGER NOT NULL,
  last_seq INTEGER NOT NULL,
  records  INTEGER NOT NULL,
  low      INTEGER NOT NULL,
  high     INTEGER NOT NULL
) STRICT;

-- Each record has one entry in each of its buckets, at the sequence of its last
-- change: the log is a state and never grows beyond it. The payload is not
-- here; it is read from the record's table in the snapshot that reads the
-- entry. A dropped entry of kind ticket says that the whole tree left the
-- bucket; dropped_at is when, and 0 for a living entry.
CREATE TABLE entry (
  bucket     TEXT NOT NULL,
  kind       TEXT NOT NULL,
  id         TEXT NOT NULL,
  tree       TEXT NOT NULL,
  seq        INTEGER NOT NULL,
  hash       INTEGER NOT NULL,
  dropped    INTEGER NOT NULL,
  dropped_at INTEGER NOT NULL,
  PRIMARY KEY (bucket, kind, id)
) STRICT;
CREATE UNIQUE INDEX entry_seq ON entry (bucket, seq);
CREATE INDEX entry_tree ON entry (bucket, tree);
CREATE INDEX entry_dropped ON entry (bucket, seq) WHERE dropped = 1;

-- How far each device has come in the buckets it holds whole, as it was noted
-- when it last connected and now and then since: not with every page. A drop
-- that every living device has passed is of no further use (SPEC P27).
CREATE TABLE applied (
  device TEXT NOT NULL,
  bucket TEXT NOT NULL,
  seq    INTEGER NOT NULL,
  PRIMARY KEY (device, bucket)
) STRICT;
