package app

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"holdall/desk"
)

// TestRulesAreSavedInTheirOrder: every field comes back as it was given, blank
// words left out; another team's view of the settings is not overwritten.
func TestRulesAreSavedInTheirOrder(t *testing.T) {
	p := soloPage(t)
	team := got(p.directory.Options()).or(t).Teams[0].ID
	v := got(p.mailboxes.Rules()).or(t)
	if !v.MaySave || len(v.Rules) != 0 {
		t.Fatalf("%+v", v)
	}
	rules := []MailboxRule{
		{Name: "Monitoring", When: []MailTest{{In: "sender", Like: []string{"*@monitor.example"}}}, Events: true, EventKey: `host (\S+)`,
			EventWell: []MailTest{{In: "subject", Like: []string{"*OK*"}}}, TeamID: team, Labels: []string{}},
		{Name: "Printers", Mailbox: "*desk*", When: []MailTest{{In: "header", Header: "X-Site", Like: []string{"north", "south"}, Not: true}}, EventWell: []MailTest{},
			OfVIP: true, Kind: "request", Category: "Hardware", Impact: 1, Urgency: 2, Labels: []string{"printer"}, VIP: true, Last: true},
	}
	sent := RulesRequest{Rules: append([]MailboxRule{}, rules...)}
	sent.Rules[1].Labels = []string{" printer ", ""}
	must(t, p.mailboxes.SaveRules(sent))
	now := got(p.mailboxes.Rules()).or(t)
	if !reflect.DeepEqual(now.Rules, rules) {
		t.Errorf("%+v", now.Rules)
	}
	if must(t, p.mailboxes.SaveRules(RulesRequest{})); len(got(p.mailboxes.Rules()).or(t).Rules) != 2 {
		t.Error("an older view took the rules")
	}
	p.settled()
	must(t, p.mailboxes.SaveRules(RulesRequest{Saw: now.Rules, Rules: []MailboxRule{now.Rules[1], now.Rules[0]}}))
	if again := got(p.mailboxes.Rules()).or(t); again.Rules[0].Name != "Printers" {
		t.Errorf("%+v", again.Rules)
	}
}

func TestARuleThatCannotBeIsRefusedByItsName(t *testing.T) {
	p := soloPage(t)
	for _, c := range []struct {
		rule MailboxRule
		says string
	}{
		{MailboxRule{}, "needs a name"},
		{MailboxRule{Name: "News", Ignore: "News"}, `"News" would ignore every mail`},
		{MailboxRule{Name: "Why", When: []MailTest{{In: "sender", Like: []string{"a"}}}, Ignore: " "}, `"Why" says not why`},
		{MailboxRule{Name: "All", Events: true, EventKey: "x"}, `"All" takes events from anybody`},
		{MailboxRule{Name: "Key", When: []MailTest{{In: "sender", Like: []string{"a"}}}, Events: true, EventKey: "("}, "no regular expression"},
		{MailboxRule{Name: "Odd", When: []MailTest{{In: "subject", Like: []string{" "}}}}, "says not what for"},
		{MailboxRule{Name: "Team", TeamID: "nobody"}, "nobody"},
	} {
		err := p.mailboxes.SaveRules(RulesRequest{Rules: []MailboxRule{c.rule}})
		if desk.CodeOf(err) != desk.CodeValidation || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%q: %v", c.says, err)
		}
	}
	if rules := got(p.mailboxes.Rules()).or(t).Rules; len(rules) != 0 {
		t.Errorf("a refusal saved %+v", rules)
	}
}

// TestTwoAdminsChangeRules at once: what each changed by itself stands, whatever
// else of the settings moved; where both changed one rule, the later is told, and
// keeps the words (SPEC P80).
func TestTwoAdminsChangeRules(t *testing.T) {
	o := newOffice(t)
	for _, p := range []*desk.Person{&o.ana, &o.ben} {
		p.Roles = append(p.Roles, desk.RoleAdmin)
		o.does(desk.PersonPut, "", *p)
	}
	ana, ben := o.laptopOf(o.ana), o.laptopOf(o.ben)
	rule := func(name, kind string) MailboxRule { return MailboxRule{Name: name, Kind: kind} }
	names := func(l *laptop) (list []string) {
		for _, r := range got(l.mailboxes.Rules()).or(t).Rules {
			list = append(list, r.Name+" "+r.Kind)
		}
		return list
	}
	are := func(l *laptop, want ...string) {
		t.Helper()
		l.until(strings.Join(want, ", "), func() bool { return slices.Equal(names(l), want) })
	}
	for _, l := range []*laptop{ana, ben} {
		l.until("may change them", func() bool { return got(l.mailboxes.Rules()).or(t).MaySave })
	}
	must(t, ana.mailboxes.SaveRules(RulesRequest{Rules: []MailboxRule{rule("Printers", "request")}}))
	are(ben, "Printers request")
	saw := got(ben.mailboxes.Rules()).or(t).Rules
	must(t, ben.changeSettings(func(ws *desk.Workspace) error { ws.ReopenDays++; return nil }))
	must(t, ana.mailboxes.SaveRules(RulesRequest{Saw: saw, Rules: append(saw, rule("Phones", "incident"))}))
	are(ben, "Printers request", "Phones incident")
	must(t, ben.mailboxes.SaveRules(RulesRequest{Saw: saw, Rules: append([]MailboxRule{rule("Doors", "incident")}, saw...)}))
	for _, l := range []*laptop{ana, ben} {
		are(l, "Doors incident", "Printers request", "Phones incident")
	}
	must(t, ana.mailboxes.SaveRules(RulesRequest{Saw: saw, Rules: []MailboxRule{rule("Printers", "incident")}}))
	are(ben, "Doors incident", "Printers incident", "Phones incident")
	err := ben.mailboxes.SaveRules(RulesRequest{Saw: saw, Rules: nil})
	if desk.CodeOf(err) != desk.CodeWorkflow || !strings.Contains(err.Error(), "mailbox rules") {
		t.Errorf("a rule was taken away that somebody had changed: %v", err)
	}
	are(ana, "Doors incident", "Printers incident", "Phones incident")
}

func TestAnAgentSavesNoRules(t *testing.T) {
	o := newOffice(t)
	ana := o.laptopOf(o.ana)
	v := got(ana.mailboxes.Rules()).or(t)
	if err := ana.mailboxes.SaveRules(RulesRequest{Rules: []MailboxRule{{Name: "Mine", Kind: "request"}}}); v.MaySave || desk.CodeOf(err) != desk.CodePerm {
		t.Errorf("%v, %v", v.MaySave, err)
	}
}
