-- The files that are on this device; their bytes stand in the folder beside the
-- database, each under its SHA-256. Only a memory of what was used when: a lost
-- one is read from the folder again, and what must not go is told by outbox.db.
CREATE TABLE blob_local (
  sha256    TEXT NOT NULL PRIMARY KEY,
  size      INTEGER NOT NULL,
  pinned    INTEGER NOT NULL,
  last_used INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
