-- Files come in parts, and a table says which messages have them.
ALTER TABLE file ADD COLUMN parts TEXT NOT NULL DEFAULT '';
CREATE INDEX mail_file ON mail (sha256);
CREATE TABLE file_part (
  parts TEXT NOT NULL,
  off   INTEGER NOT NULL,
  data  BLOB NOT NULL,
  PRIMARY KEY (parts, off)
) STRICT;
CREATE TABLE file_holder (
  sha256  TEXT NOT NULL,
  message TEXT NOT NULL,
  PRIMARY KEY (sha256, message)
) STRICT;
CREATE TABLE file_loose (
  sha256 TEXT NOT NULL PRIMARY KEY,
  since  INTEGER NOT NULL
) STRICT;
CREATE INDEX file_loose_since ON file_loose (since);
CREATE TABLE upload (
  device     TEXT NOT NULL,
  sha256     TEXT NOT NULL,
  size       INTEGER NOT NULL,
  received   INTEGER NOT NULL,
  digest     BLOB NOT NULL,
  parts      TEXT NOT NULL,
  touched_at INTEGER NOT NULL,
  PRIMARY KEY (device, sha256)
) STRICT;
