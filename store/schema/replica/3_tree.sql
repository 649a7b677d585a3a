-- The trees on a laptop, each with a number that is its own only in this file: a
-- ticket's id is long, and all that belongs to it would repeat it, in its row
-- and in its index.
--
-- bkt is the first bucket the tree stands in, '' where that is none, inline: most
-- trees stand in one. Further buckets stand in home.
CREATE TABLE tree (
  no  INTEGER NOT NULL PRIMARY KEY,
  id  TEXT NOT NULL UNIQUE,
  bkt TEXT NOT NULL
) STRICT;

CREATE TABLE home (
  tree   INTEGER NOT NULL,
  bucket TEXT NOT NULL,
  PRIMARY KEY (tree, bucket)
) STRICT, WITHOUT ROWID;
CREATE INDEX home_bucket ON home (bucket);

-- What belongs to a ticket: its thread, its history, its time log, its conflicts.
-- There is no foreign key, for a message may arrive a page before its ticket.
--
-- Here and in ticket, body is the entity's JSON without what it begins with and
-- the row tells: its id and its ticket's, or of a ticket the id, the number, the
-- kind and the title. That took a fifth of the file. Reading puts it back byte by
-- byte. A body that begins otherwise is kept whole, with a space before it.
-- Either is JSON.
CREATE TABLE message (
  id       TEXT NOT NULL PRIMARY KEY,
  tree     INTEGER NOT NULL,
  rev      INTEGER NOT NULL,
  hash     INTEGER NOT NULL,
  delivery TEXT NOT NULL,
  body     TEXT NOT NULL
) STRICT;

CREATE TABLE event (
  id   TEXT NOT NULL PRIMARY KEY,
  tree INTEGER NOT NULL,
  rev  INTEGER NOT NULL,
  hash INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;

CREATE TABLE time_entry (
  id   TEXT NOT NULL PRIMARY KEY,
  tree INTEGER NOT NULL,
  rev  INTEGER NOT NULL,
  hash INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;

-- Fields with two truths. The two parties stand in columns of their own, for
-- the tray is looked at by person.
CREATE TABLE conflict (
  id        TEXT NOT NULL PRIMARY KEY,
  tree      INTEGER NOT NULL,
  rev       INTEGER NOT NULL,
  hash      INTEGER NOT NULL,
  state     TEXT NOT NULL,
  server_by TEXT NOT NULL,
  client_by TEXT NOT NULL,
  body      TEXT NOT NULL
) STRICT;
CREATE INDEX conflict_tree ON conflict (tree, state);
CREATE INDEX conflict_state ON conflict (state);
