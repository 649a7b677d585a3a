package ordeal

import (
	"strings"
	"testing"

	"holdall/desk"
)

const (
	asker  = "annika@nordlicht-werke.example"
	vendor = "help@quartz.example"
	// quartz stands in every word of the side conversation, basalt in every word
	// with the requester: no mail that leaves has both.
	quartz = "quartz"
	basalt = "basalt"
)

// TestAThirdPartyIsAskedBesideTheRequester (SPEC R21, P79): an agent at a laptop
// asks a vendor about a requester's ticket, by way of a hub, a real mailbox and a
// mail server; the world outside answers in every way it knows, and the hub is
// killed at the commands by which a word beside leaves.
func TestAThirdPartyIsAskedBesideTheRequester(t *testing.T) {
	t.Run("SQLite", func(t *testing.T) {
		askBeside(t, func(t testing.TB) *hub { return sqliteHub(t, t.TempDir()) }, "MAIL", "RCPT", "DATA", ".")
	})
	t.Run("PostgreSQL", func(t *testing.T) { askBeside(t, postgresHub, "DATA", ".") })
}

func askBeside(t *testing.T, found func(testing.TB) *hub, commands ...string) {
	t.Parallel()
	e := sendOut(t, found(t))
	e.post(support, asker, "The belt stands still", "", "letter of "+basalt)
	e.ticket = e.arrives("letter").Ticket
	must(t, e.begin())
	e.write(e.draft, "ask for "+quartz)
	e.write("reply", "hold on for "+basalt)
	ask, hold := e.leaves("ask"), e.leaves("hold")

	number, reference := e.number(), "\nReferences: <"+ask.MailID+">"
	for _, c := range []struct {
		word, from, subject, more string
		kind                      desk.MessageKind
		held                      bool
		why                       string
	}{
		{"answer", vendor, "Re: Belt of " + quartz, reference, desk.AsideAnswer, false, "by our signature; " + vendor + " is one of its people"},
		{"plus", vendor, "One more thing", "\nDelivered-To: support+" + ask.MailID, desk.AsideAnswer, false, "by our signature; " + vendor + " is one of its people"},
		{"number", vendor, "Belt [" + number + "]", "", desk.AsideAnswer, false, "by [" + number + "] in its subject; it is the newest one that " + vendor + " takes part in"},
		{"stranger", "eve@example.org", "Re: Belt of " + quartz, reference, desk.AsideAnswer, true, "eve@example.org takes no part in the side conversation “Belt of " + quartz + "”"},
		{"thanks", asker, "Re: The belt stands still", "\nIn-Reply-To: <" + hold.MailID + ">", desk.FromRequester, false, "by our signature"},
	} {
		word := quartz
		if c.kind == desk.FromRequester {
			word = basalt
		}
		e.post(support, c.from, c.subject, c.more, c.word+" of "+word)
		m := e.arrives(c.word)
		if m.Kind != c.kind || m.Ticket != e.ticket || m.Suspect != c.held || !strings.Contains(m.Why, c.why) || m.Beside() != (string(m.Aside) == e.aside()) {
			t.Errorf("%s became %s %q on %s, held %v: %s", c.word, m.Kind, m.Aside, m.Ticket, m.Suspect, m.Why)
		}
		if a := e.side(); !c.held && m.Beside() && (a.Last != m.ID || !a.Awaits) {
			t.Errorf("after %s the side conversation is %+v", c.word, a)
		}
	}

	e.killedWhileItLeaves("again about "+quartz, commands...)
	e.bounces(ask)
	e.write("reply", "done with "+basalt)
	e.leaves("done")
	e.examine("ask", "again")
	e.h.process.stop()
}
