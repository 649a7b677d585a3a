-- What is known of the files in the folder beside it.
CREATE TABLE blob_local (
  sha256    TEXT NOT NULL PRIMARY KEY,
  size      INTEGER NOT NULL,
  pinned    INTEGER NOT NULL,
  last_used INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
