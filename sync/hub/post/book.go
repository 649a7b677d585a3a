package post

import (
	"context"
	"errors"

	"holdall/desk"
	"holdall/mail/intake"
	"holdall/store"
)

// look reads from the hub's records; nothing there is intake's ErrUnknown.
func look[T any](ctx context.Context, s *Sink, read func(*store.CentralTx) (T, error)) (found T, err error) {
	err = s.store.View(ctx, func(tx *store.CentralTx) error {
		found, err = read(tx)
		return err
	})
	if errors.Is(err, desk.ErrUnknown) {
		err = intake.ErrUnknown
	}
	return found, err
}

// Workspace reads the desk's settings.
func (s *Sink) Workspace(ctx context.Context) (desk.Workspace, error) {
	return look(ctx, s, func(tx *store.CentralTx) (desk.Workspace, error) {
		return desk.Read[desk.Workspace](tx, desk.Workspace{}.Key())
	})
}

// Ticket reads a ticket.
func (s *Sink) Ticket(ctx context.Context, id desk.TicketID) (desk.Ticket, error) {
	return look(ctx, s, func(tx *store.CentralTx) (desk.Ticket, error) {
		return desk.Read[desk.Ticket](tx, desk.Ticket{ID: id}.Key())
	})
}

// TicketByNumber finds a ticket by its number.
func (s *Sink) TicketByNumber(ctx context.Context, n desk.Number) (desk.Ticket, error) {
	return look(ctx, s, func(tx *store.CentralTx) (desk.Ticket, error) { return tx.TicketByNumber(n) })
}

// MessageByMailID finds a message by its Message-ID.
func (s *Sink) MessageByMailID(ctx context.Context, mailID string) (desk.Message, error) {
	return look(ctx, s, func(tx *store.CentralTx) (desk.Message, error) {
		_, id, err := tx.TicketByMailID(mailID)
		if err != nil {
			return desk.Message{}, err
		}
		return desk.Read[desk.Message](tx, desk.Message{ID: id}.Key())
	})
}

// RequesterByEmail finds a requester by address.
func (s *Sink) RequesterByEmail(ctx context.Context, email string) (desk.Requester, error) {
	return look(ctx, s, func(tx *store.CentralTx) (desk.Requester, error) { return tx.RequesterByEmail(email) })
}

// PersonByEmail finds someone of the desk by address.
func (s *Sink) PersonByEmail(ctx context.Context, email string) (desk.Person, error) {
	return look(ctx, s, func(tx *store.CentralTx) (desk.Person, error) { return tx.PersonByEmail(email) })
}

// Participant reports whether an agent let this address take part in the ticket.
func (s *Sink) Participant(ctx context.Context, ticket desk.TicketID, email string) (bool, error) {
	return look(ctx, s, func(tx *store.CentralTx) (bool, error) {
		thread, err := tx.Thread(ticket)
		return desk.TakesPart(thread, email), err
	})
}

// Asides lists the side conversations of a ticket in which this address takes part.
func (s *Sink) Asides(ctx context.Context, ticket desk.TicketID, email string) ([]desk.AsideID, error) {
	return look(ctx, s, func(tx *store.CentralTx) ([]desk.AsideID, error) {
		thread, err := tx.Thread(ticket)
		return desk.AsidesOf(thread, email), err
	})
}
