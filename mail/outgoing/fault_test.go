package outgoing

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/textproto"
	"regexp"
	"strings"
	"testing"
	"time"
)

// stages are the lines of a dialogue at which a server can fail, in order.
var stages = []string{"", "EHLO", "AUTH", "MAIL FROM", "RCPT TO", "DATA", "."}

// scripted is a server that does as it should up to a stage, and there says one
// line, or hangs up where the line is empty. It returns its address.
func scripted(t *testing.T, stage, line string) string {
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
			converse(c, stage, line)
			c.Close()
		}
	}()
	return l.Addr().String()
}

// loose is an envelope that is not written as RFC 5321 §4.1.2 wants it; large
// providers take none such, whatever smaller servers pass.
var loose = regexp.MustCompile(`^(MAIL FROM|RCPT TO):[^<]`)

func converse(c net.Conn, stage, line string) {
	usual := map[string]string{
		"": "220 mx.example.com", "EHLO": "250-mx.example.com\r\n250-SIZE 20000\r\n250 AUTH PLAIN", "AUTH": "235 ok", "DATA": "354 go on", "QUIT": "221 bye",
	}
	say := func(at string) bool {
		words := usual[at]
		if words == "" {
			words = "250 ok"
		}
		if at == stage {
			words = line
		}
		if words == "" {
			return false
		}
		_, err := io.WriteString(c, words+"\r\n")
		return err == nil
	}
	if !say("") {
		return
	}
	data := false
	for lines := bufio.NewScanner(c); lines.Scan(); {
		heard := strings.ToUpper(lines.Text())
		switch {
		case data && heard != ".":
			continue
		case data:
			data = false
			if !say(".") {
				return
			}
			continue
		}
		at := "other"
		for _, s := range append(stages[1:], "QUIT") {
			if strings.HasPrefix(heard, s) {
				at = s
			}
		}
		if loose.MatchString(heard) {
			io.WriteString(c, "555 5.5.2 Syntax error\r\n")
			continue
		}
		if !say(at) {
			return
		}
		data = at == "DATA" && stage != "DATA"
	}
}

func signedIn(addr string) *Sender {
	return &Sender{
		Addr: addr, TLS: Plain, Helo: "desk.example.com", Timeout: 20 * time.Second,
		User: "desk", Password: func(context.Context) (string, error) { return "correct horse", nil },
	}
}

// TestEveryStageFailsInEveryWay: a server puts off, refuses, goes away or hangs up
// at each line. What it refused for good before it heard of the mail is not the
// mail's fault; what broke after the end of DATA is unknown, and nothing else is.
func TestEveryStageFailsInEveryWay(t *testing.T) {
	for _, stage := range stages {
		before := stage == "" || stage == "EHLO" || stage == "AUTH"
		for line, want := range map[string]Error{
			"451 4.7.1 greylisted, try again in 120 seconds": {Outcome: Temporary, Code: 451, Server: before, After: 2 * time.Minute},
			"550 5.7.1 no": {Outcome: Permanent, Code: 550, Server: before},
			"550 5.4.5 Daily user sending limit exceeded": {Outcome: Temporary, Code: 550, Server: before},
			"421 4.3.2 shutting down":                     {Outcome: Temporary, Code: 421, Server: true},
			"530 5.7.0 authentication required":           {Outcome: Temporary, Code: 530, Server: true, SignIn: true},
			"535 5.7.8 bad credentials":                   {Outcome: Permanent, Code: 535, Server: before, SignIn: before},
			"":                                            {Outcome: Temporary, Server: before},
		} {
			if before {
				want.Outcome = Temporary
			}
			if stage == "." && line == "" {
				want.Outcome = Unknown
			}
			if stage == "EHLO" && line != "" {
				continue // HELO is tried in its place (RFC 5321 §3.2), and there is no AUTH
			}
			failure, ok := errors.AsType[*Error](signedIn(scripted(t, stage, line)).Send(t.Context(), answer()))
			if !ok {
				t.Errorf("%q at %q: it was sent", line, stage)
				continue
			}
			if failure.Outcome != want.Outcome || failure.Code != want.Code || failure.Server != want.Server || failure.SignIn != want.SignIn || failure.After != want.After {
				t.Errorf("%q at %q: %+v, want %+v", line, stage, failure, want)
			}
		}
	}
}

// TestWordsForPeople: what the server said, each refusal, and nothing of our steps.
func TestWordsForPeople(t *testing.T) {
	for stage, want := range map[string]string{"": "550 5.7.1 no", "RCPT TO": "550 5.7.1 no; 550 5.7.1 no", ".": "550 5.7.1 no"} {
		a := answer()
		a.Cc = []Address{{"", "tobias@example.com"}}
		failure, ok := errors.AsType[*Error](signedIn(scripted(t, stage, "550 5.7.1 no.")).Send(t.Context(), a))
		if !ok || failure.Words() != want {
			t.Errorf("at %q: %q", stage, failure.Words())
		}
	}
	endless := &Error{Err: &textproto.Error{Code: 554, Msg: strings.Repeat("no\r\n\x00never ", 1000)}}
	if words := endless.Words(); len([]rune(words)) != wordsMost || strings.ContainsAny(words, "\r\n\x00") {
		t.Errorf("%q", words)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	failure, _ := errors.AsType[*Error](signedIn(l.Addr().String()).Send(t.Context(), answer()))
	if words := failure.Words(); words == "" || strings.Contains(words, "127.0.0.1") {
		t.Errorf("nobody listens: %q", words)
	}
}

func TestAServerThatDoesAsItShould(t *testing.T) {
	s := signedIn(scripted(t, "none", ""))
	if err := s.Send(t.Context(), answer()); err != nil {
		t.Error(err)
	}
	if err := s.Check(t.Context(), "desk@example.com"); err != nil {
		t.Error(err)
	}
}

// TestAMailThatIsTooLargeIsNotTransferred: the server said how much it takes.
func TestAMailThatIsTooLargeIsNotTransferred(t *testing.T) {
	a := answer()
	a.Attachments = []Attachment{{Name: "plan.pdf", Data: make([]byte, 30_000)}}
	failure, ok := errors.AsType[*Error](signedIn(scripted(t, "MAIL FROM", "550 it was begun all the same")).Send(t.Context(), a))
	if !ok || failure.Outcome != Permanent || failure.Code != 0 || !strings.Contains(failure.Error(), "takes 0.0 MB; send the files in several mails") {
		t.Errorf("%+v", failure)
	}
}

// TestATLSFaultIsTheServers: the mail waits until somebody has mended it, and its
// words never go over an open line.
func TestATLSFaultIsTheServers(t *testing.T) {
	for title, c := range map[string]struct {
		offered TLSMode
		edit    func(*Sender)
	}{
		"a certificate nobody vouches for": {StartTLS, func(s *Sender) { s.TLSConfig = &tls.Config{} }},
		"the same, from the first byte":    {Implicit, func(s *Sender) { s.TLSConfig = &tls.Config{} }},
		"another one's certificate":        {StartTLS, func(s *Sender) { s.TLSConfig.ServerName = "mx.example.org" }},
		"no STARTTLS":                      {Plain, func(s *Sender) { s.TLS = StartTLS }},
		"TLS spoken to a plain port":       {Plain, func(s *Sender) { s.TLS = Implicit }},
	} {
		r := receive(t, c.offered)
		s := r.sender(c.offered)
		c.edit(s)
		failure, ok := errors.AsType[*Error](s.Send(t.Context(), answer()))
		if !ok || failure.Outcome != Temporary || !failure.Server || failure.SignIn || len(r.got()) != 0 {
			t.Errorf("%s: %+v", title, failure)
		}
	}
}

// TestAGrantThatWasTakenBack: whoever keeps it says so, and no server is asked.
func TestAGrantThatWasTakenBack(t *testing.T) {
	r := receive(t, StartTLS)
	s := r.sender(StartTLS)
	revoked := errors.New("the grant was taken back")
	s.User, s.Token = "desk", func(context.Context) (string, error) { return "", revoked }
	failure, ok := errors.AsType[*Error](s.Send(t.Context(), answer()))
	if !ok || failure.Outcome != Temporary || !failure.Server || !failure.SignIn || !errors.Is(failure, revoked) {
		t.Errorf("%+v", failure)
	}
}
