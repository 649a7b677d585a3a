-- When replies on their way out are due, and their mails as they were written.
-- Those of an older hub are due at once; what it wrote of them was not kept.
CREATE TABLE outgoing (
  message TEXT NOT NULL PRIMARY KEY,
  ticket  TEXT NOT NULL,
  place   INTEGER NOT NULL,
  due     INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX outgoing_place ON outgoing (place);
CREATE INDEX outgoing_ticket ON outgoing (ticket, place);
CREATE INDEX outgoing_due ON outgoing (due);
INSERT INTO outgoing SELECT id, tree, ROW_NUMBER() OVER (ORDER BY at, id), 0 FROM message WHERE delivery IN ('queued', 'sending', 'unknown');

CREATE TABLE outgoing_mail (
  message    TEXT NOT NULL PRIMARY KEY,
  mail_id    TEXT NOT NULL,
  sender     TEXT NOT NULL,
  recipients TEXT NOT NULL,
  copy_tries INTEGER NOT NULL,
  copy_since INTEGER NOT NULL,
  copy_due   INTEGER NOT NULL,
  raw        BLOB NOT NULL
) STRICT;
CREATE INDEX outgoing_mail_copy ON outgoing_mail (copy_due) WHERE copy_due > 0;
