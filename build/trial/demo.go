package main

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// answerText is what is answered to a mail that arrived.
const answerText = "Thank you, we have it and will call you back within the hour."

// newMail is what is on the screen of a demo while mails arrive.
type newMail struct {
	*stage
	window *window
	number string // of one that a mail opened
}

// playDemo opens the window on the invented company, as `make demo` does, and
// wants mails to become tickets in sight, and an answer to one to leave.
func playDemo(ctx context.Context, s *stage) error {
	m := &newMail{stage: s}
	return s.perform(ctx,
		act{"the window opens on the invented company", m.open},
		act{"its past is told", m.told},
		act{"mails become tickets in sight", m.arrive},
		act{"one of them is opened, with its mail in the thread", m.read},
		act{"it is answered, and the answer leaves", m.answer},
		act{"pictures in both themes", func(ctx context.Context) error { return m.window.pictures(ctx, "ticket") }},
		act{"a queue of the past stands with a ticket open, in both themes", m.queue},
		act{"the window closes, and another process finds the answer on the disk", m.reread},
	)
}

func (m *newMail) open(ctx context.Context) (err error) {
	if m.window, err = m.openWindow(ctx, m.path("profile"), "--demo"); err != nil {
		return err
	}
	if err := m.window.do(ctx, keys{in: anyTicket}); err != nil {
		return err
	}
	return m.picture(ctx, "opening")
}

func (m *newMail) told(ctx context.Context) error {
	_, err := m.window.see(ctx, ".status-bar:not(:has(.status-notice))", "")
	return err
}

// arrive waits for the sign over the list that says how many are new, and lets
// them in.
func (m *newMail) arrive(ctx context.Context) error {
	if err := m.window.command(ctx, "Open Unassigned"); err != nil {
		return err
	}
	if err := m.window.do(ctx, keys{in: ".pane-where h1", see: "Unassigned"}, keys{in: anyTicket}); err != nil {
		return err
	}
	if err := m.picture(ctx, "before"); err != nil {
		return err
	}
	if err := m.window.do(ctx, keys{in: ".pane-where .pill", see: "3 new"}); err != nil {
		return err
	}
	if err := m.picture(ctx, "arriving"); err != nil {
		return err
	}
	if err := m.window.command(ctx, "Show the new tickets"); err != nil {
		return err
	}
	if _, err := m.window.see(ctx, ".pane-where:not(:has(.pill))", ""); err != nil {
		return err
	}
	return m.picture(ctx, "after")
}

var ticketNumber = regexp.MustCompile(`(INC|REQ)\d{7}`)

func (m *newMail) read(ctx context.Context) error {
	if err := m.window.do(ctx,
		keys{press: []string{"Home"}, in: ".queue-row[data-cursor=true]"},
		keys{press: []string{"Return"}, in: ".ticket-top", see: "by mail"},
		keys{in: ".message[data-kind=requester]"},
	); err != nil {
		return err
	}
	top, err := m.window.see(ctx, ".ticket-top", "by mail")
	if m.number = ticketNumber.FindString(top); err == nil && m.number == "" {
		return fmt.Errorf("no number stands in %q", top)
	}
	return err
}

func (m *newMail) answer(ctx context.Context) error {
	return m.window.do(ctx,
		keys{press: []string{"r"}, in: ".composer[data-kind=reply] textarea:focus"},
		keys{write: answerText, in: ".composer textarea", see: answerText},
		keys{press: []string{"ctrl+Return"}, in: ".message[data-kind=reply]", see: answerText},
		keys{in: ".message[data-kind=reply][data-waiting=false]", see: answerText},
	)
}

func (m *newMail) queue(ctx context.Context) error {
	if err := m.window.command(ctx, "Open Workplace"); err != nil {
		return err
	}
	err := m.window.do(ctx,
		keys{in: ".pane-where h1", see: "Workplace"},
		keys{in: ".queue-row[data-cursor=true]"},
		keys{press: []string{"Return"}, in: ".thread .message"},
	)
	if err != nil {
		return err
	}
	return m.window.pictures(ctx, "queue")
}

func (m *newMail) reread(ctx context.Context) error {
	if err := m.window.close(ctx); err != nil {
		return err
	}
	disk, err := m.start(ctx, "replica", "--dir", m.path("profile"), "--no-mail")
	if err != nil {
		return err
	}
	var found []row
	if err := disk.call(ctx, "Search/Find", map[string]any{"query": m.number, "limit": 1}, &found); err != nil {
		return err
	}
	if len(found) != 1 || !strings.EqualFold(found[0].Number, m.number) {
		return errors.New(m.number + " is not on the disk")
	}
	t, err := disk.ticket(ctx, found[0].ID)
	if err == nil && !t.has("reply", answerText) {
		err = fmt.Errorf("the answer is not on the disk: %+v", t)
	}
	return errors.Join(err, disk.stop())
}
