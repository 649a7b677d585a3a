-- The mail ledger: every mail that ever arrived, by the place it was found in
-- (RFC 9051: mailbox, UIDVALIDITY, UID) and by its bytes. A mail is filed here
-- before it is understood, so that nothing is lost when it cannot be; the
-- second arrival of the same bytes is no second mail.
--
-- state is filed until something was made of the mail; one that failed is resting
-- until due and then filed again, so that however many rest, those that wait are
-- found in the order they came.
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
  due          INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (account, sha256)
) STRICT;
CREATE UNIQUE INDEX mail_place ON mail (account, mailbox, uid_validity, uid);
CREATE INDEX mail_state ON mail (state, received_at);
CREATE INDEX mail_file ON mail (sha256);
CREATE INDEX mail_rest ON mail (due) WHERE state = 'resting';

-- How far a mailbox was read, and since when: a mail that came before is history,
-- and nobody is answered for it. 0 is a mailbox that was always there.
CREATE TABLE mailbox (
  account        TEXT NOT NULL,
  mailbox        TEXT NOT NULL,
  uid_validity   INTEGER NOT NULL,
  last_uid       INTEGER NOT NULL,
  highest_modseq INTEGER NOT NULL,
  since          INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (account, mailbox)
) STRICT;

-- What passed between an address and the desk, by the minute: mails from it and
-- automatic answers to it. It is kept for as long as a loop or a storm is looked
-- for, and one row holds a minute, so a storm costs no more than a letter.
CREATE TABLE mail_traffic (
  sender  TEXT NOT NULL,
  minute  INTEGER NOT NULL,
  mails   INTEGER NOT NULL,
  replies INTEGER NOT NULL,
  PRIMARY KEY (sender, minute)
) STRICT;
CREATE INDEX mail_traffic_minute ON mail_traffic (minute);
