-- Work that one node at a time does: reading a mailbox, sending replies. The
-- holder renews until, which is in milliseconds of the database's own clock.
-- token counts the holders: whoever writes as the holder asks for his token in
-- the same transaction, so a node that was only slow cannot write on after
-- another took over.
CREATE TABLE duty (
  name   TEXT NOT NULL PRIMARY KEY,
  holder TEXT NOT NULL,
  token  INTEGER NOT NULL,
  until  INTEGER NOT NULL
) STRICT;
