-- How the mailboxes do, and the mails nothing could be made of, as records.
CREATE TABLE mailbox_state (
  id   TEXT NOT NULL PRIMARY KEY,
  rev  INTEGER NOT NULL,
  hash INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;

CREATE TABLE quarantine (
  id      TEXT NOT NULL PRIMARY KEY,
  rev     INTEGER NOT NULL,
  hash    INTEGER NOT NULL,
  body    TEXT NOT NULL,
  state   TEXT NOT NULL,
  account TEXT NOT NULL,
  sha256  TEXT NOT NULL
) STRICT;
CREATE INDEX quarantine_state ON quarantine (state);
CREATE INDEX quarantine_mail ON quarantine (sha256, account);
