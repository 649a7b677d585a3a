-- How far each device has come, and the drops by themselves.
CREATE TABLE applied (
  device TEXT NOT NULL,
  bucket TEXT NOT NULL,
  seq    INTEGER NOT NULL,
  PRIMARY KEY (device, bucket)
) STRICT;
CREATE INDEX entry_dropped ON entry (bucket, seq) WHERE dropped = 1;
