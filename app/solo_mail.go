package app

import (
	"context"
	"sync"
	"time"

	"holdall/mail/mailbox"
	"holdall/sync/hub/mailroom"
)

// soloMail is the mailroom of the hub inside. Its mailbox can be named, changed
// and taken away while the hub works.
type soloMail struct {
	mu      sync.Mutex
	address string         // that people write to
	room    *mailroom.Room // nil: no mailbox is named
	stop    func()
}

// begin lets a mailroom work in place of the one before it.
func (m *soloMail) begin(address string, room *mailroom.Room) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.close()
	ctx, cancel := context.WithCancel(context.Background())
	var working sync.WaitGroup
	working.Go(func() { room.Run(ctx) })
	m.address, m.room, m.stop = address, room, func() { cancel(); working.Wait() }
}

// end lets what is under way come to its end.
func (m *soloMail) end() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.close()
}

func (m *soloMail) close() {
	if m.stop != nil {
		m.stop()
	}
	m.address, m.room, m.stop = "", nil, nil
}

// status is how the mailbox does; the address is empty where none is read.
func (m *soloMail) status() (address string, status mailbox.Status) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.room == nil || len(m.room.Boxes()) == 0 {
		return "", status
	}
	return m.address, m.room.Boxes()[0].Source.Status()
}

// receive opens a mailroom for an address.
func (h *soloHub) receive(ctx context.Context, address string, settings mailroom.Settings) error {
	workspace, err := h.server.Found(ctx, "", time.Now())
	if err != nil {
		return err
	}
	room, err := mailroom.New(ctx, h.server, workspace, settings, h.app.log)
	if err != nil {
		return err
	}
	h.mail.begin(address, room)
	return nil
}

// mailbox is the address this workspace reads the mail of itself, and a sentence
// that says what keeps it from that.
func (ws *workspace) mailbox() (address, problem string) {
	if ws.inside == nil {
		return "", ""
	}
	address, status := ws.inside.mail.status()
	if status.LastError != "" {
		problem = "The mailbox " + address + " cannot be read: " + status.LastError + "."
	}
	return address, problem
}
