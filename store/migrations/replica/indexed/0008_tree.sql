-- The indexes of a laptop whose first fill is done, at version 8. While it runs
-- it goes on without.
CREATE INDEX ticket_open ON ticket
  (team, priority, updated_at, state, assignee, requester, awaits, opened_at, service, kind) WHERE open = 1;
CREATE INDEX ticket_team ON ticket
  (team, updated_at, state, assignee, requester, awaits, priority, opened_at, service, kind);
CREATE INDEX ticket_updated ON ticket
  (updated_at, state, team, assignee, requester, awaits, priority, opened_at, service, kind);
CREATE INDEX ticket_assignee ON ticket (assignee, updated_at, open);
CREATE INDEX ticket_requester ON ticket (requester, updated_at, open);
CREATE INDEX ticket_number ON ticket (number);
CREATE INDEX tree_home ON tree (bkt);
CREATE INDEX message_tree ON message (tree, hash);
CREATE INDEX message_held ON message (delivery) WHERE delivery = 'held';
CREATE INDEX event_tree ON event (tree, hash);
CREATE INDEX time_entry_tree ON time_entry (tree, hash);
