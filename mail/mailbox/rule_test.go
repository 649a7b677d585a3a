package mailbox

import (
	"context"
	"errors"
	"io"
	"slices"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"go.uber.org/goleak"
)

func TestConfigIsChecked(t *testing.T) {
	good := config("127.0.0.1:143", user)
	for _, c := range []struct {
		title string
		edit  func(*Config)
		ok    bool
	}{
		{"plain on loopback", func(*Config) {}, true},
		{"plain on localhost", func(c *Config) { c.Addr = "localhost:143" }, true},
		{"plain on IPv6 loopback", func(c *Config) { c.Addr = "[::1]:143" }, true},
		{"plain elsewhere", func(c *Config) { c.Addr = "imap.example.com:143" }, false},
		{"starttls elsewhere", func(c *Config) { c.Addr, c.TLS = "imap.example.com:143", StartTLS }, true},
		{"implicit by default", func(c *Config) { c.Addr, c.TLS = "imap.example.com:993", "" }, true},
		{"unknown protection", func(c *Config) { c.TLS = "ssl" }, false},
		{"no port", func(c *Config) { c.Addr = "imap.example.com" }, false},
		{"no user", func(c *Config) { c.User = "" }, false},
		{"no password", func(c *Config) { c.Password = nil }, false},
		{"password and token", func(c *Config) { c.Token = c.Password }, false},
	} {
		cfg := good
		c.edit(&cfg)
		if err := cfg.Validate(); (err == nil) != c.ok {
			t.Errorf("%s: %v", c.title, err)
		}
	}
}

func TestErrorsAreClassed(t *testing.T) {
	no := func(code imap.ResponseCode, text string) error {
		return &imap.Error{Type: imap.StatusResponseTypeNo, Code: code, Text: text}
	}
	for _, c := range []struct {
		err            error
		signIn, others Class
	}{
		{io.ErrUnexpectedEOF, ClassNetwork, ClassNetwork},
		{ErrSilent, ClassNetwork, ClassNetwork},
		{ErrCannotMove, ClassNetwork, ClassProtocol},
		{no("AUTHENTICATIONFAILED", "Invalid credentials"), ClassAuth, ClassProtocol},
		{no("", "LOGIN failed."), ClassAuth, ClassProtocol},
		{no("UNAVAILABLE", "Temporary authentication failure"), ClassNetwork, ClassNetwork},
		{no("", "User is authenticated but not connected."), ClassNetwork, ClassNetwork},
		{no("ALERT", "Too many simultaneous connections."), ClassThrottled, ClassThrottled},
		{no("LIMIT", "wait"), ClassThrottled, ClassThrottled},
		{no("", "Request is throttled. Suggested Backoff Time: 296481 milliseconds"), ClassThrottled, ClassThrottled},
		{no("NONEXISTENT", "Mailbox doesn't exist"), ClassAuth, ClassProtocol},
	} {
		if got := signInClass(c.err); got != c.signIn {
			t.Errorf("at sign-in %v: %s, want %s", c.err, got, c.signIn)
		}
		if got := classOf(c.err); got != c.others {
			t.Errorf("%v: %s, want %s", c.err, got, c.others)
		}
	}
	inner := &Error{Class: ClassThrottled, Account: "desk", Err: io.EOF}
	if outer := classed("desk", errors.Join(inner)); outer != inner {
		t.Errorf("a classed error was classed again: %v", outer)
	}
}

func TestBackoffGrowsToItsCeiling(t *testing.T) {
	b := Backoff{}.withDefaults()
	for n, want := range []time.Duration{5, 10, 20, 40, 80, 160, 320, 640, 900, 900} {
		if got := b.ceiling(n); got != want*time.Second {
			t.Errorf("attempt %d: %v, want %v s", n, got, want)
		}
		if p := b.pause(n); p < 0 || p > b.ceiling(n) {
			t.Errorf("attempt %d: a pause of %v", n, p)
		}
	}
	if got := b.ceiling(1 << 30); got != b.Max {
		t.Errorf("after very many attempts: %v", got)
	}
}

func TestBatchesAreCutBySizeAndCount(t *testing.T) {
	for _, c := range []struct {
		sizes []int64
		want  []int
	}{
		{[]int64{1, 1, 1, 1, 1}, []int{3, 2}},
		{[]int64{6, 6, 6}, []int{1, 1, 1}},
		{[]int64{4, 4, 4}, []int{2, 1}},
		{[]int64{1, 500, 1}, []int{1, 1, 1}},
		{[]int64{500, 1}, []int{1, 1}},
		{[]int64{50, 1}, []int{1, 1}},
	} {
		var mails []listed
		for i, size := range c.sizes {
			mails = append(mails, listed{uid: uint32(i + 1), size: size})
		}
		var got []int
		for len(mails) > 0 {
			var first []listed
			first, mails = batch(mails, 3, 10, 100)
			got = append(got, len(first))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%v: batches of %v, want %v", c.sizes, got, c.want)
		}
	}
}

func TestAPositionIsVoidedByTheServer(t *testing.T) {
	for _, c := range []struct {
		title string
		box   imap.SelectData
		want  Position
	}{
		{"unchanged", imap.SelectData{UIDValidity: 7, UIDNext: 11}, Position{UIDValidity: 7, LastUID: 10, MarkedUID: 10}},
		{"more mail", imap.SelectData{UIDValidity: 7, UIDNext: 40, HighestModSeq: 5}, Position{UIDValidity: 7, LastUID: 10, MarkedUID: 10, HighestModSeq: 5}},
		{"no UIDNEXT", imap.SelectData{UIDValidity: 7}, Position{UIDValidity: 7, LastUID: 10, MarkedUID: 10}},
		{"another generation", imap.SelectData{UIDValidity: 8, UIDNext: 40}, Position{UIDValidity: 8}},
		{"restored from a backup", imap.SelectData{UIDValidity: 7, UIDNext: 10}, Position{UIDValidity: 7}},
	} {
		if pos := resume(&c.box, Position{UIDValidity: 7, LastUID: 10, MarkedUID: 10}); pos != c.want {
			t.Errorf("%s: %+v, want %+v", c.title, pos, c.want)
		}
	}
}

func TestXOAUTH2AnswersARefusalWithAnEmptyLine(t *testing.T) {
	x := XOAUTH2("mira@example.com", "token")
	mech, first, err := x.Start()
	if err != nil || mech != "XOAUTH2" || string(first) != "user=mira@example.com\x01auth=Bearer token\x01\x01" {
		t.Fatalf("%s %q %v", mech, first, err)
	}
	if answer, err := x.Next([]byte(`{"status":"401"}`)); err != nil || answer == nil || len(answer) != 0 {
		t.Fatalf("%q %v", answer, err)
	}
}

func TestASecretThatIsNotToBeHad(t *testing.T) {
	gone := errors.New("not to be had")
	fail := func(err error) func(context.Context) (string, error) {
		return func(context.Context) (string, error) { return "", err }
	}
	for _, c := range []struct {
		title string
		edit  func(*Config)
		want  Class
	}{
		{"password", func(c *Config) { c.Password = fail(gone) }, ClassAuth},
		{"token", func(c *Config) { c.Password, c.Token = nil, fail(gone) }, ClassNetwork},
		{"token that was revoked", func(c *Config) {
			c.Password, c.Token = nil, fail(&Error{Class: ClassAuth, Err: gone})
		}, ClassAuth},
	} {
		cfg := config(server.Addr, user).withDefaults()
		c.edit(&cfg)
		_, err := open(t.Context(), &cfg, nil)
		if failure, ok := errors.AsType[*Error](err); !ok || failure.Class != c.want || !errors.Is(err, gone) {
			t.Errorf("%s: %v", c.title, err)
		}
	}
}

func TestWatchingLeavesNothingBehind(t *testing.T) {
	name, cfg := account(t)
	before := goleak.IgnoreCurrent()
	put(t, name, letter("one"))
	idling := make(chan struct{}, 100)
	cfg.OnStatus = func(s Status) {
		if s.Idling {
			idling <- struct{}{}
		}
	}
	r := read(t, watcher(t, cfg), Position{})
	r.take(1)
	<-idling
	r.stop()
	goleak.VerifyNone(t, before)
}
