package mailroom

import (
	"cmp"
	"context"
	"math"
	"strings"
	"sync/atomic"
	"time"

	"holdall/desk"
	"holdall/mail/mailbox"
	"holdall/sync/hub"
)

const (
	reportEvery = time.Second // a mailbox is looked at so often; told is what is worth a record
	importFrom  = 20          // mails that wait: fewer are everyday work and no import
	backlogFrom = 200         // mails that are in the ledger and no work yet: fewer are gone in a moment
	reasonMost  = 300         // characters of what a server said
)

// stand is a mailbox in the room, and what was last told of it.
type stand struct {
	Box
	id   desk.MailboxID
	told desk.Mailbox
	mine atomic.Bool // this node reads it now
	pace pace
}

// report tells the desk how the mailboxes do until the context ends. What cannot
// be told just now is told a second later.
func (r *Room) report(ctx context.Context) error {
	tick := time.NewTicker(reportEvery)
	defer tick.Stop()
	begun := false
	for {
		err := error(nil)
		if !begun {
			err = r.announce(ctx, time.Now())
			begun = err == nil
		}
		if begun {
			err = r.tell(ctx, time.Now())
		}
		if err != nil && ctx.Err() == nil {
			r.log.Error("tell how the mailboxes do", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// announce takes up what is known of the mailboxes, adds those that are new and
// retires those that nobody reads any more.
func (r *Room) announce(ctx context.Context, now time.Time) error {
	known, err := r.server.Mailboxes(ctx)
	if err != nil {
		return err
	}
	var acts []hub.Act
	put := func(m desk.Mailbox) {
		acts = append(acts, hub.Act{Name: desk.MailboxReport, Args: m, At: now})
	}
	for _, m := range known {
		if s := r.stand(m.ID); s != nil {
			s.told = m
		} else if o := r.outStand(m.ID); o != nil {
			o.told = m
		} else if m.State != desk.MailboxRemoved {
			m.State, m.Since, m.At = desk.MailboxRemoved, now.UTC(), now.UTC()
			put(m)
		}
	}
	for _, s := range r.stands {
		if s.told.ID == "" || s.told.State == desk.MailboxRemoved {
			put(desk.Mailbox{
				ID: s.id, Address: s.Address, Folder: s.Name, Server: s.Server, SignIn: s.SignIn, Stored: s.Stored,
				State: s.rests(), Since: now.UTC(), At: now.UTC(),
			})
		}
	}
	for _, o := range r.outs {
		if o.told.ID == "" || o.told.State == desk.MailboxRemoved {
			put(o.record(o.rests(), now))
		}
	}
	if len(acts) == 0 {
		return nil
	}
	return r.server.Do(ctx, nil, acts...)
}

func (r *Room) stand(id desk.MailboxID) *stand {
	for _, s := range r.stands {
		if s.id == id {
			return s
		}
	}
	return nil
}

func (r *Room) outStand(id desk.MailboxID) *outStand {
	for _, o := range r.outs {
		if o.id == id {
			return o
		}
	}
	return nil
}

// rests is the state of a mailbox that this node does not read.
func (s *stand) rests() desk.MailboxState {
	if s.Paused {
		return desk.MailboxPaused
	}
	return desk.MailboxStandby
}

// tell reports the mailboxes that this node reads and that have news, and how the
// answers leave.
func (r *Room) tell(ctx context.Context, now time.Time) error {
	for _, s := range r.stands {
		if !s.mine.Load() && !s.Paused {
			continue
		}
		m, err := s.now(ctx, r.server, now)
		if err != nil {
			return err
		}
		if !m.Tells(s.told, now) {
			continue
		}
		if err := r.server.Do(ctx, nil, hub.Act{Name: desk.MailboxReport, Args: m, At: now}); err != nil {
			return err
		}
		s.told = m
	}
	for _, o := range r.outs {
		if err := r.tellSending(ctx, o, now); err != nil {
			return err
		}
	}
	return nil
}

// countEvery is how often the ledger is counted for a mailbox.
const countEvery = time.Minute

// now is how the mailbox does. The ledger is counted by the minute, and for a
// report that is due anyway.
func (s *stand) now(ctx context.Context, server *hub.Server, now time.Time) (desk.Mailbox, error) {
	status := s.Source.Status()
	m := desk.Mailbox{
		ID: s.id, Address: s.Address, Folder: s.Name, Server: s.Server, SignIn: s.SignIn, Stored: s.Stored,
		State: s.state(status), Problem: desk.MailboxProblem(status.Class), Reason: reasonOf(status), LastPoll: status.LastPoll.UTC(), NextTry: status.NextTry.UTC(),
		Waiting: s.told.Waiting, Today: s.told.Today, At: now.UTC(), Since: s.told.Since,
	}
	if m.Tells(s.told, now) || now.Sub(s.told.At) >= countEvery {
		year, month, day := now.Date()
		unread, today, err := server.MailCounts(ctx, s.Account, time.Date(year, month, day, 0, 0, 0, 0, now.Location()))
		if err != nil {
			return m, err
		}
		s.pace.count(status, unread, now)
		m.State, m.Waiting, m.Today = s.state(status), status.Waiting+unread, today
	}
	if m.State != s.told.State {
		m.Since = now.UTC()
	}
	if m.State == desk.MailboxImporting {
		rate, remaining := s.pace.left(status)
		m.Rate, m.Remaining = math.Round(rate*10)/10, int(remaining.Seconds())
	}
	return m, nil
}

// state is what is being done about the mailbox. One that is read to its end is
// still being imported while many of its mails are no work yet.
func (s *stand) state(status mailbox.Status) desk.MailboxState {
	state := stateOf(status)
	switch {
	case s.Paused:
		return desk.MailboxPaused
	case state == desk.MailboxWatching && s.pace.unread >= backlogFrom:
		return desk.MailboxImporting
	}
	return state
}

var states = map[mailbox.State]desk.MailboxState{
	mailbox.StateConnecting: desk.MailboxConnecting, mailbox.StateReading: desk.MailboxImporting, mailbox.StateWatching: desk.MailboxWatching,
	mailbox.StateRetrying: desk.MailboxRetrying, mailbox.StateStopped: desk.MailboxStopped,
}

func stateOf(s mailbox.Status) desk.MailboxState {
	if s.State == mailbox.StateReading && s.Waiting < importFrom {
		return desk.MailboxWatching
	}
	return cmp.Or(states[s.State], desk.MailboxStandby)
}

// reasonOf is what the server said, in one line no longer than a person reads.
func reasonOf(s mailbox.Status) string {
	return oneLine(s.LastError)
}

func oneLine(text string) string {
	words := strings.Join(strings.Fields(strings.ToValidUTF8(text, "")), " ")
	if r := []rune(words); len(r) > reasonMost {
		words = string(r[:reasonMost-1]) + "…"
	}
	return words
}
