package app

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"time"

	"holdall/desk"
	"holdall/store"
)

// Ticket shows one ticket and changes it.
type Ticket struct{ app *App }

// Open reads a ticket as its pane shows it.
func (t *Ticket) Open(id string) (v TicketView, err error) {
	err = t.app.look(func(l *lens) error {
		v, err = l.open(id, t.app.now())
		return err
	})
	return v, err
}

func (l *lens) open(id string, now time.Time) (TicketView, error) {
	unsent, failed := l.unsentOn(desk.TicketID(id))
	if failed != nil {
		return TicketView{}, failed
	}
	t, err := l.ticket(id)
	if errors.Is(err, desk.ErrUnknown) {
		return l.left(desk.TicketID(id), unsent, now)
	}
	if err != nil {
		return TicketView{}, err
	}
	v := TicketView{
		Description: t.Description, Source: string(t.Source), Category: t.Category,
		ServiceID: string(t.Service), Service: l.services[t.Service].Name,
		Impact: int(t.Impact), Urgency: int(t.Urgency),
		ResolutionCode: string(t.ResolutionCode), ResolutionNotes: t.ResolutionNotes,
		LastPublic: string(t.LastPublic), Labels: nonNil(t.Labels), Watchers: []Person{}, PendingFields: pendingFields(unsent),
		Moves: moves(t), MayEdit: l.actor.CanWork(t) == nil && t.MergedInto == "", TimeSpent: t.TimeSpent,
		ActualStart: t.Value(desk.FieldActualStart), ActualEnd: t.Value(desk.FieldActualEnd), MeterReading: t.MeterReading,
		Kept: l.kept(t),
	}
	v.Checklist = l.checklist(t, v.PendingFields)
	for _, p := range t.Watchers {
		v.Watchers = append(v.Watchers, l.person(p))
	}
	if v.Row, err = l.row(t, ""); err != nil {
		return v, err
	}
	if v.Requester, err = l.card(t.Requester, now); err != nil {
		return v, err
	}
	if v.Thread, err = l.thread(t); err != nil {
		return v, err
	}
	if v.Drafts, err = l.drafts(t.ID); err != nil {
		return v, err
	}
	messages, err := l.tx.Thread(t.ID)
	if err != nil {
		return v, err
	}
	if v.Asides, err = l.asides(t, messages); err != nil {
		return v, err
	}
	if v.TimeLog, err = l.timeLog(t.ID); err != nil {
		return v, err
	}
	if v.MergedInto, err = l.pointer(t.MergedInto); err != nil {
		return v, err
	}
	v.Conflicts, err = l.clashes(t)
	return v, err
}

func nonNil[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// moves lists what may follow the ticket's state and what each move asks for
// (desk asks again when it is made).
func moves(t desk.Ticket) []Move {
	list := []Move{}
	for _, to := range t.Moves().From(t.State) {
		m := Move{To: string(to), Label: to.String(), Needs: []string{}}
		switch to {
		case desk.StateOnHold:
			m.Needs = []string{"holdReason"}
		case desk.StateResolved:
			m.Needs = []string{"resolutionCode", "resolutionNotes"}
		case desk.StateInProgress:
			if !t.State.Open() {
				m.Label = "Reopen"
			}
		}
		list = append(list, m)
	}
	return list
}

// pendingFields names the fields only this device has changed.
func pendingFields(unsent []store.OutboxEntry) []string {
	fields := map[desk.Field]bool{}
	for _, e := range unsent {
		for _, f := range fieldsOf(e.Mutation) {
			fields[f] = true
		}
	}
	list := []string{}
	for f := range fields {
		list = append(list, string(f))
	}
	slices.Sort(list)
	return list
}

// card shows a requester beside the ticket.
func (l *lens) card(id desk.RequesterID, now time.Time) (RequesterCard, error) {
	if id == "" {
		return RequesterCard{}, nil
	}
	r, err := l.requester(id)
	if err != nil {
		return RequesterCard{}, err
	}
	card := RequesterCard{
		Person: showRequester(r), Organization: r.Organization, Location: r.Location, Phone: r.Phone, VIP: r.VIP,
		TimeZone: r.TimeZone,
	}
	card.Open, card.LastYear, err = l.tx.RequesterStats(id, year(now))
	return card, err
}

// drafts are the unsent words on a ticket, the reply's first.
func (l *lens) drafts(t desk.TicketID) ([]Draft, error) {
	list := []Draft{}
	all, err := l.ws.store.Drafts(l.ctx)
	if err != nil {
		return nil, err
	}
	order := []desk.MessageKind{desk.PublicReply, desk.InternalNote, desk.Forward}
	slices.SortStableFunc(all, func(a, b store.Draft) int {
		return cmp.Compare(uint(slices.Index(order, a.Kind)), uint(slices.Index(order, b.Kind)))
	})
	for _, d := range all {
		if d.Ticket != t {
			continue
		}
		shown, err := l.ws.showDraft(d)
		if err != nil {
			return nil, err
		}
		list = append(list, shown)
	}
	return list, nil
}

func (ws *workspace) showDraft(d store.Draft) (Draft, error) {
	shown := Draft{Kind: string(d.Kind), Text: d.Text, Envelope: showEnvelope(d.Envelope), Files: []Attachment{}, SavedAt: instant(d.SavedAt)}
	files, err := ws.store.DraftFiles(ws.ctx, d.Ticket, d.Kind)
	for _, f := range files {
		shown.Files = append(shown.Files, showFile(f, draftURL(d.Ticket, d.Kind, f.ID)))
	}
	return shown, err
}

// MarkSeen notes that this person has read the ticket to its end.
func (t *Ticket) MarkSeen(id string) error {
	ws, err := t.app.workspace()
	if err != nil {
		return err
	}
	var ticket desk.Ticket
	err = ws.view(func(tx *store.ReplicaTx) error {
		ticket, err = readTicket(tx, desk.TicketID(id))
		return err
	})
	if err != nil {
		return err
	}
	return t.app.saw(ws, ticket)
}

// saw moves the marks of a ticket to its newest public message and to the newest
// words of its side conversations.
func (a *App) saw(ws *workspace, t desk.Ticket) error {
	seen, err := ws.store.Seen(ws.ctx)
	if err != nil {
		return err
	}
	marks := map[desk.TicketID]desk.MessageID{t.ID: t.LastPublic}
	for _, side := range t.Asides {
		marks[markOf(side.ID)] = side.Last
	}
	moved := false
	for mark, last := range marks {
		if last == "" || seen[mark] == last {
			continue
		}
		if err := ws.store.MarkSeen(ws.ctx, mark, last); err != nil {
			return err
		}
		moved = true
	}
	if moved {
		a.signals.emit(TopicQueue, "")
	}
	return nil
}

// fold is a text without the blank lines around it.
func fold(text string) string { return strings.Trim(text, "\r\n") }
