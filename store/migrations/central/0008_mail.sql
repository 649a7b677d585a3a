-- A mail that failed rests until it is due; a mailbox knows since when it is
-- read; what passed between an address and the desk outlives a restart.
ALTER TABLE mail ADD COLUMN due INTEGER NOT NULL DEFAULT 0;
CREATE INDEX mail_rest ON mail (due) WHERE state = 'resting';

ALTER TABLE mailbox ADD COLUMN since INTEGER NOT NULL DEFAULT 0;

CREATE TABLE mail_traffic (
  sender  TEXT NOT NULL,
  minute  INTEGER NOT NULL,
  mails   INTEGER NOT NULL,
  replies INTEGER NOT NULL,
  PRIMARY KEY (sender, minute)
) STRICT;
CREATE INDEX mail_traffic_minute ON mail_traffic (minute);
