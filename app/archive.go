package app

import (
	"errors"
	"slices"
	"strings"

	"holdall/desk"
	"holdall/store"
)

// Archive reaches what is on no desk any more: the months of ended tickets, and
// single tickets by their number.
type Archive struct{ app *App }

// List names the months that may be loaded here, newest first. Without a hub it
// names those that are here or on their way, and says so.
func (a *Archive) List() (list ArchiveList, err error) {
	ws, err := a.app.workspace()
	if err != nil {
		return list, err
	}
	told, notTold := ws.hub.Archives(ws.ctx)
	list.Months = []ArchiveMonth{}
	err = a.app.look(func(l *lens) error {
		wanted, err := l.tx.Wanted()
		if err != nil {
			return err
		}
		fresh, err := l.tx.Freshness()
		if err != nil {
			return err
		}
		settings, err := l.tx.Workspace()
		if err != nil && !errors.Is(err, desk.ErrUnknown) {
			return err
		}
		list.Days, list.MaySetDays = settings.ArchiveDays, l.actor.CanConfigure() == nil
		tickets := map[desk.BucketID]int{}
		for _, b := range wanted {
			tickets[b] = -1
		}
		for _, t := range told {
			tickets[t.Bucket] = int(t.Tickets)
		}
		for b, n := range tickets {
			month := l.archive(b)
			month.Tickets, month.Wanted, month.Here = n, slices.Contains(wanted, b), !fresh[b].IsZero()
			list.Months = append(list.Months, month)
		}
		return nil
	})
	slices.SortFunc(list.Months, func(x, y ArchiveMonth) int { return compareText(y.Month, x.Month, x.Queue, y.Queue) })
	if notTold != nil {
		list.Problem = a.app.Explain(notTold).Message
	}
	return list, err
}

func (l *lens) archive(b desk.BucketID) ArchiveMonth {
	home, month, _ := b.Archive()
	queue := "Unassigned"
	if id, ok := strings.CutPrefix(string(home), string(desk.TeamBucket(""))); ok {
		queue = l.teams[desk.TeamID(id)].Name
	}
	return ArchiveMonth{Bucket: string(b), Queue: queue, Month: string(month)}
}

// Want loads a month on this device and keeps it in step, or takes it off.
func (a *Archive) Want(r WantRequest) error {
	ws, err := a.app.workspace()
	if err != nil {
		return err
	}
	return ws.client.Want(ws.ctx, desk.BucketID(r.Bucket), r.Wanted)
}

// Fetch brings the ticket with a number to this person's devices and keeps it
// there. One that is here already is only named.
func (a *Archive) Fetch(r FetchRequest) (Pointer, error) {
	ws, err := a.app.workspace()
	if err != nil {
		return Pointer{}, err
	}
	number := desk.Number(strings.ToUpper(strings.TrimSpace(r.Number)))
	if _, _, err := desk.ParseNumber(number); err != nil {
		return Pointer{}, desk.Refuse(desk.CodeValidation, "%q is no number of a ticket; one looks like INC0001234.", r.Number)
	}
	var here desk.Ticket
	err = ws.view(func(tx *store.ReplicaTx) (err error) {
		here, err = tx.TicketByNumber(number)
		return err
	})
	if !errors.Is(err, desk.ErrUnknown) {
		return Pointer{string(here.ID), string(here.Number), here.Title}, err
	}
	found, err := ws.hub.Find(ws.ctx, number)
	if err != nil {
		return Pointer{}, err
	}
	err = a.app.changeAll(ws, newChange{name: desk.TicketPin, ticket: found.Ticket, args: desk.PinTicket{Keep: true}})
	return Pointer{string(found.Ticket), string(found.Number), found.Title}, err
}

// SetDays says for how many days after its end a ticket stays on the desks; 0 is
// for ever.
func (a *Archive) SetDays(r DaysRequest) error {
	return a.app.changeSettings(func(settings *desk.Workspace) error {
		settings.ArchiveDays = r.Days
		return nil
	})
}
