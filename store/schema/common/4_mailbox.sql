-- How the mailboxes of the desk do, and the mails nothing could be made of, as
-- the hub tells those who may see it. At the hub the ledger of mails and the
-- mailbox beside it are the truth; these are the records made of it.
CREATE TABLE mailbox_state (
  id   TEXT NOT NULL PRIMARY KEY,
  rev  INTEGER NOT NULL,
  hash INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;

-- account and sha256 are the mail's place in the ledger.
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
