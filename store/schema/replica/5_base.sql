-- The records that pending mutations touched, as the hub knows them. Taking
-- them back gives the hub's state; running the pending mutations again gives
-- the view (SPEC R9). present is 0 where the hub has no such record.
CREATE TABLE base (
  kind    TEXT NOT NULL,
  id      TEXT NOT NULL,
  present INTEGER NOT NULL,
  tree    TEXT NOT NULL,
  rev     INTEGER NOT NULL,
  body    TEXT NOT NULL,
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

-- How far each subscribed bucket was read (SPEC R8); filled once its first
-- fill was complete. Until then floor is the sequence above which its records
-- are here, for it is filled from its newest change back (SPEC P24). fresh_at
-- is the hub's time of the last checkpoint since then, 0 before the first.
--
-- records, low and high are the running digest of what of the bucket is stored
-- here (SPEC P20): the count, and the sums of the lower and the upper halves of
-- the hashes, before what is shown ahead of the hub. records is -1 while nobody
-- knows: then they are counted when they are asked for.
CREATE TABLE cursor (
  bucket   TEXT NOT NULL PRIMARY KEY,
  epoch    INTEGER NOT NULL,
  seq      INTEGER NOT NULL,
  filled   INTEGER NOT NULL,
  floor    INTEGER NOT NULL,
  fresh_at INTEGER NOT NULL,
  records  INTEGER NOT NULL,
  low      INTEGER NOT NULL,
  high     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
