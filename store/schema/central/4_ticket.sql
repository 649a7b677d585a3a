-- Tickets at the hub. number is the name people use and is given once in the
-- life of the desk: the unique index is the last guard behind the leases.
CREATE TABLE ticket (
  id         TEXT NOT NULL PRIMARY KEY,
  tree       TEXT NOT NULL,
  rev        INTEGER NOT NULL,
  hash       INTEGER NOT NULL,
  body       TEXT NOT NULL,
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
  updated_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX ticket_number ON ticket (number);
CREATE INDEX ticket_requester ON ticket (requester, opened_at);

CREATE INDEX message_tree ON message (tree);
CREATE INDEX message_mail ON message (mail_id) WHERE mail_id <> '';
CREATE INDEX message_delivery ON message (delivery, at) WHERE delivery <> '';
CREATE INDEX event_tree ON event (tree);
CREATE INDEX time_entry_tree ON time_entry (tree);
CREATE INDEX record_tree ON record (tree);
