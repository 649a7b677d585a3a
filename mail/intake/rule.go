package intake

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"holdall/desk"
	"holdall/mail/message"
)

// rule asks the desk's mailbox rules. Of a sender that is not believed they take
// no event, for anybody could resolve an incident by it, and mark nobody VIP.
func (c *Converter) rule(ctx context.Context, e Entry, m *message.Message, s sender) (f desk.MailFacts, r desk.MailRuling, err error) {
	workspace, err := c.Sink.Workspace(ctx)
	if err != nil && !errors.Is(err, ErrUnknown) {
		return f, r, fmt.Errorf("read the mailbox rules: %w", err)
	}
	rules := workspace.MailboxRules
	if len(rules) == 0 {
		return f, r, nil
	}
	f, r = judge(rules, e, m, s)
	return f, r, nil
}

func judge(rules []desk.MailboxRule, e Entry, m *message.Message, s sender) (desk.MailFacts, desk.MailRuling) {
	f := facts(e, m, s)
	if s.doubt != "" {
		f.VIP = false
		rules = slices.DeleteFunc(slices.Clone(rules), func(r desk.MailboxRule) bool { return r.Event != nil || r.VIP })
	}
	return f, desk.JudgeMail(rules, f)
}

// facts is what the rules see of a mail.
func facts(e Entry, m *message.Message, s sender) desk.MailFacts {
	f := desk.MailFacts{
		Mailbox: e.Mail.Account, Sender: s.address.Email, Subject: m.Subject, Headers: headers(e.Mail.Bytes), Body: m.Text,
		VIP: s.requester.VIP,
	}
	for _, a := range slices.Concat(m.To, m.Cc) {
		f.Recipients = append(f.Recipients, a.Email)
	}
	for _, address := range m.Delivered {
		f.Recipients = append(f.Recipients, strings.Trim(address, " <>"))
	}
	return f
}

// ruled is the sentence that says which rules did what.
func ruled(r desk.MailRuling) string {
	if len(r.Rules) == 0 {
		return ""
	}
	return " By the mailbox rules: " + strings.Join(r.Rules, "; ") + "."
}

// open makes the ticket of a mail as the rules say.
func (b *builder) open(p place, requester desk.RequesterID, r desk.MailRuling) {
	b.mutate(desk.TicketCreate, p.ticket, desk.CreateTicket{
		Kind: orElse(orElse(r.Kind, b.c.Kind), desk.Incident), Title: title(b.m), Source: desk.SourceMail, Requester: requester,
		Team: orElse(r.Team, b.c.Team), Service: orElse(r.Service, b.c.Service), Category: r.Category,
		Impact: r.Impact, Urgency: r.Urgency, RelatedTo: p.related,
	})
	if len(r.Labels) > 0 {
		b.mutate(desk.TicketLabel, p.ticket, desk.LabelTicket{AddLabels: r.Labels})
	}
}
