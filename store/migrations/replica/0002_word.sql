-- The words of the search, to complete a half-typed one.
CREATE VIRTUAL TABLE word USING fts5vocab (search, instance);
