package app

import (
	"reflect"
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
	sent := RulesRequest{Rev: v.Rev, Rules: append([]MailboxRule{}, rules...)}
	sent.Rules[1].Labels = []string{" printer ", ""}
	must(t, p.mailboxes.SaveRules(sent))
	now := got(p.mailboxes.Rules()).or(t)
	if !reflect.DeepEqual(now.Rules, rules) {
		t.Errorf("%+v", now.Rules)
	}
	if err := p.mailboxes.SaveRules(RulesRequest{Rev: v.Rev}); desk.CodeOf(err) != desk.CodeWorkflow || len(got(p.mailboxes.Rules()).or(t).Rules) != 2 {
		t.Errorf("an older view took the rules: %v", err)
	}
	p.settled()
	must(t, p.mailboxes.SaveRules(RulesRequest{Rev: got(p.mailboxes.Rules()).or(t).Rev, Rules: []MailboxRule{now.Rules[1], now.Rules[0]}}))
	if again := got(p.mailboxes.Rules()).or(t); again.Rules[0].Name != "Printers" {
		t.Errorf("%+v", again.Rules)
	}
}

func TestARuleThatCannotBeIsRefusedByItsName(t *testing.T) {
	p := soloPage(t)
	rev := got(p.mailboxes.Rules()).or(t).Rev
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
		err := p.mailboxes.SaveRules(RulesRequest{Rev: rev, Rules: []MailboxRule{c.rule}})
		if desk.CodeOf(err) != desk.CodeValidation || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%q: %v", c.says, err)
		}
	}
	if rules := got(p.mailboxes.Rules()).or(t).Rules; len(rules) != 0 {
		t.Errorf("a refusal saved %+v", rules)
	}
}

func TestAnAgentSavesNoRules(t *testing.T) {
	o := newOffice(t)
	ana := o.laptopOf(o.ana)
	v := got(ana.mailboxes.Rules()).or(t)
	if err := ana.mailboxes.SaveRules(RulesRequest{Rev: v.Rev, Rules: []MailboxRule{{Name: "Mine", Kind: "request"}}}); v.MaySave || desk.CodeOf(err) != desk.CodePerm {
		t.Errorf("%v, %v", v.MaySave, err)
	}
}
