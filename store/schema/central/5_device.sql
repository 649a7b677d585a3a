-- An enrolled device and its place in the order of mutations: last_mid is the
-- last mutation of the device that was executed (SPEC R3); it moves in the same
-- transaction as the mutation's effects. Only the hash of the token is kept.
-- turn counts the device's conversations: only the newest goes on, whichever
-- node holds it.
CREATE TABLE device (
  id         TEXT NOT NULL PRIMARY KEY,
  person     TEXT NOT NULL,
  name       TEXT NOT NULL,
  token_hash BLOB,
  last_mid   INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  last_seen  INTEGER NOT NULL,
  revoked    INTEGER NOT NULL,
  turn       INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX device_token ON device (token_hash);
CREATE INDEX device_person ON device (person);

-- The password hash of a person who signs in by password. It is no part of the
-- person's record, which travels to every laptop.
CREATE TABLE password (
  person TEXT NOT NULL PRIMARY KEY,
  hash   TEXT NOT NULL
) STRICT;

-- What became of each mutation. A device that asks again gets this answer and
-- no second effect (SPEC R3). body is the result's JSON.
CREATE TABLE result (
  device TEXT NOT NULL,
  mid    INTEGER NOT NULL,
  body   TEXT NOT NULL,
  at     INTEGER NOT NULL,
  PRIMARY KEY (device, mid)
) STRICT;
CREATE INDEX result_at ON result (at);

-- The next unused ticket number of a kind: one counter, from which the hub
-- takes its own numbers and cuts the blocks it leases to devices. No database
-- sequence: those leave the transaction and differ between engines.
CREATE TABLE counter (
  kind TEXT NOT NULL PRIMARY KEY,
  next INTEGER NOT NULL
) STRICT;

-- Blocks of numbers given to devices, for ever: what a retired device did not
-- use stays unused.
CREATE TABLE lease (
  device TEXT NOT NULL,
  kind   TEXT NOT NULL,
  first  INTEGER NOT NULL,
  last   INTEGER NOT NULL,
  PRIMARY KEY (device, kind, first)
) STRICT;
