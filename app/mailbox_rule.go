package app

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"holdall/desk"
	"holdall/store"
)

// Rules are the mailbox rules as this device knows them.
func (m *Mailboxes) Rules() (RulesView, error) {
	v := RulesView{Rules: []MailboxRule{}, Mailboxes: []string{}}
	err := m.app.look(func(l *lens) error {
		settings, err := l.tx.Workspace()
		if err != nil && !errors.Is(err, desk.ErrUnknown) {
			return err
		}
		v.MaySave = l.actor.CanConfigure() == nil
		if v.Pending, err = l.unsentSettings("mailbox_rules"); err != nil {
			return err
		}
		for _, r := range settings.MailboxRules {
			v.Rules = append(v.Rules, showRule(r))
		}
		boxes, err := l.mailboxes()
		for _, b := range boxes {
			if !b.Sends {
				v.Mailboxes = append(v.Mailboxes, b.Address)
			}
		}
		return err
	})
	return v, err
}

// unsentSettings reports whether only this device has a setting as it stands here.
func (l *lens) unsentSettings(name desk.Setting) (bool, error) {
	whole, err := l.unsentNamed(desk.WorkspacePut)
	if err != nil || len(whole) > 0 {
		return len(whole) > 0, err
	}
	unsent, err := l.unsentNamed(desk.WorkspacePatch)
	return slices.ContainsFunc(unsent, func(e store.OutboxEntry) bool {
		var a desk.PatchWorkspace
		return json.Unmarshal(e.Mutation.Args, &a) == nil && a.Set[name] != nil
	}), err
}

// SaveRules puts rules in place of those the person saw, each by itself: what
// somebody else changed meanwhile stays as that one left it (SPEC P80). The desk's
// own check says in a sentence what has to be corrected.
func (m *Mailboxes) SaveRules(r RulesRequest) error {
	for _, rule := range r.Rules {
		if rule.Ignore != "" && strings.TrimSpace(rule.Ignore) == "" {
			return desk.Refuse(desk.CodeValidation, "The rule %q says not why its mails are no work; they stay in the list of mails with that reason.", rule.Name)
		}
	}
	err := m.app.changeSeen(func(saw *desk.Workspace) {
		saw.MailboxRules = each(r.Saw, ruleOf)
	}, func(want *desk.Workspace) error {
		want.MailboxRules = each(r.Rules, ruleOf)
		return nil
	})
	if err == nil {
		m.app.signals.emit(TopicMailbox, "")
	}
	return err
}

// TryRules tells what rules would have made of the newest mails, saved or not. It
// changes nothing.
func (m *Mailboxes) TryRules(r RulesRequest) (RuleTrial, error) {
	v := RuleTrial{Mails: []TriedMail{}}
	ws, err := m.app.workspace()
	if err != nil {
		return v, err
	}
	t, err := ws.hub.TryRules(ws.ctx, each(r.Rules, ruleOf))
	if err != nil {
		return v, err
	}
	v.Read, v.Asked, v.Matched = t.Read, t.Asked, len(t.Mails)
	err = m.app.look(func(l *lens) error {
		for _, mail := range t.Mails[:min(len(t.Mails), triedMost)] {
			ticket, err := l.pointer(mail.Ticket)
			if err != nil {
				return err
			}
			v.Mails = append(v.Mails, showTried(mail, ticket))
		}
		return nil
	})
	return v, err
}

// triedMost bounds what a page is given.
const triedMost = 100

func showTried(m desk.TriedMail, ticket Pointer) TriedMail {
	v := TriedMail{From: m.From.Email, Subject: m.Subject, ReceivedAt: instant(m.ReceivedAt), Ticket: ticket, Says: upperFirst(strings.Join(m.Rules, "; ")) + "."}
	if m.From.Name != "" {
		v.From = m.From.Name + " <" + m.From.Email + ">"
	}
	switch {
	case m.Ignore != "":
		v.Becomes = "No work: " + m.Ignore
	case m.Well:
		v.Becomes = "An event that says all is well: " + m.Event
	case m.Event != "":
		v.Becomes = "An event of monitoring: " + m.Event
	default:
		v.Becomes = "A ticket"
	}
	return v
}

func showRule(r desk.MailboxRule) MailboxRule {
	v := MailboxRule{
		Name: r.Name, Mailbox: r.Mailbox, When: showTests(r.When), OfVIP: r.OfVIP, Ignore: r.Ignore, EventWell: []MailTest{},
		Kind: string(r.Kind), TeamID: string(r.Team), ServiceID: string(r.Service), Category: r.Category,
		Impact: int(r.Impact), Urgency: int(r.Urgency), Labels: append([]string{}, r.Labels...), VIP: r.VIP, Last: r.Last,
	}
	if r.Event != nil {
		v.Events, v.EventKey, v.EventWell = true, r.Event.Key, showTests(r.Event.Well)
	}
	return v
}

func ruleOf(v MailboxRule) desk.MailboxRule {
	r := desk.MailboxRule{
		Name: strings.TrimSpace(v.Name), Mailbox: strings.TrimSpace(v.Mailbox), When: testsOf(v.When), OfVIP: v.OfVIP, Ignore: strings.TrimSpace(v.Ignore),
		Kind: desk.TicketKind(v.Kind), Team: desk.TeamID(v.TeamID), Service: desk.ServiceID(v.ServiceID), Category: v.Category,
		Impact: desk.Level(v.Impact), Urgency: desk.Level(v.Urgency), Labels: spoken(v.Labels), VIP: v.VIP, Last: v.Last,
	}
	if v.Events {
		r.Event = &desk.MailEvent{Key: strings.TrimSpace(v.EventKey), Well: testsOf(v.EventWell)}
	}
	return r
}

func showTests(tests []desk.MailTest) []MailTest {
	list := []MailTest{}
	for _, t := range tests {
		list = append(list, MailTest{In: string(t.In), Header: t.Header, Like: append([]string{}, t.Like...), Not: t.Not})
	}
	return list
}

func testsOf(views []MailTest) []desk.MailTest {
	var list []desk.MailTest
	for _, v := range views {
		list = append(list, desk.MailTest{In: desk.MailPart(v.In), Header: strings.TrimSpace(v.Header), Like: spoken(v.Like), Not: v.Not})
	}
	return list
}

// spoken are the words of a list that say something.
func spoken(words []string) []string {
	var list []string
	for _, w := range words {
		if w = strings.TrimSpace(w); w != "" {
			list = append(list, w)
		}
	}
	return list
}
