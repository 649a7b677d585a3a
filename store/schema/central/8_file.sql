-- Bytes by their content: raw mails and attachments. The same bytes are kept
-- once. Up to a MiB of a mail are in data; of a larger one data is empty, and they
-- stand in parts of a MiB, for a piece of a row is read by reading all of it. What a
-- device sent in parts stays in its parts: each is durable as it comes and is never
-- copied. What an older program took from mail is in data, whatever its size.
CREATE TABLE file (
  sha256 TEXT NOT NULL PRIMARY KEY,
  size   INTEGER NOT NULL,
  data   BLOB NOT NULL,
  parts  TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE file_part (
  parts TEXT NOT NULL,
  off   INTEGER NOT NULL,
  data  BLOB NOT NULL,
  PRIMARY KEY (parts, off)
) STRICT;

-- Which message has which file: who can read the message may have the bytes, and
-- they stay while it does. A message stands here only when the hub has the bytes
-- from mail or from its author, so that naming a sum opens nothing (SPEC P42).
CREATE TABLE file_holder (
  sha256  TEXT NOT NULL,
  message TEXT NOT NULL,
  PRIMARY KEY (sha256, message)
) STRICT;

-- Files that nothing refers to any more, since when.
CREATE TABLE file_loose (
  sha256 TEXT NOT NULL PRIMARY KEY,
  since  INTEGER NOT NULL
) STRICT;
CREATE INDEX file_loose_since ON file_loose (since);

-- What devices are sending, each for itself. digest is the state of the SHA-256
-- of the bytes received, so that the last part need not read the others again.
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
