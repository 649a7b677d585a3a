package desk

import (
	"cmp"
	"fmt"
	"net/mail"
	"slices"
	"strings"
)

// A public message goes to whom an agent confirmed: To and Cc of a mail make
// nobody a follower by themselves, they are proposed (ReplyAll) and looked at.
const (
	RecipientsMost = 50  // of a message, To and Cc together
	RecipientsMany = 5   // from here on a person is asked to look twice
	AddressMost    = 254 // bytes of an address (RFC 5321 §4.5.3.1.3)
)

// ParseRecipients reads addresses as people type and paste them: with or
// without names, parted by commas, semicolons or line ends.
func ParseRecipients(text string) ([]Address, error) {
	var list []Address
	for _, part := range partRecipients(text) {
		parsed, err := mail.ParseAddress(part)
		if err != nil {
			return nil, notAnAddress(part)
		}
		a := Address{Name: strings.Join(strings.Fields(parsed.Name), " "), Email: parsed.Address}
		if err := a.check(); err != nil {
			return nil, err
		}
		list = append(list, a)
	}
	return list, nil
}

// partRecipients cuts at the marks between addresses that stand in no quotes.
func partRecipients(text string) (parts []string) {
	quoted := false
	for _, part := range strings.FieldsFunc(text, func(r rune) bool {
		if r == '"' {
			quoted = !quoted
		}
		return r == '\n' || r == '\r' || !quoted && (r == ',' || r == ';')
	}) {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}

func notAnAddress(text string) *Error {
	return invalid("recipients", "%q is no mail address; write it as name@example.com.", text)
}

func longAddress(f Field) *Error {
	return invalid(f, "The mail address is longer than the %d bytes a mail server takes; correct it.", AddressMost)
}

// check refuses what cannot stand on an envelope (RFC 5321 §4.5.3.1.3) and
// whatever could begin a line of its own in a header.
func (a Address) check() error {
	parsed, err := mail.ParseAddress("<" + a.Email + ">")
	if err != nil || parsed.Address != a.Email || len(a.Email) > AddressMost {
		return notAnAddress(a.Email)
	}
	if strings.ContainsFunc(a.Name+a.Email, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return invalid("recipients", "The name of %s has a line end in it; write it in one line.", a.Email)
	}
	return nil
}

// Is reports whether two addresses are one mailbox. By the letter of RFC 5321
// §2.4 case matters in a local part, and to nobody's mailbox.
func (a Address) Is(email string) bool { return strings.EqualFold(a.Email, strings.TrimSpace(email)) }

func holds(list []Address, email string) bool {
	return slices.ContainsFunc(list, func(a Address) bool { return a.Is(email) })
}

// CheckRecipients refuses a list that cannot be sent to, and takes out of it who
// stands there twice: whoever is in To is not in Cc.
func CheckRecipients(to, cc []Address) (once, copies []Address, err error) {
	for _, a := range to {
		if !holds(once, a.Email) {
			once = append(once, a)
		}
	}
	for _, a := range cc {
		if !holds(once, a.Email) && !holds(copies, a.Email) {
			copies = append(copies, a)
		}
	}
	for _, a := range slices.Concat(once, copies) {
		if err := a.check(); err != nil {
			return nil, nil, err
		}
	}
	if n := len(once) + len(copies); n > RecipientsMost {
		return nil, nil, Refuse(CodeQuota, "A message goes to at most %d people, and this one to %d; send it to a list of theirs instead.", RecipientsMost, n)
	}
	return once, copies, nil
}

// ReplyAll proposes whom an answer to a message reaches: its writer and all who
// got it, without the desk's own addresses and what is none. Where it names nobody,
// the ticket's requester stands for it. More than a message may go to are refused:
// an answer to some of them would look like one to all.
func ReplyAll(last Message, requester Address, own []string) (to, cc []Address, err error) {
	others := func(list []Address) []Address {
		return slices.DeleteFunc(slices.Clone(list), func(a Address) bool {
			return a.check() != nil || slices.ContainsFunc(own, a.Is)
		})
	}
	if last.From != nil && (last.Kind == FromRequester || last.Kind == AsideAnswer) {
		to = others([]Address{*last.From})
	}
	to = append(to, others(last.To)...)
	if len(to) == 0 && requester.Email != "" {
		to = []Address{requester}
	}
	return CheckRecipients(to, others(last.Cc))
}

// Circle is who is known around a ticket: what lies outside of it is named to
// whoever sends.
type Circle struct {
	Requester Requester
	Own       []string // the desk's own addresses
	People    []Person
}

// Cautions are the sentences a person should have read before a message leaves.
func (c Circle) Cautions(to, cc []Address) []string {
	all := slices.Concat(to, cc)
	if len(all) == 0 {
		return []string{"Nobody gets it yet: add an address."}
	}
	var said []string
	if asked := c.Requester; asked.Email != "" && !holds(all, asked.Email) {
		said = append(said, cmp.Or(asked.Name, asked.Email)+", who asked, does not get it.")
	}
	var outside []string
	for _, a := range all {
		if !c.knows(a) {
			outside = append(outside, a.Email)
		}
		if c.Requester.Undelivered && a.Is(c.Requester.Email) {
			said = append(said, "A mail to "+a.Email+" came back as undeliverable.")
		}
	}
	if len(outside) > 0 {
		said = append(said, "Outside your organisation: "+strings.Join(outside, ", ")+".")
	}
	if len(all) >= RecipientsMany {
		said = append(said, fmt.Sprintf("It goes to %d people.", len(all)))
	}
	return said
}

// CautionsBeside are those of a side conversation, whose readers are third parties
// and never who asked.
func (c Circle) CautionsBeside(to, cc []Address) []string {
	asked := c.Requester
	c.Requester = Requester{}
	said := c.Cautions(to, cc)
	if asked.Email != "" && holds(slices.Concat(to, cc), asked.Email) {
		said = append(said, cmp.Or(asked.Name, asked.Email)+" asked for this ticket and takes no part in its side conversations: take the address out.")
	}
	return said
}

// knows reports whether an address is the requester's, or of a domain from
// which the desk or its people write.
func (c Circle) knows(a Address) bool {
	domain := domainOf(a.Email)
	return a.Is(c.Requester.Email) ||
		slices.ContainsFunc(c.Own, func(own string) bool { return domainOf(own) == domain }) ||
		slices.ContainsFunc(c.People, func(p Person) bool { return !p.Disabled && domainOf(p.Email) == domain })
}

func domainOf(email string) string {
	return strings.ToLower(email[strings.LastIndexByte(email, '@')+1:])
}
