package intake

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"holdall/desk"
	"holdall/mail/message"
)

// sender is who wrote a mail, as far as the desk knows. Only From counts:
// Reply-To is whatever the writer likes.
type sender struct {
	address   desk.Address
	requester desk.Requester // zero for someone new
	agent     desk.Person    // zero for anyone who does not work here
	ours      bool           // one of the desk's own addresses
	doubt     string         // why From is not believed, else empty
	guise     string         // what its name pretends: to be told, but no ground to turn it away
	vouched   bool           // its domain stands by the mail
}

// known reports whether its address is one that can be written to.
func (s sender) known() bool { return reachable(s.address.Email) }

func reachable(email string) bool {
	return strings.Contains(email, "@") && len(email) <= desk.AddressMost
}

// guise tells of a name that shows an address which is not the sender's: most
// programs show the name alone. Another address at the same place is none.
func guise(a message.Address) string {
	_, own, _ := strings.Cut(fold(a.Email), "@")
	for _, shown := range shownAddress.FindAllStringSubmatch(a.Name, -1) {
		if place := fold(shown[1]); place != own && !strings.HasSuffix(own, "."+place) && !strings.HasSuffix(place, "."+own) {
			return "its name shows an address at " + place + ", and it came from " + a.Email
		}
	}
	return ""
}

var shownAddress = regexp.MustCompile(`[@＠﹫]((?:[\pL\d-]+\.)+\pL{2,})`)

// name is how a sentence calls the sender.
func (s sender) name() string {
	if s.address.Email == "" {
		return "a sender without an address"
	}
	return s.address.Email
}

func (c *Converter) sender(ctx context.Context, mail Mail, m *message.Message) (sender, error) {
	s := sender{address: desk.Address{Name: m.From.Name, Email: m.From.Email}, guise: guise(m.From)}
	switch {
	case !soleFrom(mail.Bytes) || len(m.Authors) > 1:
		s.doubt = "it does not name one sender"
	case disowned(m.AuthenticationResults, c.AuthServIDs):
		s.doubt = "the sender’s domain disowns it (DMARC)"
	default:
		s.vouched = vouched(m.AuthenticationResults, c.AuthServIDs)
	}
	if !s.known() {
		return s, nil
	}
	s.ours = slices.ContainsFunc(c.Own, func(own string) bool { return fold(own) == fold(s.address.Email) })
	var err error
	if s.requester, err = c.Sink.RequesterByEmail(ctx, s.address.Email); err != nil && !errors.Is(err, ErrUnknown) {
		return s, fmt.Errorf("look up requester %s: %w", s.address.Email, err)
	}
	person, err := c.Sink.PersonByEmail(ctx, s.address.Email)
	if err != nil && !errors.Is(err, ErrUnknown) {
		return s, fmt.Errorf("look up person %s: %w", s.address.Email, err)
	}
	if err == nil && desk.PrincipalOf(person, "").Works() {
		s.agent = person
	}
	return s, nil
}

// accepted says why the sender may write on the ticket, or "" if not: the
// requester, an agent, or someone an agent added; of a duplicate that was merged
// into it, all of these too. Being in To or Cc is no ground.
func (c *Converter) accepted(ctx context.Context, s sender, found candidate) (string, error) {
	as, err := c.partIn(ctx, s, found.ticket)
	if err != nil || as != "" || found.named.ID == found.ticket.ID {
		return as, err
	}
	if as, err = c.partIn(ctx, s, found.named); as != "" {
		as = strings.Replace(as, "its", "the", 1) + " of " + string(found.named.Number) + ", which was merged into it"
	}
	return as, err
}

func (c *Converter) partIn(ctx context.Context, s sender, t desk.Ticket) (string, error) {
	switch {
	case s.doubt != "" || !s.known():
		return "", nil
	case t.Requester != "" && s.requester.ID == t.Requester:
		return "its requester", nil
	case s.agent.ID != "":
		return "an agent", nil
	}
	added, err := c.Sink.Participant(ctx, t.ID, s.address.Email)
	if err != nil {
		return "", fmt.Errorf("look up the people on %s: %w", t.Number, err)
	}
	if added {
		return "someone an agent added", nil
	}
	return "", nil
}
