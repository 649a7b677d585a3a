package app

import (
	"cmp"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"holdall/desk"
	"holdall/store"
)

// Templates keeps the texts of answers and their signatures.
type Templates struct{ app *App }

// List is every template, those of an answer first.
func (s *Templates) List() (TemplateList, error) {
	list := TemplateList{Templates: []TemplateView{}, Variables: desk.Variables(), Teams: []Option{}}
	err := s.app.look(func(l *lens) error {
		all, err := l.tx.Templates()
		if err != nil {
			return err
		}
		waiting, err := l.unsentTemplates()
		if err != nil {
			return err
		}
		for _, t := range all {
			list.Templates = append(list.Templates, TemplateView{
				ID: string(t.ID), Use: string(t.Use), Name: t.Name, TeamID: string(t.Team), Language: t.Language, Text: t.Text, Retired: t.Retired, Rev: int(t.Rev),
				Team: l.teams[t.Team].Name, MayEdit: l.actor.CanPhrase(t.Team) == nil, Pending: waiting[t.ID],
			})
		}
		if l.actor.CanPhrase("") == nil {
			list.Teams = append(list.Teams, Option{Label: "Every team"})
		}
		for _, t := range l.teams {
			if l.actor.CanPhrase(t.ID) == nil {
				list.Teams = append(list.Teams, Option{ID: string(t.ID), Label: t.Name})
			}
		}
		return nil
	})
	slices.SortFunc(list.Templates, func(a, b TemplateView) int {
		return cmp.Or(cmp.Compare(a.Use, b.Use), compareText(a.Name, b.Name, a.ID, b.ID))
	})
	slices.SortFunc(list.Teams, func(a, b Option) int {
		return cmp.Or(cmp.Compare(min(1, len(a.ID)), min(1, len(b.ID))), compareText(a.Label, b.Label, a.ID, b.ID))
	})
	return list, err
}

// unsentTemplates are those only this device has as they stand here.
func (l *lens) unsentTemplates() (map[desk.TemplateID]bool, error) {
	waiting := map[desk.TemplateID]bool{}
	unsent, err := l.unsentNamed(desk.TemplatePut)
	for _, e := range unsent {
		var t desk.Template
		if json.Unmarshal(e.Mutation.Args, &t) == nil {
			waiting[t.ID] = true
		}
	}
	return waiting, err
}

// Save keeps a template; one without an id is new.
func (s *Templates) Save(v TemplateView) (TemplateView, error) {
	ws, err := s.app.complete()
	if err != nil {
		return v, err
	}
	if v.ID == "" {
		if v.ID, err = newID(); err != nil {
			return v, err
		}
	}
	m, err := desk.NewMutation(desk.TemplatePut, "", desk.Template{
		ID: desk.TemplateID(v.ID), Use: desk.TemplateUse(v.Use), Name: strings.TrimSpace(v.Name), Team: desk.TeamID(v.TeamID), Language: strings.TrimSpace(v.Language),
		Text: strings.TrimSpace(v.Text), Retired: v.Retired, Rev: int64(v.Rev),
	}, s.app.now())
	if err != nil {
		return v, err
	}
	if err := ws.edit(m); err != nil {
		return v, err
	}
	s.app.signals.emit(TopicDirectory, "")
	v.Rev++
	return v, nil
}

// Offers are the templates for an answer on a ticket, filled, those in its
// language first.
func (c *Compose) Offers(r OfferRequest) ([]Offer, error) {
	offers := []Offer{}
	err := c.app.look(func(l *lens) error {
		t, err := l.ticket(r.TicketID)
		if err != nil {
			return err
		}
		f, err := facts(l.tx, l.ws, addressee(t, desk.MessageKind(r.Kind)))
		if err != nil {
			return err
		}
		all, err := l.tx.Templates()
		if err != nil {
			return err
		}
		for _, one := range desk.Offered(all, t.Team, cmp.Or(r.Language, f.Requester.Language)) {
			hint := strings.Trim(l.teams[one.Team].Name+" "+one.Language, " ")
			offers = append(offers, Offer{ID: string(one.ID), Name: one.Name, Hint: hint, Text: one.Fill(f)})
		}
		return nil
	})
	return offers, err
}

// Speak notes in which language a ticket's requester is answered.
func (c *Compose) Speak(r SpeakRequest) error {
	ws, err := c.app.complete()
	if err != nil {
		return err
	}
	var t desk.Ticket
	err = ws.view(func(tx *store.ReplicaTx) error {
		t, err = readTicket(tx, desk.TicketID(r.TicketID))
		return err
	})
	if err != nil {
		return err
	}
	m, err := desk.NewMutation(desk.RequesterSpeak, "", desk.SpeakRequester{Requester: t.Requester, Language: strings.TrimSpace(r.Language)}, c.app.now())
	if err != nil {
		return err
	}
	if err := ws.edit(m); err != nil {
		return err
	}
	c.app.signals.emit(TopicTicket, r.TicketID)
	return nil
}

func tellSpeak(l *lens, a desk.SpeakRequester) told {
	r, _ := l.requester(a.Requester)
	return told{sentence: "set the language of " + orNone(r.Name, "a requester") + " to " + orNone(a.Language, "none")}
}

// facts are what the variables of a template stand for on a ticket, written by
// the person at this device.
func facts(tx *store.ReplicaTx, ws *workspace, t desk.Ticket) (f desk.Facts, err error) {
	f.Ticket = t
	known := func(err error) error {
		if errors.Is(err, desk.ErrUnknown) {
			return nil
		}
		return err
	}
	var asked, agent, team, space error
	f.Requester, asked = desk.Read[desk.Requester](tx, desk.Requester{ID: t.Requester}.Key())
	f.Agent, agent = desk.Read[desk.Person](tx, desk.Person{ID: ws.who.Person}.Key())
	f.Team, team = desk.Read[desk.Team](tx, desk.Team{ID: t.Team}.Key())
	f.Workspace, space = tx.Workspace()
	return f, errors.Join(known(asked), known(agent), known(team), known(space))
}

// signature is what stands below an answer on a ticket, in a language or else
// the requester's; empty where the desk keeps none that suits.
func signature(tx *store.ReplicaTx, ws *workspace, t desk.Ticket, language string) (text, spoken string, err error) {
	f, err := facts(tx, ws, t)
	if err != nil {
		return "", "", err
	}
	all, err := tx.Templates()
	if err != nil {
		return "", "", err
	}
	spoken = cmp.Or(language, f.Requester.Language)
	best, ok := desk.SignatureOf(all, t.Team, spoken)
	if !ok {
		return "", spoken, nil
	}
	return best.Fill(f), spoken, nil
}
