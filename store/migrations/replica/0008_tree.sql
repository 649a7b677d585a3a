-- Trees by their numbers, and bodies without what their rows tell. Every row is
-- taken over in place: whoever is offline goes on with what is here.
ALTER TABLE ticket RENAME TO was_ticket;
ALTER TABLE home RENAME TO was_home;
ALTER TABLE message RENAME TO was_message;
ALTER TABLE event RENAME TO was_event;
ALTER TABLE time_entry RENAME TO was_time_entry;
ALTER TABLE conflict RENAME TO was_conflict;

CREATE TABLE tree (
  no  INTEGER NOT NULL PRIMARY KEY,
  id  TEXT NOT NULL UNIQUE,
  bkt TEXT NOT NULL
) STRICT;
INSERT INTO tree (id, bkt) SELECT id, bkt FROM was_ticket ORDER BY doc;
INSERT INTO tree (id, bkt) SELECT tree, '' FROM (
  SELECT tree FROM was_home UNION SELECT tree FROM was_message UNION SELECT tree FROM was_event
  UNION SELECT tree FROM was_time_entry UNION SELECT tree FROM was_conflict
) WHERE tree NOT IN (SELECT id FROM tree);

CREATE TABLE home (
  tree   INTEGER NOT NULL,
  bucket TEXT NOT NULL,
  PRIMARY KEY (tree, bucket)
) STRICT, WITHOUT ROWID;
INSERT INTO home (tree, bucket) SELECT tree.no, bucket FROM was_home JOIN tree ON tree.id = was_home.tree;
DROP TABLE was_home;
CREATE INDEX home_bucket ON home (bucket);

CREATE TABLE ticket (
  doc        INTEGER NOT NULL PRIMARY KEY,
  tree       INTEGER NOT NULL UNIQUE,
  rev        INTEGER NOT NULL,
  hash       INTEGER NOT NULL,
  number     TEXT NOT NULL,
  kind       TEXT NOT NULL,
  state      TEXT NOT NULL,
  open       INTEGER NOT NULL,
  priority   INTEGER NOT NULL,
  team       TEXT NOT NULL,
  assignee   TEXT NOT NULL,
  requester  TEXT NOT NULL,
  service    TEXT NOT NULL,
  awaits     INTEGER NOT NULL,
  title      TEXT NOT NULL,
  opened_at  INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  body       TEXT NOT NULL
) STRICT;
INSERT INTO ticket SELECT doc, tree.no, rev, hash, number, kind, state, open, priority, team, assignee, requester, service, awaits, title, opened_at, updated_at,
  CASE WHEN substr(body, 1, length(was.id || number || kind || title) + 42) = '{"id":"' || was.id || '","number":"' || number || '","kind":"' || kind || '","title":"' || title || '",'
    THEN '{' || substr(body, length(was.id || number || kind || title) + 43) ELSE ' ' || body END
  FROM was_ticket was JOIN tree ON tree.id = was.id ORDER BY doc;
DROP TABLE was_ticket;

CREATE TABLE message (
  id       TEXT NOT NULL PRIMARY KEY,
  tree     INTEGER NOT NULL,
  rev      INTEGER NOT NULL,
  hash     INTEGER NOT NULL,
  delivery TEXT NOT NULL,
  body     TEXT NOT NULL
) STRICT;
INSERT INTO message SELECT was.id, tree.no, rev, hash, delivery,
  CASE WHEN substr(body, 1, length(was.id) + length(was.tree) + 21) = '{"id":"' || was.id || '","ticket":"' || was.tree || '",'
    THEN '{' || substr(body, length(was.id) + length(was.tree) + 22) ELSE ' ' || body END
  FROM was_message was JOIN tree ON tree.id = was.tree ORDER BY was.rowid;
DROP TABLE was_message;

CREATE TABLE event (
  id   TEXT NOT NULL PRIMARY KEY,
  tree INTEGER NOT NULL,
  rev  INTEGER NOT NULL,
  hash INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;
INSERT INTO event SELECT was.id, tree.no, rev, hash,
  CASE WHEN substr(body, 1, length(was.id) + length(was.tree) + 21) = '{"id":"' || was.id || '","ticket":"' || was.tree || '",'
    THEN '{' || substr(body, length(was.id) + length(was.tree) + 22) ELSE ' ' || body END
  FROM was_event was JOIN tree ON tree.id = was.tree ORDER BY was.rowid;
DROP TABLE was_event;

CREATE TABLE time_entry (
  id   TEXT NOT NULL PRIMARY KEY,
  tree INTEGER NOT NULL,
  rev  INTEGER NOT NULL,
  hash INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;
INSERT INTO time_entry SELECT was.id, tree.no, rev, hash,
  CASE WHEN substr(body, 1, length(was.id) + length(was.tree) + 21) = '{"id":"' || was.id || '","ticket":"' || was.tree || '",'
    THEN '{' || substr(body, length(was.id) + length(was.tree) + 22) ELSE ' ' || body END
  FROM was_time_entry was JOIN tree ON tree.id = was.tree ORDER BY was.rowid;
DROP TABLE was_time_entry;

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
INSERT INTO conflict SELECT was.id, tree.no, rev, hash, state, server_by, client_by,
  CASE WHEN substr(body, 1, length(was.id) + length(was.tree) + 21) = '{"id":"' || was.id || '","ticket":"' || was.tree || '",'
    THEN '{' || substr(body, length(was.id) + length(was.tree) + 22) ELSE ' ' || body END
  FROM was_conflict was JOIN tree ON tree.id = was.tree ORDER BY was.rowid;
DROP TABLE was_conflict;
CREATE INDEX conflict_tree ON conflict (tree, state);
CREATE INDEX conflict_state ON conflict (state);
