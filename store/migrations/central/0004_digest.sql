-- The running digest of each bucket, counted once from its living entries.
ALTER TABLE bucket ADD COLUMN records INTEGER NOT NULL DEFAULT 0;
ALTER TABLE bucket ADD COLUMN low INTEGER NOT NULL DEFAULT 0;
ALTER TABLE bucket ADD COLUMN high INTEGER NOT NULL DEFAULT 0;
UPDATE bucket SET
  records = (SELECT COUNT(*) FROM entry e WHERE e.bucket = bucket.id AND e.dropped = 0),
  low = (SELECT CAST(COALESCE(SUM(e.hash & 4294967295), 0) AS BIGINT) FROM entry e WHERE e.bucket = bucket.id AND e.dropped = 0),
  high = (SELECT CAST(COALESCE(SUM((e.hash >> 32) & 4294967295), 0) AS BIGINT) FROM entry e WHERE e.bucket = bucket.id AND e.dropped = 0);
