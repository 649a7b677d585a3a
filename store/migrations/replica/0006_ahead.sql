-- The running digests are of what the hub knows, no longer of what is shown
-- ahead of it: each is counted once more.
UPDATE cursor SET records = -1;
