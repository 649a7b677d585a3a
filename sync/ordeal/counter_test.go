package ordeal

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"testing"

	"holdall/desk"
	"holdall/mail/mailbox/dovecot"
)

// counter is a mailbox of a desk that has several, with the mail server that takes
// what is answered there.
type counter struct {
	address string
	clerk   *clerk
	at      step // in the dialogues of whoever answers
}

// openCounter lets an address have mail; its mail server files what leaves among the
// sent mails when it likes to.
func openCounter(t testing.TB, box *dovecot.Server, address string, likes func() bool) *counter {
	must(t, box.AddUser(address, password))
	c := &counter{address: address, clerk: employ(t), at: goesOn}
	c.clerk.file = func(raw []byte) bool {
		does := likes()
		if does {
			must(t, box.Deliver(address, "Sent", raw))
		}
		return does
	}
	return c
}

var fromHeader = regexp.MustCompile(`(?im)^From:.*<([^>]+)>`)

// examine holds what its mail server took against the letters it was asked by, and
// against what the hub says of the answers: nothing else, each by the desk's id and
// to who asked, and once but for what examine of a single sender allows (SPEC P71).
func (c *counter) examine(t *testing.T, box *dovecot.Server, letters []*letter, at map[string]desk.Message, domain string) (n, doubled, cutOff int) {
	t.Helper()
	by := map[string]*letter{}
	for _, l := range letters {
		id := at[l.answer()].MailID
		if l.counter != c {
			if copies := copiesOf(t, box, c.address, id); copies > 0 {
				t.Errorf("%s stands %d times among the sent mails of %s, which did not send it", l.answer(), copies, c.address)
			}
			continue
		}
		n++
		by[id] = l
	}
	for id, list := range c.clerk.mails() {
		l, asked := by[id]
		if !asked || !strings.HasSuffix(id, "@"+domain) {
			t.Errorf("%s left by %s: %s", id, c.address, list[0].raw)
			continue
		}
		for _, m := range list {
			if m.from != c.address || named(fromHeader, string(m.raw)) != c.address || !slices.Equal(m.to, []string{l.writer()}) || !bytes.Contains(m.raw, []byte(l.answer())) {
				t.Errorf("%s of %s left from %s to %v: %s", l.answer(), c.address, m.from, m.to, m.raw)
			}
		}
	}
	doubled, cutOff = examine(t, c.clerk, n, box, c.address)
	return n, doubled, cutOff
}
