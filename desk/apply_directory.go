package desk

import (
	"errors"
	"strings"
)

// The directory's records are put whole by whoever may configure the desk; a
// requester may be added by anyone who works at it, since people call.

func putRequester(w *work, r Requester) error {
	if !w.env.Actor.Works() {
		return Refuse(CodePerm, "Your role cannot add requesters; ask an admin for the agent role.")
	}
	if strings.TrimSpace(r.Name) == "" && strings.TrimSpace(r.Email) == "" {
		return invalid(FieldRequester, "A requester needs a name or a mail address.")
	}
	if len(r.Email) > AddressMost {
		return longAddress(FieldRequester)
	}
	return replace(w, r, func(r *Requester, rev int64) { r.Rev = rev })
}

func putPerson(w *work, p Person) error {
	if err := w.env.Actor.CanConfigure(); err != nil {
		return err
	}
	if strings.TrimSpace(p.Name) == "" || !strings.Contains(p.Email, "@") {
		return invalid("email", "A person needs a name and a mail address.")
	}
	if len(p.Email) > AddressMost {
		return longAddress("email")
	}
	return replace(w, p, func(p *Person, rev int64) { p.Rev = rev })
}

func putTeam(w *work, t Team) error {
	if err := w.env.Actor.CanConfigure(); err != nil {
		return err
	}
	return replace(w, t, func(t *Team, rev int64) { t.Rev = rev })
}

func putService(w *work, s Service) error {
	if err := w.env.Actor.CanConfigure(); err != nil {
		return err
	}
	return replace(w, s, func(s *Service, rev int64) { s.Rev = rev })
}

// replace puts the record in place of the one that stands, one revision on.
func replace[T Entity](w *work, e T, setRev func(*T, int64)) error {
	if e.Key().ID == "" {
		return Refuse(CodeValidation, "The %s has no id.", e.Key().Kind)
	}
	rev := int64(0)
	have, err := w.view.Get(e.Key())
	if err != nil && !errors.Is(err, ErrUnknown) {
		return err
	}
	if err == nil {
		r, err := Encode(have)
		if err != nil {
			return err
		}
		rev = r.Rev
		keepOf(&e, have.beyond()) // whoever put it may not have known of them
	}
	setRev(&e, rev+1)
	w.put(e)
	return nil
}
