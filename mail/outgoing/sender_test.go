package outgoing

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"holdall/mail/mailbox"
	mailboxes "holdall/mail/mailbox/loopback"
)

func answer() Answer {
	return Answer{
		From:    Address{"Service Desk", "desk@example.com"},
		To:      []Address{{"Mira Sommer", "mira@example.com"}},
		Subject: "Re: printer", Text: "We are on it.\n",
		MessageID: "<t.m.x@example.com>",
		Date:      time.Date(2026, 3, 2, 9, 30, 0, 0, time.UTC),
	}
}

func TestSendOverEachKindOfConnection(t *testing.T) {
	for _, mode := range []TLSMode{Implicit, StartTLS, Plain} {
		t.Run(string(mode), func(t *testing.T) {
			r := receive(t, mode)
			s := r.sender(mode)
			s.User, s.Password = "desk", func(context.Context) (string, error) { return "correct horse", nil }
			if err := s.Send(t.Context(), answer()); err != nil {
				t.Fatal(err)
			}
			got := r.got()
			if len(got) != 1 || got[0].from != "desk@example.com" || got[0].to[0] != "mira@example.com" || got[0].user != "desk" {
				t.Fatalf("%+v", got)
			}
		})
	}
}

func TestTheSignInIsWhatTheServerOffers(t *testing.T) {
	secret := func(context.Context) (string, error) { return "correct horse", nil }
	for _, c := range []struct {
		offered  []string
		token    bool
		want, as string
	}{
		{[]string{"LOGIN", "PLAIN"}, false, "PLAIN", "desk"},
		{[]string{"LOGIN"}, false, "LOGIN", "desk/correct horse"},
		{[]string{"LOGIN", "XOAUTH2"}, true, "XOAUTH2", "user=desk\x01auth=Bearer correct horse\x01\x01"},
	} {
		r := receive(t, StartTLS)
		r.mechanisms = c.offered
		s := r.sender(StartTLS)
		s.User, s.Password = "desk", secret
		if c.token {
			s.Password, s.Token = nil, secret
		}
		if err := s.Send(t.Context(), answer()); err != nil {
			t.Errorf("%v: %v", c.offered, err)
			continue
		}
		if got := r.got()[0]; got.mechanism != c.want || got.user != c.as {
			t.Errorf("%v: %s as %q", c.offered, got.mechanism, got.user)
		}
	}
}

// TestATokenThatHasEndedEarly: another one is tried, and no third.
func TestATokenThatHasEndedEarly(t *testing.T) {
	for _, c := range []struct {
		tokens []string
		sent   int
	}{{[]string{"old", "new"}, 1}, {[]string{"old", "old", "new"}, 0}} {
		r := receive(t, StartTLS)
		r.mechanisms, r.spent = []string{"XOAUTH2"}, "old"
		s := r.sender(StartTLS)
		asked, refused := 0, []string{}
		s.User, s.Refused = "desk", func(token string) { refused = append(refused, token) }
		s.Token = func(context.Context) (string, error) { asked++; return c.tokens[asked-1], nil }
		err := s.Send(t.Context(), answer())
		failure, _ := errors.AsType[*Error](err)
		if len(r.got()) != c.sent || asked != 2 || !slices.Equal(refused, []string{"old"}) {
			t.Errorf("%v: %d sent, asked %d times, refused %v: %v", c.tokens, len(r.got()), asked, refused, err)
		}
		if c.sent == 0 && (failure == nil || !failure.SignIn || failure.Outcome != Temporary || strings.Contains(err.Error(), "old\x01")) {
			t.Errorf("%v: %v", c.tokens, err)
		}
	}
}

func TestTheServerGetsTheComposedBytes(t *testing.T) {
	r := receive(t, Plain)
	a := answer()
	a.Text = "First.\n.\n..two dots\n.one dot\nlast line without an end"
	want, err := Compose(a)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.sender(Plain).Deliver(t.Context(), Mail{From: a.From.Email, To: []string{a.To[0].Email}, Raw: want}); err != nil {
		t.Fatal(err)
	}
	got := r.got()[0].raw
	if strings.TrimSuffix(got, "\r\n") != strings.TrimSuffix(string(want), "\r\n") {
		t.Fatalf("received\n%q\nwant\n%q", got, want)
	}
}

func TestAnErrorIsClassed(t *testing.T) {
	gone := &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"}
	later := &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "try again"}
	for _, c := range []struct {
		title string
		setup func(*receiver, *Sender)
		want  Outcome
		code  int
		taken int
	}{
		{"recipient unknown", func(r *receiver, _ *Sender) { r.onRcpt = func(string) error { return gone } }, Permanent, 550, 0},
		{"recipient greylisted", func(r *receiver, _ *Sender) { r.onRcpt = func(string) error { return later } }, Temporary, 451, 0},
		{"mail refused", func(r *receiver, _ *Sender) { r.onData = func() error { return gone } }, Permanent, 550, 0},
		{"mail put off", func(r *receiver, _ *Sender) { r.onData = func() error { return later } }, Temporary, 451, 0},
		{"cut after DATA", func(r *receiver, _ *Sender) { r.hangUp = true }, Unknown, 0, 1},
		{"wrong password", func(_ *receiver, s *Sender) {
			s.User, s.Password = "desk", func(context.Context) (string, error) { return "wrong", nil }
		}, Temporary, 535, 0},
		{"token not to be had", func(_ *receiver, s *Sender) {
			s.User, s.Token = "desk", func(context.Context) (string, error) { return "", errors.New("signed out") }
		}, Temporary, 0, 0},
		{"nobody listens", func(_ *receiver, s *Sender) { s.Addr = "127.0.0.1:1" }, Temporary, 0, 0},
		{"no STARTTLS", func(_ *receiver, s *Sender) { s.TLS = StartTLS }, Temporary, 0, 0},
		{"plain to elsewhere", func(_ *receiver, s *Sender) { s.Addr = "mx.example.com:25" }, Permanent, 0, 0},
		{"no port", func(_ *receiver, s *Sender) { s.Addr = "mx.example.com" }, Permanent, 0, 0},
	} {
		t.Run(c.title, func(t *testing.T) {
			r := receive(t, Plain)
			s := r.sender(Plain)
			c.setup(r, s)
			failure, ok := errors.AsType[*Error](s.Send(t.Context(), answer()))
			if !ok || failure.Outcome != c.want || failure.Code != c.code {
				t.Fatalf("%+v", failure)
			}
			if account := s.User != ""; failure.SignIn != account {
				t.Fatalf("it concerns the account: %v", failure.SignIn)
			}
			if n := len(r.got()); n != c.taken {
				t.Fatalf("the server took %d mails", n)
			}
		})
	}
}

func TestOneRefusedRecipientHoldsTheMailBack(t *testing.T) {
	r := receive(t, Plain)
	r.onRcpt = func(to string) error {
		if strings.HasPrefix(to, "gone") {
			return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"}
		}
		if strings.HasPrefix(to, "full") {
			return &smtp.SMTPError{Code: 452, EnhancedCode: smtp.EnhancedCode{4, 2, 2}, Message: "mailbox full"}
		}
		return nil
	}
	a := answer()
	a.Cc = []Address{{"", "gone@example.com"}, {"", "full@example.com"}}
	failure, ok := errors.AsType[*Error](r.sender(Plain).Send(t.Context(), a))
	if !ok || failure.Outcome != Permanent || strings.Join(failure.Recipients, " ") != "gone@example.com full@example.com" {
		t.Fatalf("%+v", failure)
	}
	if len(r.got()) != 0 {
		t.Fatal("the mail went out to some")
	}
}

// TestAMailCanBeHeldBackBeforeItsEnd: who sends is asked when all has been said but
// the end, and on a no the server takes nothing.
func TestAMailCanBeHeldBackBeforeItsEnd(t *testing.T) {
	for _, leaves := range []bool{true, false} {
		r := receive(t, Plain)
		m, err := Write(answer())
		if err != nil {
			t.Fatal(err)
		}
		asked := 0
		m.Leaves = func() bool { asked++; return leaves }
		err = r.sender(Plain).Deliver(t.Context(), m)
		failure, _ := errors.AsType[*Error](err)
		if leaves != (err == nil) || !leaves && (!errors.Is(err, ErrHeldBack) || failure.Outcome != Temporary) {
			t.Errorf("leaves: %v; %v", leaves, err)
		}
		if took := len(r.got()) == 1; took != leaves || asked != 1 {
			t.Errorf("leaves: %v; asked %d times, the server took it: %v", leaves, asked, took)
		}
	}
}

func TestASilentServerIsLeft(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	s := &Sender{Addr: l.Addr().String(), TLS: Plain, Timeout: 20 * time.Millisecond}
	failure, ok := errors.AsType[*Error](s.Send(t.Context(), answer()))
	if !ok || failure.Outcome != Temporary {
		t.Fatalf("%v", failure)
	}
}

// A server that files what it sends takes the mail and is cut off before it
// says so: what became of it is read from Sent, and it is not sent again.
func TestAnUnknownMailIsLookedUpInSent(t *testing.T) {
	box, err := mailboxes.Start("desk", "secret")
	if err != nil {
		t.Fatal(err)
	}
	defer box.Close()
	cfg := mailbox.Config{
		Addr: box.Addr, TLS: mailbox.Plain, User: "desk",
		Password: func(context.Context) (string, error) { return "secret", nil },
	}
	for taken, want := range map[bool]bool{true: true, false: false} {
		r := receive(t, Plain)
		r.hangUp = true
		a := answer()
		a.MessageID = MessageID(key, "acme", "7", fmt.Sprint(taken), "example.com")
		failure, ok := errors.AsType[*Error](r.sender(Plain).Send(t.Context(), a))
		if !ok || failure.Outcome != Unknown {
			t.Fatalf("%v", failure)
		}
		if taken {
			if err := box.Deliver("Sent", []byte(r.got()[0].raw)); err != nil {
				t.Fatal(err)
			}
		}
		if found, err := mailbox.Find(t.Context(), cfg, "Sent", a.MessageID); err != nil || found != want {
			t.Errorf("taken %v: found %v, %v", taken, found, err)
		}
	}
}
