-- Replies on their way out, as the messages themselves say it: due is when the
-- hub looks at one again (0: at once), so that what is due is found among however
-- many wait. place counts them as they come: by it, and by no clock, the replies
-- of a ticket leave in their order.
CREATE TABLE outgoing (
  message TEXT NOT NULL PRIMARY KEY,
  ticket  TEXT NOT NULL,
  place   INTEGER NOT NULL,
  due     INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX outgoing_place ON outgoing (place);
CREATE INDEX outgoing_ticket ON outgoing (ticket, place);
CREATE INDEX outgoing_due ON outgoing (due);

-- The mail of a reply, written once and stored before the mail server hears of
-- it, so that every try is of the same bytes under the same Message-ID. It goes
-- when the mail has left; where copies are kept, when its copy stands among the
-- sent mails. copy_since is when it left and copy_due when the copy is tried: 0
-- while it has not left. raw comes last: a row is looked at without it.
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
