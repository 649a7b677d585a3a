-- One document for each ticket: number, title, requester, description and all
-- that was written in its thread, so that two words find a ticket even if they
-- stand in two messages. It keeps no text of its own (contentless); the ticket
-- is its doc.
CREATE VIRTUAL TABLE search USING fts5 (
  text, content='', contentless_delete=1, detail=none,
  tokenize='unicode61 remove_diacritics 2'
);

-- The words of the search in their order, read out of its index: nothing is
-- kept here. It tells which words a half-typed one may become.
CREATE VIRTUAL TABLE word USING fts5vocab (search, instance);
