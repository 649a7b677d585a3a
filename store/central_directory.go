package store

import (
	"fmt"

	"holdall/desk"
)

// Teams lists the teams by id.
func (tx *CentralTx) Teams() ([]desk.Team, error) { return tx.teams() }

// People lists the people of the desk by id.
func (tx *CentralTx) People() ([]desk.Person, error) { return tx.people() }

// Services lists the services by id.
func (tx *CentralTx) Services() ([]desk.Service, error) { return tx.services() }

// Templates lists the templates by id.
func (tx *CentralTx) Templates() ([]desk.Template, error) { return tx.templates() }

func (t *txn) templates() ([]desk.Template, error) {
	return entities[desk.Template](t, desk.KindTemplate, "SELECT body FROM template ORDER BY id")
}

func (t *txn) teams() ([]desk.Team, error) {
	return entities[desk.Team](t, desk.KindTeam, "SELECT body FROM team ORDER BY id")
}

func (t *txn) people() ([]desk.Person, error) {
	return entities[desk.Person](t, desk.KindPerson, "SELECT body FROM person ORDER BY id")
}

func (t *txn) services() ([]desk.Service, error) {
	return entities[desk.Service](t, desk.KindService, "SELECT body FROM service ORDER BY id")
}

// PersonByEmail finds a person by address, in any case of letters;
// desk.ErrUnknown if there is none.
func (tx *CentralTx) PersonByEmail(email string) (desk.Person, error) {
	return only[desk.Person](tx.txn, desk.KindPerson, "SELECT body FROM person WHERE email = ? ORDER BY id LIMIT 1", folded(email))
}

// RequesterByEmail finds a requester by address, in any case of letters;
// desk.ErrUnknown if there is none.
func (tx *CentralTx) RequesterByEmail(email string) (desk.Requester, error) {
	return only[desk.Requester](tx.txn, desk.KindRequester, "SELECT body FROM requester WHERE email = ? ORDER BY id LIMIT 1", folded(email))
}

// TicketByNumber finds a ticket by its number; desk.ErrUnknown if there is none.
func (tx *CentralTx) TicketByNumber(number desk.Number) (desk.Ticket, error) {
	if !keepable(number) {
		return desk.Ticket{}, fmt.Errorf("ticket %q: %w", number, desk.ErrUnknown)
	}
	return only[desk.Ticket](tx.txn, desk.KindTicket, "SELECT body FROM ticket WHERE number = ?", string(number))
}

// TicketByMailID finds the ticket and message a Message-ID belongs to (RFC 5322
// §3.6.4, without angle brackets); desk.ErrUnknown if there is none.
func (tx *CentralTx) TicketByMailID(mailID string) (desk.TicketID, desk.MessageID, error) {
	var ticket desk.TicketID
	var message desk.MessageID
	if mailID == "" {
		return "", "", fmt.Errorf("mail without id: %w", desk.ErrUnknown)
	}
	found, err := tx.find("SELECT tree, id FROM message WHERE mail_id = ? AND mail_id <> '' ORDER BY at, id LIMIT 1", []any{findable(mailID)}, &ticket, &message)
	if err == nil && !found {
		err = fmt.Errorf("mail %s: %w", mailID, desk.ErrUnknown)
	}
	return ticket, message, err
}

// Replies lists public replies by how far they have come, oldest first.
func (tx *CentralTx) Replies(delivery desk.Delivery, limit int) ([]desk.Message, error) {
	return entities[desk.Message](tx.txn, desk.KindMessage,
		"SELECT body FROM message WHERE delivery = ? AND delivery <> '' ORDER BY at, id LIMIT ?", string(delivery), limit)
}

// only reads the one entity a query selects; desk.ErrUnknown if there is none.
func only[T desk.Entity](t *txn, kind desk.Kind, query string, args ...any) (T, error) {
	var zero T
	list, err := entities[T](t, kind, query, args...)
	if err != nil {
		return zero, err
	}
	if len(list) == 0 {
		return zero, fmt.Errorf("%s: %w", kind, desk.ErrUnknown)
	}
	return list[0], nil
}
