CREATE INDEX message_stuck ON message (delivery) WHERE delivery IN ('waiting', 'unknown', 'failed');
