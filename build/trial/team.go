package main

import (
	"context"
	"fmt"
	"strings"
)

// The words of the play. The titles are endings, written behind what stands.
const (
	noteText    = "Rang back: it began on Monday, after the update."
	replyText   = "Good morning, we are looking at it and will call you before noon."
	trainNote   = "Written on the train: the spare part lies in room 112."
	trainReply  = "The spare part is here. May we come to your room at two?"
	elifsReply  = "Please keep the program open, a new build arrives tonight."
	draftText   = "And one more thing"
	newTitle    = " (again)"
	mirasTitle  = " in room 112"
	elifsTitle  = " after standby"
	anyTicket   = ".queue-row[data-ticket]"
	ticketTitle = ".ticket-title button"
)

// morning is the play while it is performed.
type morning struct {
	*stage
	*office
	window *window
	title  string // of the ticket, as Mira last saved it
}

// playTeam is a morning of Mira Sommer in the real window: she signs in to the
// team's hub, works a ticket by keyboard, loses the network, returns into a
// conflict and decides it. Afterwards another process opens what is on her disk.
func playTeam(ctx context.Context, s *stage) error {
	m := &morning{stage: s}
	return s.perform(ctx,
		act{"a hub is founded, mails are tickets, Elif sorts them", m.begin},
		act{"the window opens and Mira signs in", m.signIn},
		act{"the list stands, in both themes", func(ctx context.Context) error { return m.window.pictures(ctx, "list") }},
		act{"she finds a ticket and opens it", m.open},
		act{"she changes its title and its priority in place", m.edit},
		act{"she adds a note and writes a reply", m.compose},
		act{"all of it has reached the hub", m.arrived},
		act{"the ticket stands, in both themes", func(ctx context.Context) error { return m.window.pictures(ctx, "ticket") }},
		act{"the network is gone, and she works on", m.offline},
		act{"Elif changes the same fields at the hub", m.meanwhile},
		act{"what waits stands on its page, in both themes", m.unsent},
		act{"the network is back, and the conflict stands in the tray beside her held reply", m.conflict},
		act{"she decides each field by key, and sends the reply after all", m.decide},
		act{"she leaves a draft and closes the window", m.leave},
		act{"another process finds it all on her disk", m.reread},
	)
}

func (m *morning) begin(ctx context.Context) (err error) {
	if m.office, err = m.openOffice(ctx); err != nil {
		return err
	}
	err = m.arrange(ctx)
	m.title = m.ticket.Title
	return err
}

func (m *morning) signIn(ctx context.Context) (err error) {
	if m.window, err = m.openWindow(ctx, m.path("mira")); err != nil {
		return err
	}
	return m.window.do(ctx,
		keys{in: "input[autocomplete=url]:focus"},
		keys{write: m.cable.url(), in: "input[autocomplete=url]", see: m.cable.url()},
		keys{press: []string{"Tab"}, in: "input[autocomplete=username]:focus"},
		keys{write: miraMail, in: "input[autocomplete=username]", see: miraMail},
		keys{press: []string{"Tab"}, in: "input[type=password]:focus"},
		keys{write: password, in: "input[type=password]", see: password},
		keys{press: []string{"Return"}, in: anyTicket},
		keys{in: ".sync-chip", see: "Online"},
	)
}

// open goes to all tickets, narrows the list to the number and opens the one
// that is left.
func (m *morning) open(ctx context.Context) error {
	if err := m.window.command(ctx, "Open All tickets"); err != nil {
		return err
	}
	return m.window.do(ctx,
		keys{in: ".pane-where h1", see: "All tickets"},
		keys{press: []string{"slash"}, in: ".queue-filter input:focus"},
		keys{write: m.ticket.Number, in: ".queue-row[data-cursor=true]", see: m.ticket.Number},
		keys{press: []string{"Return"}},
		keys{press: []string{"Return"}, in: ticketTitle, see: m.title},
	)
}

// retitle writes an ending behind the title, where it stands.
func (m *morning) retitle(ctx context.Context, ending string) error {
	if err := m.window.command(ctx, "Change the title"); err != nil {
		return err
	}
	before := m.title
	m.title += ending
	return m.window.do(ctx,
		keys{in: ".ticket-title textarea:focus", see: before},
		keys{press: []string{"End"}, write: ending},
		keys{press: []string{"Return"}, in: ticketTitle, see: m.title},
	)
}

func (m *morning) edit(ctx context.Context) error {
	if err := m.retitle(ctx, newTitle); err != nil {
		return err
	}
	return m.window.do(ctx,
		keys{press: []string{"p"}, in: ".matrix-cell:focus"},
		keys{press: []string{"Up", "Left", "Left", "Return"}, in: ".properties", see: "2 × 1"},
	)
}

func (m *morning) compose(ctx context.Context) error {
	return m.window.do(ctx,
		keys{press: []string{"n"}, in: ".composer[data-kind=note] textarea:focus"},
		keys{write: noteText, in: ".composer textarea", see: noteText},
		keys{press: []string{"ctrl+Return"}, in: ".message[data-kind=note]", see: noteText},
		keys{press: []string{"r"}, in: ".composer[data-kind=reply] textarea:focus"},
		keys{write: replyText, in: ".composer textarea", see: replyText},
		keys{press: []string{"ctrl+Return"}, in: ".message[data-kind=reply]", see: replyText},
	)
}

// arrived asks Elif's laptop: what it shows has been to the hub.
func (m *morning) arrived(ctx context.Context) error {
	return until(ctx, "Elif sees title, note and reply", func() (bool, error) {
		t, err := m.elif.ticket(ctx, m.ticket.ID)
		return t.Row.Title == m.title && t.has("note", noteText) && t.has("reply", replyText), err
	})
}

func (m *morning) offline(ctx context.Context) error {
	m.cable.pull()
	if err := m.window.do(ctx, keys{in: ".sync-chip", see: "Offline"}); err != nil {
		return err
	}
	if err := m.retitle(ctx, mirasTitle); err != nil {
		return err
	}
	return m.window.do(ctx,
		keys{press: []string{"i"}, in: ".properties", see: "Mira Sommer"},
		keys{press: []string{"n"}, in: ".composer[data-kind=note] textarea:focus"},
		keys{write: trainNote},
		keys{press: []string{"ctrl+Return"}, in: ".message[data-kind=note]", see: trainNote},
		keys{press: []string{"r"}, in: ".composer[data-kind=reply] textarea:focus"},
		keys{write: trainReply},
		keys{press: []string{"ctrl+Return"}, in: ".message[data-kind=reply][data-waiting=true]", see: trainReply},
		keys{in: ".sync-chip", see: "3 waiting"}, // both fields are one change
	)
}

// meanwhile lets Elif set two fields that Mira set too, one that she did not, and
// answer the customer.
func (m *morning) meanwhile(ctx context.Context) error {
	for field, value := range map[string]string{"title": m.ticket.Title + newTitle + elifsTitle, "assignee": m.elifID, "category": "Mail › Mailbox"} {
		if err := m.elif.patch(ctx, m.ticket.ID, field, value); err != nil {
			return err
		}
	}
	reply := map[string]string{"ticketId": m.ticket.ID, "kind": "reply", "text": elifsReply}
	if err := m.elif.call(ctx, "Compose/Send", reply, nil); err != nil {
		return err
	}
	return m.elif.sent(ctx)
}

func (m *morning) unsent(ctx context.Context) error {
	if err := m.window.do(ctx, keys{press: []string{"g", "o"}, in: ".outbox-list", see: trainNote}); err != nil {
		return err
	}
	return m.window.pictures(ctx, "unsent")
}

func (m *morning) conflict(ctx context.Context) error {
	m.cable.plug()
	err := m.window.do(ctx,
		keys{press: []string{"F5"}, in: ".sync-chip", see: "to decide"},
		keys{press: []string{"g", "x"}, in: ".clash", see: m.ticket.Title + newTitle + elifsTitle},
		keys{in: ".clash", see: m.title},
		keys{in: ".held", see: trainReply},
		keys{in: ".held", see: elifsReply},
	)
	if err != nil {
		return err
	}
	return m.window.pictures(ctx, "conflict")
}

// decide takes her own title and Elif as the assignee, whichever comes first.
func (m *morning) decide(ctx context.Context) error {
	first, err := m.window.see(ctx, "[data-current=true]", "1 of 2")
	if err != nil {
		return err
	}
	choices := []string{"2", "1"}
	if strings.HasPrefix(first, "Title") {
		choices = []string{"1", "2"}
	}
	return m.window.do(ctx,
		keys{press: choices[:1], in: "[data-current=true]", see: "2 of 2"},
		keys{press: choices[1:], in: ".clash-foot", see: "Apply 2 of 2"},
		keys{press: []string{"Return"}, in: ".tray-body:not(:has(.clash)) .held", see: trainReply},
		keys{press: []string{"ctrl+Return"}, in: ".empty", see: "Nothing waits for your choice"},
	)
}

func (m *morning) leave(ctx context.Context) error {
	err := until(ctx, "Elif sees what Mira decided", func() (bool, error) {
		t, err := m.elif.ticket(ctx, m.ticket.ID)
		return t.Row.Title == m.title && t.Row.Assignee.Name == "Elif Arslan" && t.has("note", trainNote) && t.has("reply", trainReply), err
	})
	if err != nil {
		return err
	}
	m.cable.pull() // from here on only her disk can know
	err = m.window.do(ctx,
		keys{press: []string{"ctrl+k"}, in: "[role=dialog] input:focus"},
		keys{write: "#" + m.ticket.Number, in: "[role=option][aria-selected=true]", see: m.ticket.Number},
		keys{press: []string{"Return"}, in: ticketTitle, see: m.title},
		keys{press: []string{"r"}, in: ".composer[data-kind=reply] textarea:focus"},
		keys{write: draftText},
		keys{press: []string{"Escape"}, in: ".composer-saved", see: "Saved"},
	)
	if err != nil {
		return err
	}
	return m.window.close(ctx)
}

// reread opens the profile with another program and without a network.
func (m *morning) reread(ctx context.Context) error {
	disk, err := m.start(ctx, "replica", "--dir", m.path("mira"))
	if err != nil {
		return err
	}
	t, err := disk.ticket(ctx, m.ticket.ID)
	if err != nil {
		return err
	}
	for what, held := range map[string]bool{
		"the title she decided":    t.Row.Title == m.title,
		"the assignee she decided": t.Row.Assignee.Name == "Elif Arslan",
		"the priority she chose":   t.Row.Priority == 2,
		"her note":                 t.has("note", noteText),
		"her reply":                t.has("reply", replyText),
		"her note from the train":  t.has("note", trainNote),
		"the reply she sent on":    t.has("reply", trainReply),
		"her draft":                len(t.Drafts) == 1 && t.Drafts[0].Text == draftText,
	} {
		if !held {
			return fmt.Errorf("%s is not on the disk: %+v", what, t)
		}
	}
	return disk.stop()
}
