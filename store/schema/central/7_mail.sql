-- The mail ledger: every mail that ever arrived, by the place it was found in
-- (RFC 9051: mailbox, UIDVALIDITY, UID) and by its bytes. A mail is filed here
-- before it is understood, so that nothing is lost when it cannot be; the
-- second arrival of the same bytes is no second mail.
CREATE TABLE mail (
  account      TEXT NOT NULL,
  sha256       TEXT NOT NULL,
  mailbox      TEXT NOT NULL,
  uid_validity INTEGER NOT NULL,
  uid          INTEGER NOT NULL,
  size         INTEGER NOT NULL,
  received_at  INTEGER NOT NULL,
  state        TEXT NOT NULL,
  tries        INTEGER NOT NULL,
  reason       TEXT NOT NULL,
  ticket       TEXT NOT NULL,
  message      TEXT NOT NULL,
  PRIMARY KEY (account, sha256)
) STRICT;
CREATE UNIQUE INDEX mail_place ON mail (account, mailbox, uid_validity, uid);
CREATE INDEX mail_state ON mail (state, received_at);

-- How far a mailbox was read.
CREATE TABLE mailbox (
  account        TEXT NOT NULL,
  mailbox        TEXT NOT NULL,
  uid_validity   INTEGER NOT NULL,
  last_uid       INTEGER NOT NULL,
  highest_modseq INTEGER NOT NULL,
  PRIMARY KEY (account, mailbox)
) STRICT;

-- Bytes by their content: raw mails and attachments. The same bytes are kept
-- once.
CREATE TABLE file (
  sha256 TEXT NOT NULL PRIMARY KEY,
  size   INTEGER NOT NULL,
  data   BLOB NOT NULL
) STRICT;
