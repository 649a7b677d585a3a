package app

import (
	"errors"
	"slices"
	"strings"

	"holdall/desk"
	"holdall/store"
)

// Address looks at an envelope: what was typed is added, whoever stands in it
// twice is taken out, and one that names nobody is filled, with the requester
// or with everybody in the conversation.
func (c *Compose) Address(r AddressRequest) (a Addressed, err error) {
	err = c.app.look(func(l *lens) error {
		t, err := l.ticket(r.TicketID)
		if err != nil {
			return err
		}
		e, err := readEnvelope(r.Envelope)
		if err != nil {
			return err
		}
		more, err := desk.ParseRecipients(r.Add)
		if err != nil {
			return err
		}
		kind := desk.MessageKind(r.Kind)
		if len(more) == 0 {
			e.To, e.Cc, err = ofDraft(l.tx, t, kind, e)
		} else if r.Copy {
			e.To, e.Cc, err = desk.CheckRecipients(e.To, append(e.Cc, more...))
		} else {
			e.To, e.Cc, err = desk.CheckRecipients(append(e.To, more...), e.Cc)
		}
		if err != nil {
			return err
		}
		a = Addressed{Envelope: showEnvelope(e)}
		if a.Cautions, err = cautions(l.tx, t, kind, e); err != nil {
			return err
		}
		if a.Signature, a.Language, err = signature(l.tx, l.ws, addressee(t, kind), e.Language); err != nil || e.About == "" {
			return err
		}
		a.Quoted, err = forwarded(l.tx, t, e.About)
		return err
	})
	return a, err
}

// addressees are whom a message goes to: those its envelope names, else those it
// proposes.
func addressees(tx *store.ReplicaTx, t desk.Ticket, e desk.Envelope) (to, cc []desk.Address, err error) {
	if len(e.To)+len(e.Cc) > 0 || e.About != "" {
		return desk.CheckRecipients(e.To, e.Cc)
	}
	around, err := circle(tx, t)
	if err != nil {
		return nil, nil, err
	}
	asked := desk.Address{Name: around.Requester.Name, Email: around.Requester.Email}
	if e.All {
		last, err := lastPublic(tx, t)
		if err != nil {
			return nil, nil, err
		}
		return desk.ReplyAll(last, asked, around.Own)
	}
	if asked.Email == "" {
		return nil, nil, nil
	}
	return []desk.Address{asked}, nil, nil
}

// lastPublic is the newest message of the conversation with the requester; the
// zero Message where there is none.
func lastPublic(tx *store.ReplicaTx, t desk.Ticket) (desk.Message, error) {
	m, err := desk.Read[desk.Message](tx, desk.Message{ID: t.LastPublic}.Key())
	if errors.Is(err, desk.ErrUnknown) {
		return desk.Message{}, nil
	}
	return m, err
}

// circle is who is known around a ticket.
func circle(tx *store.ReplicaTx, t desk.Ticket) (c desk.Circle, err error) {
	if t.Requester != "" {
		c.Requester, err = desk.Read[desk.Requester](tx, desk.Requester{ID: t.Requester}.Key())
		if err != nil && !errors.Is(err, desk.ErrUnknown) {
			return c, err
		}
	}
	w, err := tx.Workspace()
	if err != nil && !errors.Is(err, desk.ErrUnknown) {
		return c, err
	}
	c.Own = w.Addresses
	c.People, err = tx.People()
	return c, err
}

func readEnvelope(e Envelope) (desk.Envelope, error) {
	to, cc, err := desk.CheckRecipients(readRecipients(e.To), readRecipients(e.Cc))
	return desk.Envelope{To: to, Cc: cc, All: e.All, About: desk.MessageID(e.About), Admits: e.Admits, Subject: strings.TrimSpace(e.Subject), Language: e.Language}, err
}

func readRecipients(list []Recipient) (read []desk.Address) {
	for _, r := range list {
		read = append(read, desk.Address(r))
	}
	return read
}

func showEnvelope(e desk.Envelope) Envelope {
	return Envelope{To: showRecipients(e.To), Cc: showRecipients(e.Cc), All: e.All, About: string(e.About), Admits: e.Admits, Subject: e.Subject, Language: e.Language}
}

func showRecipients(list []desk.Address) []Recipient {
	shown := []Recipient{}
	for _, a := range list {
		shown = append(shown, Recipient(a))
	}
	return shown
}

// inShort names the people on an envelope: "Annika Petersen and 2 others".
func inShort(to, cc []desk.Address) string {
	all := slices.Concat(to, cc)
	if len(all) == 0 {
		return "nobody"
	}
	first := orNone(all[0].Name, all[0].Email)
	if len(all) == 1 {
		return first
	}
	return first + " and " + count(len(all)-1, "other", "others")
}
