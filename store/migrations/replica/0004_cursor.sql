-- Cursors with the running digest, the floor of a first fill and the time of
-- the last checkpoint. The table is made anew and not altered: its text is
-- compared with the schema when the file is opened. A bucket that is being
-- filled begins again.
CREATE TEMPORARY TABLE was AS SELECT * FROM cursor;
DROP TABLE cursor;
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
INSERT INTO cursor SELECT bucket, epoch, CASE WHEN filled = 1 THEN seq ELSE 0 END, filled, 0, 0, -1, 0, 0 FROM was;
DROP TABLE was;
