package app

import (
	"context"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"holdall/desk"
	"holdall/mail/mailbox"
	"holdall/sync/hub"
	"holdall/sync/hub/mailroom"
)

// soloKey is the file of the key that seals what signs in at the mailboxes of the
// hub inside. It has the name it has at a server, for the folder may become one's.
const soloKey = "hub.key"

// soloMail is the mailroom of the hub inside.
type soloMail struct {
	mu     sync.Mutex
	master *mailroom.Postmaster // nil: no mail is read yet
	stop   func()
}

// begin lets a mailroom work until end.
func (m *soloMail) begin(master *mailroom.Postmaster) {
	m.mu.Lock()
	defer m.mu.Unlock()
	ctx, cancel := context.WithCancel(context.Background())
	var working sync.WaitGroup
	working.Go(func() { master.Run(ctx) })
	m.master, m.stop = master, func() { cancel(); working.Wait() }
}

// end lets what is under way come to its end.
func (m *soloMail) end() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.stop != nil {
		m.stop()
	}
	m.master, m.stop = nil, nil
}

func (m *soloMail) boxes() []mailroom.Box {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.master == nil {
		return nil
	}
	return m.master.Room().Boxes()
}

// ownMailbox is why the invented company connects no other.
const ownMailbox = "The invented company has its own mailbox; open a workspace of your own to connect yours."

// tend lets admins tend the mailboxes; those of the invented company are its own.
func (h *soloHub) tend(web *hub.Web) *hub.Web {
	h.mail.mu.Lock()
	defer h.mail.mu.Unlock()
	if h.mail.master == nil {
		return web
	}
	tending := h.mail.master.Tending()
	if h.invented() {
		tending.Connect = func(context.Context, desk.MailboxConnection) error { return desk.Refuse(desk.CodeWorkflow, ownMailbox) }
	}
	return web.Tending(tending)
}

// receive opens a mailroom.
func (h *soloHub) receive(ctx context.Context, settings mailroom.Settings) error {
	workspace, err := h.server.Found(ctx, "", time.Now())
	if err != nil {
		return err
	}
	vault := func() (*hub.Vault, error) {
		key, err := hub.Key(filepath.Join(h.dir, soloKey))
		if err != nil {
			return nil, err
		}
		return hub.NewVault(h.central, key)
	}
	master, err := mailroom.NewPostmaster(ctx, h.server, workspace, settings, vault, h.app.log)
	if err != nil {
		return err
	}
	master.Changed = func() { h.app.signals.emit(TopicSession, "") }
	h.mail.begin(master)
	return nil
}

// mailbox is the addresses this workspace reads the mail of itself, and a sentence
// that says what keeps it from that.
func (ws *workspace) mailbox() (addresses, problem string) {
	if ws.inside == nil {
		return "", ""
	}
	var all []string
	for _, box := range ws.inside.mail.boxes() {
		all = append(all, box.Address)
		if s := box.Source.Status(); s.LastError != "" && s.Class != mailbox.ClassAuth { // a refusal stands over everything
			problem = "The mailbox " + box.Address + " cannot be read: " + s.LastError + "."
		}
	}
	return strings.Join(all, ", "), problem
}
