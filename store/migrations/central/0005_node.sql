-- Several nodes on one database: each knows by turn that another one has begun
-- a newer conversation with its device, and by its duty that it still does a
-- piece of work alone.
ALTER TABLE device ADD COLUMN turn INTEGER NOT NULL DEFAULT 0;

CREATE TABLE duty (
  name   TEXT NOT NULL PRIMARY KEY,
  holder TEXT NOT NULL,
  token  INTEGER NOT NULL,
  until  INTEGER NOT NULL
) STRICT;
