package desk

import (
	"strings"
	"testing"
	"time"
)

func TestWhatOfAMailboxIsWorthARecord(t *testing.T) {
	noon := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	told := Mailbox{ID: "m", Address: "desk@example.com", State: MailboxWatching, LastPoll: noon, At: noon}
	after := func(change func(*Mailbox)) Mailbox { m := told; change(&m); return m }
	stopped := after(func(m *Mailbox) { m.State, m.Problem, m.Reason = MailboxStopped, ProblemSignIn, "wrong password" })
	counted := after(func(m *Mailbox) { m.Today = 3 })
	polled := after(func(m *Mailbox) { m.LastPoll = noon.Add(time.Minute) })
	retrying := after(func(m *Mailbox) { m.State, m.Problem = MailboxRetrying, ProblemNetwork })
	held := after(func(m *Mailbox) { m.WaitsFor = WaitRest })
	bounded := after(func(m *Mailbox) { m.Most.Minute = 30 })
	trying := after(func(m *Mailbox) { m.State, m.Problem = MailboxConnecting, ProblemNetwork })
	for _, c := range []struct {
		name        string
		before, now Mailbox
		rested      time.Duration
		want        bool
	}{
		{"the first word of it", Mailbox{}, told, 0, true},
		{"nothing new", told, told, time.Hour, false},
		{"it stopped", told, stopped, 2 * time.Second, true},
		{"it stopped at once", told, stopped, time.Second, false},
		{"answers wait for a rest", told, held, 2 * time.Second, true},
		{"another rate", told, bounded, 2 * time.Second, true},
		{"a count", told, counted, time.Minute, true},
		{"a count too soon", told, counted, 59 * time.Second, false},
		{"a poll", told, polled, 4 * time.Minute, false},
		{"a sign of life", told, polled, 5 * time.Minute, true},
		{"the next try begins", retrying, trying, time.Hour, false},
		{"the next try held", retrying, told, 2 * time.Second, true},
	} {
		if got := c.now.Tells(c.before, noon.Add(c.rested)); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func TestEveryProblemHasAWayOut(t *testing.T) {
	for _, p := range []MailboxProblem{ProblemSignIn, ProblemThrottled, ProblemNetwork, ProblemProtocol, ProblemDelivery} {
		m := Mailbox{State: MailboxStopped, Problem: p}
		if m.WayOut() == "" || !m.NeedsPerson() {
			t.Errorf("%s: %q", p, m.WayOut())
		}
	}
	if m := (Mailbox{Problem: ProblemSignIn, SignIn: "Google"}); !strings.Contains(m.WayOut(), "holdalld mail connect") {
		t.Errorf("of a provider: %q", m.WayOut())
	}
	for _, c := range []struct {
		m    Mailbox
		says string
	}{
		{Mailbox{Stored: true, SignIn: "Google"}, "none of its mail is read"},
		{Mailbox{Sends: true, SignIn: SignInPassword}, "no answer leaves"},
		{Mailbox{Sends: true, SignIn: "Google"}, "holdalld mail connect"},
		{Mailbox{Sends: true, SignIn: "Google", Stored: true}, "no answer leaves"},
	} {
		c.m.Problem = ProblemSignIn
		if out := c.m.WayOut(); !strings.Contains(out, c.says) || c.m.Stored && strings.Contains(out, "holdalld") {
			t.Errorf("%+v: %q", c.m, out)
		}
	}
	if s := (Mailbox{Sends: true, State: MailboxWatching}).Standing(); s != "Sending" {
		t.Errorf("a server for answers is called %q", s)
	}
	for _, reason := range []WaitReason{WaitRate, WaitRest} {
		if m := (Mailbox{Sends: true, WaitsFor: reason}); m.Holds() == "" || m.NeedsPerson() {
			t.Errorf("%s: %q", reason, m.Holds())
		}
	}
	if m := (Mailbox{State: MailboxWatching}); m.Holds() != "" || m.WayOut() != "" || m.NeedsPerson() {
		t.Error("a mailbox that is well asks for somebody")
	}
	for s, word := range mailboxStates {
		if s.String() != word || word == "" {
			t.Errorf("%s is called %q", s, s.String())
		}
	}
}
