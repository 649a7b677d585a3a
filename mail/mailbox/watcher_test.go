package mailbox

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"holdall/mail/mailbox/dovecot"
)

const (
	user     = "desk@example.com"
	password = "correct horse"
)

var (
	server   *dovecot.Server
	accounts atomic.Int32
)

func TestMain(m *testing.M) {
	os.Exit(withServer(m))
}

func withServer(m *testing.M) int {
	var err error
	if server, err = dovecot.Start(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer server.Close()
	return m.Run()
}

// account makes a user of its own for a test.
func account(t *testing.T) (string, Config) {
	t.Helper()
	name := fmt.Sprintf("user-%d@example.com", accounts.Add(1))
	if err := server.AddUser(name, password); err != nil {
		t.Fatal(err)
	}
	return name, config(server.Addr, name)
}

func config(addr, name string) Config {
	return Config{
		Account: "desk", Addr: addr, TLS: Plain, User: name,
		Password: func(context.Context) (string, error) { return password, nil },
		Poll:     time.Hour, // what arrives is seen by IDLE or by a poke
		Backoff:  Backoff{First: time.Millisecond, Max: 10 * time.Millisecond},
	}
}

func put(t *testing.T, name string, mails ...string) {
	t.Helper()
	putInto(t, name, "INBOX", mails...)
}

func putInto(t *testing.T, name, mailbox string, mails ...string) {
	t.Helper()
	for _, m := range mails {
		if err := server.Deliver(name, mailbox, []byte(m)); err != nil {
			t.Fatal(err)
		}
	}
}

func letter(subject string) string {
	return "From: mira@example.com\nTo: desk@example.com\nSubject: " + subject + "\nMessage-ID: <" + subject + "@example.com>\n\nHello " + subject + "\n"
}

// reader runs a source and gives its mails to the test one by one.
type reader struct {
	t      *testing.T
	mails  chan Raw
	next   chan Position
	ended  chan error
	cancel context.CancelFunc
	refuse func(batch []Raw) error
}

func read(t *testing.T, source Source, from Position) *reader {
	t.Helper()
	r := &reader{t: t, mails: make(chan Raw, 10_000), next: make(chan Position, 10_000), ended: make(chan error, 1)}
	r.start(source, from)
	return r
}

func (r *reader) start(source Source, from Position) {
	ctx, cancel := context.WithCancel(context.Background())
	r.cancel = cancel
	r.t.Cleanup(func() { r.stop() })
	go func() {
		r.ended <- source.Run(ctx, from, func(_ context.Context, batch []Raw, next Position) error {
			if r.refuse != nil {
				if err := r.refuse(batch); err != nil {
					return err
				}
			}
			for _, m := range batch {
				r.mails <- m
			}
			r.next <- next
			return nil
		})
		close(r.ended)
	}()
}

func (r *reader) stop() error {
	r.cancel()
	return <-r.ended
}

// take waits for n mails.
func (r *reader) take(n int) []Raw {
	r.t.Helper()
	var got []Raw
	for range n {
		select {
		case m := <-r.mails:
			got = append(got, m)
		case err := <-r.ended:
			r.t.Fatalf("ended after %d of %d mails: %v", len(got), n, err)
		case <-time.After(time.Minute):
			r.t.Fatalf("only %d of %d mails came", len(got), n)
		}
	}
	return got
}

func (r *reader) position() (last Position) {
	for {
		select {
		case last = <-r.next:
		default:
			return last
		}
	}
}

func subjects(mails []Raw) (out []string) {
	for _, m := range mails {
		_, rest, _ := strings.Cut(string(m.Bytes), "Subject: ")
		subject, _, _ := strings.Cut(rest, "\r\n")
		out = append(out, subject)
	}
	return out
}

func watcher(t *testing.T, cfg Config) *Watcher {
	t.Helper()
	w, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestMailsComeInOrderWithTheirBytes(t *testing.T) {
	name, cfg := account(t)
	put(t, name, letter("one"), letter("two"), letter("three"))
	got := read(t, watcher(t, cfg), Position{}).take(3)
	if want := []string{"one", "two", "three"}; !slices.Equal(subjects(got), want) {
		t.Fatalf("subjects %q, want %q", subjects(got), want)
	}
	first := got[0]
	if want := strings.ReplaceAll(letter("one"), "\n", "\r\n"); string(first.Bytes) != want {
		t.Errorf("bytes %q, want %q", first.Bytes, want)
	}
	if first.UID != 1 || first.UIDValidity == 0 || first.Size != int64(len(first.Bytes)) || first.InternalDate.IsZero() ||
		first.Account != "desk" || first.Mailbox != "INBOX" || first.Truncated {
		t.Errorf("place of the first mail: %+v", first)
	}
}

func TestIdleSeesANewMailWithoutAPoll(t *testing.T) {
	name, cfg := account(t)
	idling := make(chan struct{}, 100)
	cfg.OnStatus = func(s Status) {
		if s.Idling && s.State == StateWatching {
			idling <- struct{}{}
		}
	}
	r := read(t, watcher(t, cfg), Position{})
	<-idling
	put(t, name, letter("fresh"))
	if got := subjects(r.take(1)); got[0] != "fresh" {
		t.Fatalf("got %q", got)
	}
}

func TestIdleIsRenewed(t *testing.T) {
	name, cfg := account(t)
	cfg.IdleFor = 5 * time.Millisecond
	r := read(t, watcher(t, cfg), Position{})
	for i := range 5 {
		put(t, name, letter(fmt.Sprint("mail-", i)))
		r.take(1)
	}
}

func TestPollSeesANewMail(t *testing.T) {
	name, cfg := account(t)
	cfg.Poll = 10 * time.Millisecond
	r := read(t, watcher(t, cfg), Position{})
	put(t, name, letter("polled"))
	if got := subjects(r.take(1)); got[0] != "polled" {
		t.Fatalf("got %q", got)
	}
}

func TestAPositionIsResumed(t *testing.T) {
	name, cfg := account(t)
	put(t, name, letter("one"), letter("two"))
	r := read(t, watcher(t, cfg), Position{})
	r.take(2)
	r.stop()
	pos := r.position()
	put(t, name, letter("three"))
	if got := subjects(read(t, watcher(t, cfg), pos).take(1)); got[0] != "three" {
		t.Fatalf("after resuming at %+v: %q", pos, got)
	}
}

func TestAnotherUIDValidityStartsAnew(t *testing.T) {
	name, cfg := account(t)
	cfg.Mailbox = "Support"
	putInto(t, name, "Support", letter("old-1"), letter("old-2"))
	r := read(t, watcher(t, cfg), Position{})
	old := r.take(2)
	r.stop()
	pos := r.position()
	if err := server.Recreate(name, "Support"); err != nil {
		t.Fatal(err)
	}
	putInto(t, name, "Support", letter("new-1"))
	got := read(t, watcher(t, cfg), pos).take(1)
	if subjects(got)[0] != "new-1" || got[0].UIDValidity == old[0].UIDValidity {
		t.Fatalf("after the mailbox was recreated: %q, uidvalidity %d and before %d", subjects(got), got[0].UIDValidity, old[0].UIDValidity)
	}
}

func TestTheSameMailThreeTimesIsThreePlacesAndOneHash(t *testing.T) {
	name, cfg := account(t)
	put(t, name, letter("same"), letter("same"), letter("same"))
	got := read(t, watcher(t, cfg), Position{}).take(3)
	if got[0].SHA256 != got[1].SHA256 || got[1].SHA256 != got[2].SHA256 {
		t.Error("the hashes differ")
	}
	if got[0].UID == got[1].UID || got[1].UID == got[2].UID {
		t.Error("the UIDs are equal")
	}
}

func TestARefusedBatchComesAgain(t *testing.T) {
	name, cfg := account(t)
	put(t, name, letter("one"), letter("two"))
	tries := 0
	r := &reader{t: t, mails: make(chan Raw, 100), next: make(chan Position, 100), ended: make(chan error, 1)}
	r.refuse = func(batch []Raw) error {
		if len(batch) == 0 {
			return nil
		}
		if tries++; tries < 3 {
			return errors.New("the disk is full")
		}
		return nil
	}
	w := watcher(t, cfg)
	r.start(w, Position{})
	if got := subjects(r.take(2)); !slices.Equal(got, []string{"one", "two"}) || tries != 3 {
		t.Fatalf("after %d tries: %q", tries, got)
	}
}

func TestWrongPasswordStops(t *testing.T) {
	_, cfg := account(t)
	cfg.Password = func(context.Context) (string, error) { return "wrong", nil }
	w := watcher(t, cfg)
	err := <-read(t, w, Position{}).ended
	failure, ok := errors.AsType[*Error](err)
	if !ok || failure.Class != ClassAuth || failure.Transient() {
		t.Fatalf("error %v", err)
	}
	if s := w.Status(); s.State != StateStopped || s.Class != ClassAuth || s.LastError == "" {
		t.Fatalf("status %+v", s)
	}
}

func TestBatchesAreSmallAndComplete(t *testing.T) {
	name, cfg := account(t)
	cfg.BatchMails, cfg.BatchBytes = 7, 600
	for i := range 40 {
		put(t, name, letter(fmt.Sprintf("mail-%02d", i)))
	}
	most := 0
	r := &reader{t: t, mails: make(chan Raw, 100), next: make(chan Position, 100), ended: make(chan error, 1)}
	r.refuse = func(batch []Raw) error { most = max(most, len(batch)); return nil }
	r.start(watcher(t, cfg), Position{})
	got := subjects(r.take(40))
	if !slices.IsSorted(got) || len(slices.Compact(got)) != 40 {
		t.Fatalf("got %q", got)
	}
	if most > 6 {
		t.Fatalf("a batch of %d mails, which is more than 600 bytes", most)
	}
}

func TestAMailOverTheLimitIsCut(t *testing.T) {
	name, cfg := account(t)
	cfg.MaxSize, cfg.HeadSize = 2000, 300
	put(t, name, letter("small"), letter("large")+strings.Repeat("0123456789\n", 1000), letter("small-too"))
	got := read(t, watcher(t, cfg), Position{}).take(3)
	large := got[1]
	if !large.Truncated || len(large.Bytes) != 300 || large.Size < 11000 || got[0].Truncated || got[2].Truncated {
		t.Fatalf("large: truncated %v, %d of %d bytes", large.Truncated, len(large.Bytes), large.Size)
	}
	if subjects(got)[1] != "large" {
		t.Fatalf("the headers are missing: %q", large.Bytes)
	}
}
