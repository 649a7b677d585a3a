-- The directory: what everybody at the desk holds, outside any ticket's tree.
--
-- Every table of records has the same four columns. body is the entity's JSON
-- exactly as the hub wrote it; it is never rewritten here, so that a field only
-- a newer program knows survives the journey through an older one. rev is the
-- count of its changes, hash the 64-bit sum by which hub and laptop are
-- compared (kept as a signed integer, for neither engine has an unsigned one).
-- All further columns are copies out of body, made so that a query can find
-- the record; they can be computed again at any time.
--
-- Instants are milliseconds since 1970 UTC, truths are 0 and 1.
CREATE TABLE workspace (
  id   TEXT NOT NULL PRIMARY KEY,
  rev  INTEGER NOT NULL,
  hash INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;

-- People who work at the desk. email is folded to lower case: an address is
-- typed in many ways and means one person.
CREATE TABLE person (
  id    TEXT NOT NULL PRIMARY KEY,
  rev   INTEGER NOT NULL,
  hash  INTEGER NOT NULL,
  body  TEXT NOT NULL,
  email TEXT NOT NULL
) STRICT;
CREATE INDEX person_email ON person (email);

CREATE TABLE team (
  id   TEXT NOT NULL PRIMARY KEY,
  rev  INTEGER NOT NULL,
  hash INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;

CREATE TABLE service (
  id   TEXT NOT NULL PRIMARY KEY,
  rev  INTEGER NOT NULL,
  hash INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;

-- Texts the desk keeps for its answers, and the signatures below them.
CREATE TABLE template (
  id   TEXT NOT NULL PRIMARY KEY,
  rev  INTEGER NOT NULL,
  hash INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;

-- People who ask the desk for something; name and email are folded to lower
-- case for finding. An address is not unique: a family or a shop may share one.
CREATE TABLE requester (
  id    TEXT NOT NULL PRIMARY KEY,
  rev   INTEGER NOT NULL,
  hash  INTEGER NOT NULL,
  body  TEXT NOT NULL,
  name  TEXT NOT NULL,
  email TEXT NOT NULL,
  vip   INTEGER NOT NULL
) STRICT;
CREATE INDEX requester_email ON requester (email);

-- Mutations the hub refused. They stand in no tree but in the bucket of the
-- person who wrote them, hence person.
CREATE TABLE rejection (
  id     TEXT NOT NULL PRIMARY KEY,
  rev    INTEGER NOT NULL,
  hash   INTEGER NOT NULL,
  body   TEXT NOT NULL,
  person TEXT NOT NULL,
  open   INTEGER NOT NULL
) STRICT;
CREATE INDEX rejection_person ON rejection (person, open);

-- Records of a kind this program does not know: a newer hub sent them. They
-- are kept byte by byte, counted and handed on; nothing else is done with them.
CREATE TABLE record (
  kind TEXT NOT NULL,
  id   TEXT NOT NULL,
  tree TEXT NOT NULL,
  rev  INTEGER NOT NULL,
  hash INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (kind, id)
) STRICT;
