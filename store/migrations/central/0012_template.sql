-- Texts for answers, and signatures.
CREATE TABLE template (
  id   TEXT NOT NULL PRIMARY KEY,
  rev  INTEGER NOT NULL,
  hash INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;
