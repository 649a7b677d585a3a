package post

import (
	"context"
	"fmt"

	"holdall/mail/outgoing"
	"holdall/sync/hub"
)

const metaMailKey = "mail.key"

// Signature is how this hub's mails are recognised when they come back: a key
// that never leaves the database, and the workspace that is signed with it.
type Signature struct {
	key       []byte
	workspace string
	domain    string
}

// NewSignature reads the hub's key, and makes it the first time. domain is that
// of its Message-IDs.
func NewSignature(ctx context.Context, server *hub.Server, workspace, domain string) (Signature, error) {
	s := Signature{workspace: workspace, domain: domain}
	var err error
	s.key, err = server.SharedKey(ctx, metaMailKey)
	if err != nil {
		return s, fmt.Errorf("read the key of the hub's mails: %w", err)
	}
	return s, nil
}

// MessageID is the signed id of a message of a ticket, without angle brackets.
func (s Signature) MessageID(ticket, message string) string {
	id := outgoing.MessageID(s.key, s.workspace, ticket, message, s.domain)
	return id[1 : len(id)-1]
}

// Read returns the ticket and message of an id that this hub signed.
func (s Signature) Read(mailID string) (ticket, message string, ok bool) {
	return outgoing.ParseMessageID(s.key, s.workspace, mailID)
}
