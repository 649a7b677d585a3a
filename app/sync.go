package app

import (
	"errors"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/replica"
)

// Sync says how far this device and its hub have come.
type Sync struct{ app *App }

// Status is what the sync chip says.
func (s *Sync) Status() SyncStatus {
	status := SyncStatus{State: "offline", Queues: []QueueFreshness{}}
	ws, err := s.app.workspace()
	if err != nil {
		return status
	}
	c := ws.client.Status()
	status = SyncStatus{
		State: "offline", Queues: []QueueFreshness{}, Solo: ws.who.Solo, CatchingUp: c.CatchingUp, Rows: c.Rows, Problem: c.Problem, ShutOut: c.ShutOut, NextTryAt: instant(c.NextTry),
	}
	if c.Connecting {
		status.State = "connecting"
	}
	if c.Online {
		status.State, status.Problem = "online", ""
	}
	err = s.app.look(func(l *lens) error { return l.figures(&status) })
	if err != nil {
		s.app.log.Error("read how far the synchronisation has come", "error", err)
	}
	return status
}

func (l *lens) figures(status *SyncStatus) (err error) {
	if status.Waiting, err = l.unsent(); err != nil {
		return err
	}
	status.Held = len(l.held)
	if status.ToDecide, err = l.toDecide(); err != nil {
		return err
	}
	if status.CompleteUpTo, err = l.tx.Meta(replica.MetaCompleteUpTo); err != nil {
		return err
	}
	if status.RestoredAt, err = l.tx.Meta(replica.MetaRestored); err != nil {
		return err
	}
	status.Queues, err = l.freshness()
	return err
}

// freshness is up to when each queue is complete: all tickets as far as the
// least of them.
func (l *lens) freshness() ([]QueueFreshness, error) {
	fresh, err := l.tx.Freshness()
	if err != nil {
		return nil, err
	}
	list := []QueueFreshness{
		{"mine", instant(fresh[desk.UserBucket(l.ws.who.Person)])},
		{"triage", instant(fresh[desk.BucketTriage])},
	}
	for _, t := range l.myTeams() {
		list = append(list, QueueFreshness{"team:" + string(t.ID), instant(fresh[desk.TeamBucket(t.ID)])})
	}
	least := list[0].CompleteUpTo
	for _, q := range list {
		least = min(least, q.CompleteUpTo)
	}
	return append(list, QueueFreshness{"all", least}), nil
}

// Outbox lists what has not reached the hub, in the order it was done.
func (s *Sync) Outbox() ([]OutboxItem, error) {
	items := []OutboxItem{}
	err := s.app.look(func(l *lens) error {
		unsent, err := l.unsentAll()
		if err != nil {
			return err
		}
		for _, e := range unsent {
			item, err := l.item(e)
			if err != nil {
				return err
			}
			items = append(items, item)
		}
		files, err := l.filesLeft()
		if err != nil {
			return err
		}
		for _, f := range files {
			item, err := l.fileItem(f)
			if err != nil {
				return err
			}
			items = append(items, item)
		}
		return nil
	})
	return items, err
}

var outboxStates = map[store.OutboxState]string{store.Rests: "resting", store.Waiting: "waiting", store.Sent: "sending", store.Acked: "sent"}

func (l *lens) item(e store.OutboxEntry) (OutboxItem, error) {
	m := e.Mutation
	said := l.tell(m.Name, m.Args)
	item := OutboxItem{
		Mid: int(m.Mid), TicketID: string(m.Ticket), Sentence: said.sentence, Text: said.text, At: m.At.UTC().Format(time.RFC3339Nano),
		State: outboxStates[e.State], Attempts: e.Attempts, Bytes: e.Size,
	}
	if m.Ticket == "" {
		return item, nil
	}
	t, err := readTicket(l.tx, m.Ticket)
	if errors.Is(err, desk.ErrUnknown) {
		return item, nil
	}
	item.Number, item.Title = string(t.Number), t.Title
	return item, err
}

// Now asks for a connection at once.
func (s *Sync) Now() error {
	ws, err := s.app.workspace()
	if err != nil {
		return err
	}
	ws.client.Wake()
	return nil
}

// RestoredSeen puts the notice aside that the hub was restored from a backup.
func (s *Sync) RestoredSeen() error {
	ws, err := s.app.workspace()
	if err != nil {
		return err
	}
	if err := ws.client.RestoredSeen(ws.ctx); err != nil {
		return err
	}
	s.app.signals.emit(TopicSync, "")
	return nil
}
