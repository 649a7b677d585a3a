package hub

import (
	"context"
	"net/http"
	"time"

	"holdall/store"
)

// healthWait is how long the database may take to answer.
const healthWait = 5 * time.Second

// MailboxHealth is how a mailbox does, without saying whose it is: anybody who
// reaches the hub may ask.
type MailboxHealth struct {
	Mailbox  string    `json:"mailbox"`
	State    string    `json:"state"`
	Problem  string    `json:"problem,omitempty"` // the class of the last error
	LastPoll time.Time `json:"last_poll,omitzero"`
	// How an import or a catch-up goes on.
	Waiting   int     `json:"waiting,omitempty"`   // mails on the server, not fetched yet
	Rate      float64 `json:"rate,omitempty"`      // mails a second
	Remaining float64 `json:"remaining,omitempty"` // seconds
}

// alive says 200 when the database can be read, else 503.
func (w *Web) alive(rw http.ResponseWriter, r *http.Request) error {
	ctx, cancel := context.WithTimeout(r.Context(), healthWait)
	defer cancel()
	health := struct {
		Status    string          `json:"status"`
		Database  string          `json:"database"`
		Mailboxes []MailboxHealth `json:"mailboxes"`
	}{"ok", "ok", []MailboxHealth{}}
	status := http.StatusOK
	err := w.store.View(ctx, func(tx *store.CentralTx) error {
		_, err := tx.Epoch()
		return err
	})
	if err != nil {
		w.log.Error("read the database", "error", err)
		health.Status, health.Database, status = "failing", "unreachable", http.StatusServiceUnavailable
	}
	if w.health != nil {
		health.Mailboxes = append(health.Mailboxes, w.health()...)
	}
	write(rw, status, health)
	return nil
}
