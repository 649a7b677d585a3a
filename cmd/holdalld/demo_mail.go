package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"holdall/desk"
	"holdall/desk/demo"
	"holdall/store"
)

// letter writes a mail of the customer.
func (s *story) letter(id, inReplyTo, subject, text string) []byte {
	lines := []string{
		fmt.Sprintf("From: %s <%s>", s.customer.Name, s.customer.Email),
		"To: " + demo.Mailbox,
		"Subject: " + subject,
		"Message-ID: <" + id + ">",
		"Date: " + time.Now().Format(time.RFC1123Z),
		"Content-Type: text/plain; charset=utf-8",
	}
	if inReplyTo != "" {
		lines = append(lines, "In-Reply-To: <"+inReplyTo+">")
	}
	return []byte(strings.Join(append(lines, "", strings.ReplaceAll(text, "\n", "\r\n"), ""), "\r\n"))
}

// landed is the message a mail became, which must be on the customer's ticket.
func (s *story) landed(ctx context.Context, mailID string) (m desk.Message, err error) {
	err = s.hub.central.View(ctx, func(tx *store.CentralTx) error {
		ticket, id, err := tx.TicketByMailID(mailID)
		if err != nil {
			return fmt.Errorf("the mail %s: %w", mailID, err)
		}
		if ticket != s.ticket {
			return fmt.Errorf("the mail %s landed on another ticket", mailID)
		}
		e, err := tx.Get(desk.Message{ID: id}.Key())
		if err == nil {
			m = e.(desk.Message)
		}
		return err
	})
	return m, err
}
