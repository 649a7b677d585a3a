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
-- fill was complete.
CREATE TABLE cursor (
  bucket TEXT NOT NULL PRIMARY KEY,
  epoch  INTEGER NOT NULL,
  seq    INTEGER NOT NULL,
  filled INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
