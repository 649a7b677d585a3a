-- Indexes that a first fill does without and that are built when it is done:
-- kept up row by row they would cost it half its speed.
--
-- Every queue of the window is a page of one of the first five. That of the open
-- tickets, that of a team and that of all carry what the filters ask for, so
-- that a page is found without touching a body; one person's tickets are few.
CREATE INDEX IF NOT EXISTS ticket_open ON ticket
  (team, priority, updated_at, state, assignee, requester, awaits, opened_at, service, kind) WHERE open = 1;
CREATE INDEX IF NOT EXISTS ticket_team ON ticket
  (team, updated_at, state, assignee, requester, awaits, priority, opened_at, service, kind);
CREATE INDEX IF NOT EXISTS ticket_updated ON ticket
  (updated_at, state, team, assignee, requester, awaits, priority, opened_at, service, kind);
CREATE INDEX IF NOT EXISTS ticket_assignee ON ticket (assignee, updated_at, open);
CREATE INDEX IF NOT EXISTS ticket_requester ON ticket (requester, updated_at, open);
CREATE INDEX IF NOT EXISTS ticket_number ON ticket (number);
CREATE INDEX IF NOT EXISTS tree_home ON tree (bkt);
CREATE INDEX IF NOT EXISTS message_tree ON message (tree, hash);
CREATE INDEX IF NOT EXISTS message_held ON message (delivery) WHERE delivery = 'held';
CREATE INDEX IF NOT EXISTS message_stuck ON message (delivery) WHERE delivery IN ('waiting', 'unknown', 'failed');
CREATE INDEX IF NOT EXISTS event_tree ON event (tree, hash);
CREATE INDEX IF NOT EXISTS time_entry_tree ON time_entry (tree, hash);
CREATE INDEX IF NOT EXISTS record_tree ON record (tree, hash);
