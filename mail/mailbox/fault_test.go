package mailbox

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
)

func TestAServerKilledMidwayLosesNothing(t *testing.T) {
	name, cfg := account(t)
	cfg.BatchMails = 5
	var want []string
	for i := range 60 {
		want = append(want, fmt.Sprintf("mail-%02d", i))
		put(t, name, letter(want[i]))
	}
	kills := 0
	r := &reader{t: t, mails: make(chan Raw, 1000), next: make(chan Position, 1000), ended: make(chan error, 1)}
	r.refuse = func(batch []Raw) error {
		if kills < 3 && len(batch) > 0 && batch[0].UID > uint32(10+kills*15) {
			kills++
			server.Kill()
			if err := server.Restart(); err != nil {
				t.Error(err)
			}
		}
		return nil
	}
	r.start(watcher(t, cfg), Position{})
	if got := subjects(r.take(60)); !slices.Equal(got, want) {
		t.Fatalf("after %d kills: %q", kills, got)
	}
	if kills != 3 {
		t.Fatalf("the server was killed %d times", kills)
	}
}

func TestAServerThatIsAwayIsAwaited(t *testing.T) {
	name, cfg := account(t)
	put(t, name, letter("late"))
	server.Kill()
	failed := make(chan Status, 1000)
	cfg.OnStatus = func(s Status) {
		if s.State == StateRetrying {
			failed <- s
		}
	}
	w := watcher(t, cfg)
	r := read(t, w, Position{})
	if s := <-failed; s.Class != ClassNetwork || s.LastError == "" {
		t.Errorf("status while away: %+v", s)
	}
	if err := server.Restart(); err != nil {
		t.Fatal(err)
	}
	r.take(1)
}

// listen accepts connections for a test and hands each to serve.
func listen(t *testing.T, serve func(net.Conn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go serve(c)
		}
	}()
	return l.Addr().String()
}

func TestASilentServerLosesItsConnection(t *testing.T) {
	closed := make(chan struct{}, 100)
	addr := listen(t, func(c net.Conn) {
		io.Copy(io.Discard, c) // never a word; ends when the client hangs up
		c.Close()
		closed <- struct{}{}
	})
	cfg := config(addr, user)
	cfg.Silence = 20 * time.Millisecond
	failed := make(chan Status, 1000)
	cfg.OnStatus = func(s Status) {
		if s.State == StateRetrying {
			failed <- s
		}
	}
	r := read(t, watcher(t, cfg), Position{})
	<-closed
	<-closed // and it tried again
	if s := <-failed; s.Class != ClassNetwork || !strings.Contains(s.LastError, ErrSilent.Error()) {
		t.Errorf("status %+v", s)
	}
	if err := r.stop(); !errors.Is(err, context.Canceled) {
		t.Errorf("ended with %v", err)
	}
}

func TestAServerSilentInTheMiddleOfAnAnswerLosesItsConnection(t *testing.T) {
	addr := listen(t, func(c net.Conn) {
		io.WriteString(c, "* OK [CAPABILITY IMAP4rev1] here\r\n")
		io.ReadAtLeast(c, make([]byte, 100), 5)
		io.WriteString(c, "T1 O")
		io.Copy(io.Discard, c)
	})
	cfg := config(addr, user).withDefaults()
	cfg.Silence = 20 * time.Millisecond
	if _, err := open(t.Context(), &cfg, nil); !errors.Is(err, ErrSilent) {
		t.Fatalf("error %v", err)
	}
}

// poisoned relays to the real server and hangs up as soon as an answer holds
// the marker, as a server that crashes over one mail does.
func poisoned(t *testing.T, marker string, cuts *atomic.Int32) string {
	return listen(t, func(c net.Conn) {
		defer c.Close()
		up, err := net.Dial("tcp", server.Addr)
		if err != nil {
			return
		}
		defer up.Close()
		go io.Copy(up, c)
		buf, seen := make([]byte, 4096), []byte{}
		for {
			n, err := up.Read(buf)
			seen = append(seen, buf[:n]...)
			if bytes.Contains(seen, []byte(marker)) {
				cuts.Add(1)
				return
			}
			if _, werr := c.Write(buf[:n]); err != nil || werr != nil {
				return
			}
		}
	})
}

func TestOneMailThatEndsEveryConnectionIsFound(t *testing.T) {
	name, cfg := account(t)
	var cuts atomic.Int32
	cfg.Addr = poisoned(t, "POISON", &cuts)
	cfg.BatchMails = 16
	for i := range 40 {
		text := letter(fmt.Sprintf("mail-%02d", i))
		if i == 21 {
			text += "POISON\n"
		}
		put(t, name, text)
	}
	got := read(t, watcher(t, cfg), Position{}).take(40)
	for i, m := range got {
		if m.UID != uint32(i+1) {
			t.Fatalf("mail %d has UID %d", i, m.UID)
		}
		if bad := i == 21; (m.Problem != "") != bad || (len(m.Bytes) == 0) != bad {
			t.Errorf("mail %d: problem %q, %d bytes", i, m.Problem, len(m.Bytes))
		}
	}
	if cuts.Load() == 0 {
		t.Fatal("the connection was never cut")
	}
}

func TestAClosedConnectionInTheMiddleOfAMailRepeatsIt(t *testing.T) {
	name, cfg := account(t)
	var cuts atomic.Int32
	addr := poisoned(t, "HALFWAY", &cuts)
	cfg.Addr = listen(t, func(c net.Conn) {
		target := server.Addr
		if cuts.Load() == 0 {
			target = addr
		}
		up, err := net.Dial("tcp", target)
		if err != nil {
			return
		}
		go func() { io.Copy(up, c); up.Close() }()
		io.Copy(c, up)
		c.Close()
	})
	put(t, name, letter("one"), letter("two")+strings.Repeat("line of text\n", 20_000)+"HALFWAY\n")
	got := read(t, watcher(t, cfg), Position{}).take(2)
	if got[1].Problem != "" || !bytes.Contains(got[1].Bytes, []byte("HALFWAY")) || cuts.Load() == 0 {
		t.Fatalf("problem %q, %d bytes, %d cuts", got[1].Problem, len(got[1].Bytes), cuts.Load())
	}
}

func TestAMailExpungedBeforeItsFetchIsPassedOver(t *testing.T) {
	name, cfg := account(t)
	put(t, name, letter("one"), letter("two"), letter("three"))
	full := cfg.withDefaults()
	s, err := open(t.Context(), &full, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	if _, err := s.selectBox(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	mails, err := s.list(t.Context(), 0)
	if err != nil || len(mails) != 3 {
		t.Fatalf("%d mails, %v", len(mails), err)
	}
	other, err := open(t.Context(), &full, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer other.close()
	if _, err := other.selectBox(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	if err := other.remove(t.Context(), imap.UIDSetNum(2), Marks{Delete: true}); err != nil {
		t.Fatal(err)
	}
	got, err := s.bodies(t.Context(), mails)
	if err != nil || !slices.Equal(subjects(got), []string{"one", "three"}) {
		t.Fatalf("%q, %v", subjects(got), err)
	}
}
