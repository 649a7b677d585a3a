package desk

import (
	"regexp"
	"slices"
	"strings"
)

// MailboxRule says what a mail becomes that belongs to no ticket yet. Rules are
// asked in their order; what an earlier one set stands, and labels add up. They
// lie in the workspace as one list, for their order is half of what they mean.
type MailboxRule struct {
	Name    string     `json:"name"`
	Mailbox string     `json:"mailbox,omitempty"` // a pattern for the account; empty: every mailbox
	When    []MailTest `json:"when,omitempty"`    // all must hold; none: every mail
	OfVIP   bool       `json:"of_vip,omitempty"`  // and only mails of a requester who is marked VIP

	Ignore string     `json:"ignore,omitempty"` // why its mails are no work: they stay in the list of mails with this reason
	Event  *MailEvent `json:"event,omitempty"`  // its mails come from a monitoring system

	Kind     TicketKind `json:"kind,omitempty"`
	Team     TeamID     `json:"team,omitempty"`
	Service  ServiceID  `json:"service,omitempty"`
	Category string     `json:"category,omitempty"`
	Impact   Level      `json:"impact,omitempty"` // with Urgency it makes the priority
	Urgency  Level      `json:"urgency,omitempty"`
	Labels   []string   `json:"labels,omitempty"`
	VIP      bool       `json:"vip,omitempty"`  // whoever writes is marked VIP
	Last     bool       `json:"last,omitempty"` // no rule below it is asked
}

// MailPart is what of a mail a test looks at.
type MailPart string

const (
	PartSender    MailPart = "sender"
	PartRecipient MailPart = "recipient" // any of To, Cc and where it was delivered: desk+printer@example.com
	PartSubject   MailPart = "subject"
	PartHeader    MailPart = "header" // any field of the name Header
	PartBody      MailPart = "body"
)

// MailTest holds if a part of the mail is like one of the patterns.
type MailTest struct {
	In     MailPart `json:"in"`
	Header string   `json:"header,omitempty"`
	Like   []string `json:"like"` // * stands for anything, in any case of letters
	Not    bool     `json:"not,omitempty"`
}

// MailEvent makes the mails of a monitoring system events (ITIL: event). Key is
// a regular expression (RE2) over the subject, a line end and the text: its
// groups, or without any the whole match, name what is ill.
type MailEvent struct {
	Key  string     `json:"key"`
	Well []MailTest `json:"well"` // any of them holds for a recovery
}

// MailFacts is what the rules see of a mail. Names of header fields are in lower
// case.
type MailFacts struct {
	Mailbox    string
	Sender     string
	Recipients []string
	Subject    string
	Headers    map[string][]string
	Body       string
	VIP        bool // its sender is a requester who is marked so
}

// MailRuling is what the rules say of a mail. Rules are the names of those that
// held, each with what it did, in their order.
type MailRuling struct {
	MailboxRule
	Rules []string
}

// JudgeMail asks the rules what a mail becomes.
func JudgeMail(rules []MailboxRule, f MailFacts) MailRuling {
	var r MailRuling
	for _, rule := range rules {
		if !rule.holds(f) {
			continue
		}
		did := r.take(rule)
		f.VIP = f.VIP || r.VIP
		r.Rules = append(r.Rules, "“"+rule.Name+"” "+said(did))
		if rule.Last || r.Ignore != "" || r.Event != nil {
			break
		}
	}
	return r
}

func said(did []string) string {
	if len(did) == 0 {
		return "changed nothing more"
	}
	return "set its " + strings.Join(did, ", ")
}

// take adds what a rule sets and nothing before it has, and says what that was.
func (r *MailRuling) take(rule MailboxRule) (did []string) {
	set := func(what string, wanted bool) bool {
		if wanted {
			did = append(did, what)
		}
		return wanted
	}
	if rule.Ignore != "" || rule.Event != nil {
		r.Name, r.Ignore, r.Event = rule.Name, rule.Ignore, rule.Event
	}
	if set("kind", r.Kind == "" && rule.Kind != "") {
		r.Kind = rule.Kind
	}
	if set("team", r.Team == "" && rule.Team != "") {
		r.Team = rule.Team
	}
	if set("service", r.Service == "" && rule.Service != "") {
		r.Service = rule.Service
	}
	if set("category", r.Category == "" && rule.Category != "") {
		r.Category = rule.Category
	}
	if set("impact", r.Impact == 0 && rule.Impact != 0) {
		r.Impact = rule.Impact
	}
	if set("urgency", r.Urgency == 0 && rule.Urgency != 0) {
		r.Urgency = rule.Urgency
	}
	if set("labels", len(rule.Labels) > 0) {
		r.Labels = append(r.Labels, rule.Labels...)
	}
	if set("requester’s VIP mark", !r.VIP && rule.VIP) {
		r.VIP = true
	}
	return did
}

func (rule MailboxRule) holds(f MailFacts) bool {
	if rule.OfVIP && !f.VIP || rule.Mailbox != "" && !like(f.Mailbox, rule.Mailbox) {
		return false
	}
	return !slices.ContainsFunc(rule.When, func(t MailTest) bool { return !t.Holds(f) })
}

// Holds reports whether the mail passes the test.
func (t MailTest) Holds(f MailFacts) bool {
	return t.Not != slices.ContainsFunc(t.parts(f), func(s string) bool {
		return slices.ContainsFunc(t.Like, func(pattern string) bool { return like(s, pattern) })
	})
}

func (t MailTest) parts(f MailFacts) []string {
	switch t.In {
	case PartSender:
		return []string{f.Sender}
	case PartRecipient:
		return f.Recipients
	case PartSubject:
		return []string{f.Subject}
	case PartHeader:
		return f.Headers[strings.ToLower(t.Header)]
	case PartBody:
		return []string{f.Body}
	}
	return nil
}

// like matches a whole text with a pattern in time proportional to the text,
// whatever the pattern: each piece between two stars is looked for once.
func like(s, pattern string) bool {
	s, pattern = strings.ToLower(s), strings.ToLower(pattern)
	first, rest, starred := strings.Cut(pattern, "*")
	s, ok := strings.CutPrefix(s, first)
	if !starred || !ok {
		return ok && s == ""
	}
	pieces := strings.Split(rest, "*")
	last := len(pieces) - 1
	for _, piece := range pieces[:last] {
		if _, s, ok = strings.Cut(s, piece); !ok {
			return false
		}
	}
	return strings.HasSuffix(s, pieces[last])
}

// KeyOf is what of the mail names the thing that is ill; ok is false if the
// mail names none.
func (e MailEvent) KeyOf(f MailFacts) (key string, ok bool) {
	pattern, err := regexp.Compile(e.Key)
	if err != nil {
		return "", false
	}
	groups := pattern.FindStringSubmatch(f.Subject + "\n" + f.Body)
	if groups == nil {
		return "", false
	}
	if len(groups) > 1 {
		groups = groups[1:]
	}
	key = strings.Join(strings.Fields(strings.Join(groups, " ")), " ")
	return key, key != ""
}

// Recovered reports whether the mail says that all is well again.
func (e MailEvent) Recovered(f MailFacts) bool {
	return slices.ContainsFunc(e.Well, func(t MailTest) bool { return t.Holds(f) })
}

// check says what an admin has to correct in a rule.
func (rule MailboxRule) check(w *work) error {
	const field = "mailbox_rules"
	switch {
	case strings.TrimSpace(rule.Name) == "":
		return invalid(field, "A mailbox rule needs a name, by which its mails say why they stand where they stand.")
	case rule.Event != nil && rule.Ignore != "":
		return invalid(field, "The rule %q calls its mails an event and no work; it can do one of the two.", rule.Name)
	case rule.Ignore != "" && len(rule.When) == 0:
		return invalid(field, "The rule %q would ignore every mail; say which.", rule.Name)
	case rule.Event != nil && !senderNamed(rule.When):
		return invalid(field, "The rule %q takes events from anybody; it needs a test of the sender.", rule.Name)
	case rule.Kind != "" && rule.Kind != Incident && rule.Kind != Request:
		return invalid(field, "The rule %q makes a %q; it makes an incident or a request.", rule.Name, rule.Kind)
	case rule.Impact < 0 || rule.Impact > Levels || rule.Urgency < 0 || rule.Urgency > Levels:
		return invalid(field, "The rule %q has an impact or urgency that does not exist; choose 1 to %d.", rule.Name, Levels)
	}
	if rule.Event != nil {
		if _, err := regexp.Compile(rule.Event.Key); err != nil || rule.Event.Key == "" {
			return invalid(field, "The rule %q has no key for its events: %q is no regular expression (RE2).", rule.Name, rule.Event.Key)
		}
		if err := checkTests(rule.Name, rule.Event.Well); err != nil {
			return err
		}
	}
	if err := checkTests(rule.Name, rule.When); err != nil {
		return err
	}
	if err := w.refersTo(FieldTeam, string(rule.Team)); err != nil {
		return err
	}
	return w.refersTo(FieldService, string(rule.Service))
}

func senderNamed(tests []MailTest) bool {
	return slices.ContainsFunc(tests, func(t MailTest) bool { return t.In == PartSender && !t.Not })
}

func checkTests(rule string, tests []MailTest) error {
	for _, t := range tests {
		switch {
		case !slices.Contains([]MailPart{PartSender, PartRecipient, PartSubject, PartHeader, PartBody}, t.In):
			return invalid("mailbox_rules", "The rule %q tests %q; a mail has a sender, recipient, subject, header and body.", rule, t.In)
		case len(t.Like) == 0 || t.In == PartHeader && t.Header == "":
			return invalid("mailbox_rules", "The rule %q has a test of the %s that says not what for.", rule, t.In)
		}
	}
	return nil
}
