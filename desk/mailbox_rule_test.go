package desk

import (
	"slices"
	"strings"
	"testing"
)

func TestAPatternMatchesTheWholeText(t *testing.T) {
	for _, c := range []struct {
		s, pattern string
		want       bool
	}{
		{"mira@example.com", "mira@example.com", true}, {"Mira@Example.com", "*@EXAMPLE.com", true},
		{"mira@example.com.evil.example", "*@example.com", false}, {"xmira@example.com", "mira@*", false},
		{"desk+printer@example.com", "*+printer@*", true}, {"desk@example.com", "*+printer@*", false},
		{"the printer jams", "*printer*", true}, {"printer", "*printer*", true}, {"aba", "ab*ba", false}, {"abba", "ab*ba", true},
		{"", "*", true}, {"", "", true}, {"x", "", false}, {"abc", "a*b*c", true}, {"acb", "a*b*c", false},
		{"Störung ÄÖÜ", "störung äöü", true}, {"anything", "**", true},
	} {
		if got := like(c.s, c.pattern); got != c.want {
			t.Errorf("%q like %q: %v", c.s, c.pattern, got)
		}
	}
}

var printerMail = MailFacts{
	Mailbox: "support@example.com", Sender: "mira@example.com", Recipients: []string{"desk@example.com", "support+printer@example.com"},
	Subject: "The printer is dead", Headers: map[string][]string{"x-site": {"Husum"}}, Body: "It smokes.\nHelp!",
}

func TestATestLooksAtOnePart(t *testing.T) {
	for _, c := range []struct {
		test MailTest
		want bool
	}{
		{MailTest{In: PartSender, Like: []string{"x", "mira@*"}}, true},
		{MailTest{In: PartSender, Like: []string{"*printer*"}}, false},
		{MailTest{In: PartRecipient, Like: []string{"*+printer@*"}}, true},
		{MailTest{In: PartSubject, Like: []string{"*PRINTER*"}}, true},
		{MailTest{In: PartHeader, Header: "X-Site", Like: []string{"husum"}}, true},
		{MailTest{In: PartHeader, Header: "X-Other", Like: []string{"*"}}, false},
		{MailTest{In: PartHeader, Header: "X-Other", Like: []string{"*"}, Not: true}, true},
		{MailTest{In: PartBody, Like: []string{"*smokes*help*"}}, true},
		{MailTest{In: PartBody, Like: []string{"*smokes*"}, Not: true}, false},
		{MailTest{In: "colour", Like: []string{"*"}}, false},
	} {
		if got := c.test.Holds(printerMail); got != c.want {
			t.Errorf("%+v: %v", c.test, got)
		}
	}
}

func TestTheRulesAreAskedInTheirOrder(t *testing.T) {
	printer := MailTest{In: PartSubject, Like: []string{"*printer*"}}
	r := JudgeMail([]MailboxRule{
		{Name: "elsewhere", Mailbox: "sales@*", Team: "sales"},
		{Name: "not this", When: []MailTest{printer, {In: PartSender, Like: []string{"x"}}}, Team: "x"},
		{Name: "boss", When: []MailTest{{In: PartSender, Like: []string{"mira@*"}}}, VIP: true, Labels: []string{"board"}},
		{Name: "hurry", OfVIP: true, Urgency: 1},
		{Name: "print", When: []MailTest{printer}, Mailbox: "*@example.com", Team: "print", Kind: Request, Labels: []string{"hardware"}},
		{Name: "later", Team: "late", Impact: 2, Service: "paper", Category: "Printing", Last: true},
		{Name: "never", Labels: []string{"never"}},
	}, printerMail)
	if r.Team != "print" || r.Kind != Request || r.Urgency != 1 || r.Impact != 2 || r.Service != "paper" || r.Category != "Printing" || !r.VIP || !slices.Equal(r.Labels, []string{"board", "hardware"}) {
		t.Errorf("%+v", r)
	}
	want := "“boss” set its labels, requester’s VIP mark; “hurry” set its urgency; “print” set its kind, team, labels; “later” set its service, category, impact"
	if got := strings.Join(r.Rules, "; "); got != want {
		t.Errorf("it says %s", got)
	}
}

func TestAnIgnoredMailIsAskedNoFurther(t *testing.T) {
	r := JudgeMail([]MailboxRule{
		{Name: "advertising", When: []MailTest{{In: PartSubject, Like: []string{"*dead"}}}, Ignore: "Advertising."},
		{Name: "all", Team: "x"},
	}, printerMail)
	if r.Ignore != "Advertising." || r.Name != "advertising" || r.Team != "" {
		t.Errorf("%+v", r)
	}
}

func TestAnEventNamesWhatIsIll(t *testing.T) {
	e := MailEvent{Key: `(?:PROBLEM|OK): (\S+) is .* on (\S+)`, Well: []MailTest{{In: PartSubject, Like: []string{"ok:*"}}}}
	for _, c := range []struct {
		subject, key string
		ok, well     bool
	}{
		{"PROBLEM: disk is full on web01", "disk web01", true, false},
		{"OK: disk is fine on web01", "disk web01", true, true},
		{"Your weekly report", "", false, false},
	} {
		f := MailFacts{Subject: c.subject}
		if key, ok := e.KeyOf(f); key != c.key || ok != c.ok || e.Recovered(f) != c.well {
			t.Errorf("%s: %q, %v, well %v", c.subject, key, ok, e.Recovered(f))
		}
	}
	if key, ok := (MailEvent{Key: `host \w+`}).KeyOf(MailFacts{Body: "The host  web01 is down: host web02"}); !ok || key != "host web02" {
		t.Errorf("the whole match is %q, %v", key, ok)
	}
	if _, ok := (MailEvent{Key: "("}).KeyOf(MailFacts{Subject: "("}); ok {
		t.Error("a broken expression names something")
	}
}

func TestAMailboxRuleIsChecked(t *testing.T) {
	all := []MailTest{{In: PartSender, Like: []string{"*"}}}
	for _, c := range []struct {
		rule MailboxRule
		part string
	}{
		{MailboxRule{Team: "alpha"}, "needs a name"},
		{MailboxRule{Name: "r", Ignore: "spam"}, "ignore every mail"},
		{MailboxRule{Name: "r", When: all, Ignore: "spam", Event: &MailEvent{Key: "x"}}, "one of the two"},
		{MailboxRule{Name: "r", Event: &MailEvent{Key: "x"}}, "from anybody"},
		{MailboxRule{Name: "r", When: all, Event: &MailEvent{Key: "("}}, "no regular expression"},
		{MailboxRule{Name: "r", When: all, Event: &MailEvent{}}, "no regular expression"},
		{MailboxRule{Name: "r", When: all, Event: &MailEvent{Key: "x", Well: []MailTest{{In: PartBody}}}}, "says not what for"},
		{MailboxRule{Name: "r", Kind: "change"}, "an incident or a request"},
		{MailboxRule{Name: "r", Urgency: 4}, "choose 1 to 3"},
		{MailboxRule{Name: "r", When: []MailTest{{In: "colour", Like: []string{"red"}}}}, "a mail has a sender"},
		{MailboxRule{Name: "r", When: []MailTest{{In: PartHeader, Like: []string{"x"}}}}, "says not what for"},
		{MailboxRule{Name: "r", Team: "none"}, "no such team"},
		{MailboxRule{Name: "r", Service: "none"}, "no such service"},
	} {
		w := newWorld(t)
		ws := NewWorkspace("test", "Test")
		ws.MailboxRules = []MailboxRule{c.rule}
		e, err := w.try(w.as("admin"), WorkspacePut, "", ws)
		refused(t, e, err, CodeValidation, c.part)
	}
	w := newWorld(t)
	ws := NewWorkspace("test", "Test")
	ws.MailboxRules = []MailboxRule{{Name: "r", When: all, Team: "alpha", Event: &MailEvent{Key: "x", Well: all}}}
	w.do(w.as("admin"), WorkspacePut, "", ws)
	e, err := w.try(w.as("ana"), WorkspacePut, "", ws)
	refused(t, e, err, CodePerm, "Only an admin")
}
