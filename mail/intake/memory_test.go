package intake

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"holdall/desk"
)

// memory is a Sink in memory that carries mutations out by desk.Apply, as the
// hub does.
type memory struct {
	mu      sync.Mutex
	now     func() time.Time
	records map[desk.Key]desk.Entity
	rows    []*row
	at      map[string]Position
	files   map[string][]byte
	added   map[string]bool // ticket and address an agent added
	mid     int64
	number  int64
	fail    func(Outcome) error // a fault of the database
	commits int
	groups  int
}

type row struct {
	Entry
	state   EntryState
	due     time.Time
	done    time.Time
	outcome Outcome
	reason  string
}

func newMemory(now func() time.Time) *memory {
	return &memory{
		now: now, records: map[desk.Key]desk.Entity{}, at: map[string]Position{}, files: map[string][]byte{},
		added: map[string]bool{},
	}
}

var system = desk.Principal{Device: "intake", System: true}

func (s *memory) File(_ context.Context, mails []Mail, next Position) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range mails {
		s.at[m.Account+"/"+m.Mailbox] = next
		if !slices.ContainsFunc(s.rows, func(r *row) bool {
			have := r.Mail
			return have.Account == m.Account && (have.SHA256 == m.SHA256 ||
				have.Mailbox == m.Mailbox && have.UIDValidity == m.UIDValidity && have.UID == m.UID)
		}) {
			s.rows = append(s.rows, &row{Entry: Entry{ID: EntryID(len(s.rows) + 1), Mail: m}, state: Filed})
		}
	}
	return nil
}

func (s *memory) Position(_ context.Context, account, mailbox string) (Position, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.at[account+"/"+mailbox], nil
}

func (s *memory) Pending(_ context.Context, now time.Time, limit int) (due []Entry, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range s.rows {
		if r.state == Filed && !r.due.After(now) && len(due) < limit {
			due = append(due, r.Entry)
		}
	}
	return due, nil
}

// Commit works on a copy, which takes the place of the records at the end.
func (s *memory) Commit(_ context.Context, outcomes []Outcome) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.groups++
	tx := &memory{now: s.now, records: map[desk.Key]desk.Entity{}, number: s.number, mid: s.mid}
	for k, v := range s.records {
		tx.records[k] = v
	}
	for _, o := range outcomes {
		if s.rows[o.Entry-1].state != Filed {
			continue
		}
		if s.fail != nil {
			if err := s.fail(o); err != nil {
				return err
			}
		}
		for _, m := range o.Mutations {
			if err := tx.apply(m); err != nil {
				return fmt.Errorf("%s: %w", m.Name, err)
			}
		}
	}
	s.records, s.number, s.mid = tx.records, tx.number, tx.mid
	for _, o := range outcomes {
		if r := s.rows[o.Entry-1]; r.state == Filed {
			r.state, r.outcome, r.reason, r.done = o.State, o, o.Reason, s.now()
			for _, f := range o.Files {
				s.files[f.SHA256] = f.Data
			}
			s.commits++
		}
	}
	return nil
}

func (s *memory) apply(m desk.Mutation) error {
	s.mid++
	m.Device, m.Mid = "intake", s.mid
	effects, err := desk.Apply(s, m, desk.Env{Actor: system, Now: s.now()})
	for _, e := range effects.Puts {
		s.records[e.Key()] = e
	}
	return err
}

func (s *memory) Retry(_ context.Context, id EntryID, reason string, due time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := s.rows[id-1]
	r.Tries++
	r.reason, r.due = reason, due
	return nil
}

// Get, OpenConflicts and TakeNumber make it a desk.View.
func (s *memory) Get(k desk.Key) (desk.Entity, error) {
	if e, ok := s.records[k]; ok {
		return e, nil
	}
	return nil, desk.ErrUnknown
}

// Thread is the conversation of a ticket.
func (s *memory) Thread(t desk.TicketID) (list []desk.Message, err error) {
	for _, m := range all[desk.Message](s) {
		if m.Ticket == t {
			list = append(list, m)
		}
	}
	slices.SortFunc(list, desk.InThread)
	return list, nil
}

func (s *memory) OpenConflicts(desk.TicketID) ([]desk.Conflict, error) { return nil, nil }

func (s *memory) TakeNumber(kind desk.TicketKind, _ desk.Number, _ desk.Principal) (desk.Number, error) {
	s.number++
	return desk.FormatNumber(kind, s.number), nil
}

func (s *memory) Workspace(context.Context) (desk.Workspace, error) {
	return find(s, func(desk.Workspace) bool { return true })
}

func (s *memory) Ticket(_ context.Context, id desk.TicketID) (desk.Ticket, error) {
	return find(s, func(t desk.Ticket) bool { return t.ID == id })
}

func (s *memory) TicketByNumber(_ context.Context, n desk.Number) (desk.Ticket, error) {
	return find(s, func(t desk.Ticket) bool { return t.Number == n })
}

func (s *memory) MessageByMailID(_ context.Context, id string) (oldest desk.Message, err error) {
	err = ErrUnknown
	for _, m := range all[desk.Message](s) {
		if m.MailID == id && (err != nil || m.At.Before(oldest.At)) {
			oldest, err = m, nil
		}
	}
	return oldest, err
}

func (s *memory) MessageByMeeting(_ context.Context, uid, from string) (first desk.Message, err error) {
	err = ErrUnknown
	for _, m := range all[desk.Message](s) {
		if i := m.Invitation; i != nil && i.Method == desk.MeetingAsked && i.UID == uid && !m.Suspect && m.From != nil && strings.EqualFold(m.From.Email, from) &&
			(err != nil || m.At.Before(first.At)) {
			first, err = m, nil
		}
	}
	return first, err
}

func (s *memory) RequesterByEmail(_ context.Context, email string) (desk.Requester, error) {
	return find(s, func(r desk.Requester) bool { return strings.EqualFold(r.Email, email) })
}

func (s *memory) PersonByEmail(_ context.Context, email string) (desk.Person, error) {
	return find(s, func(p desk.Person) bool { return strings.EqualFold(p.Email, email) })
}

func (s *memory) Participant(_ context.Context, ticket desk.TicketID, email string) (bool, error) {
	thread, err := s.Thread(ticket)
	return desk.TakesPart(thread, email) || s.added[string(ticket)+" "+strings.ToLower(email)], err
}

func (s *memory) Asides(_ context.Context, ticket desk.TicketID, email string) ([]desk.AsideID, error) {
	thread, err := s.Thread(ticket)
	return desk.AsidesOf(thread, email), err
}

func (s *memory) Traffic(_ context.Context, email string, since time.Time) (n Traffic, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range s.rows {
		if r.state == Filed || r.done.Before(since) {
			continue
		}
		same := strings.EqualFold(r.outcome.From, email)
		if same {
			n.Mails++
		}
		if r.outcome.Reply != nil {
			n.Total++
			if same {
				n.Replies++
			}
		}
	}
	return n, nil
}

// find returns the first record of a type that fits, by its id.
func find[T desk.Entity](s *memory, fits func(T) bool) (T, error) {
	found := slices.DeleteFunc(all[T](s), func(v T) bool { return !fits(v) })
	var zero T
	if len(found) == 0 {
		return zero, ErrUnknown
	}
	slices.SortFunc(found, func(a, b T) int { return strings.Compare(a.Key().ID, b.Key().ID) })
	return found[0], nil
}

func all[T desk.Entity](s *memory) (list []T) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, e := range s.records {
		if v, ok := e.(T); ok {
			list = append(list, v)
		}
	}
	return list
}

var _ Sink = (*memory)(nil)

// must is for the steps of a test that are not its subject.
func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

var errDisk = errors.New("disk I/O error")
