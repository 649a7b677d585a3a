package hub

import (
	"context"
	"net/http"
	"time"

	"holdall/desk"
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

// AnswersHealth is how many replies are on their way out, and what the first of
// those that wait waits for.
type AnswersHealth struct {
	Queued  int             `json:"queued,omitempty"`
	Waiting int             `json:"waiting,omitempty"`
	Unknown int             `json:"unknown,omitempty"`
	Problem desk.WaitReason `json:"problem,omitempty"`
	Copies  int             `json:"copies,omitempty"` // owed to the mailbox of sent mails
}

func answersHealth(tx *store.CentralTx) (h AnswersHealth, err error) {
	counts, err := tx.CountReplies()
	if err != nil {
		return h, err
	}
	h.Queued, h.Waiting, h.Unknown = counts[desk.DeliveryQueued]+counts[desk.DeliverySending], counts[desk.DeliveryWaiting], counts[desk.DeliveryUnknown]
	first, err := tx.Replies(desk.DeliveryWaiting, 1)
	if err != nil {
		return h, err
	}
	if len(first) > 0 && first[0].Wait != nil {
		h.Problem = first[0].Wait.For
	}
	h.Copies, err = tx.CountCopies()
	return h, err
}

// alive says 200 when the database can be read, else 503.
func (w *Web) alive(rw http.ResponseWriter, r *http.Request) error {
	ctx, cancel := context.WithTimeout(r.Context(), healthWait)
	defer cancel()
	health := struct {
		Status    string          `json:"status"`
		Database  string          `json:"database"`
		Mailboxes []MailboxHealth `json:"mailboxes"`
		Answers   AnswersHealth   `json:"answers"`
	}{"ok", "ok", []MailboxHealth{}, AnswersHealth{}}
	status := http.StatusOK
	err := w.store.View(ctx, func(tx *store.CentralTx) (err error) {
		health.Answers, err = answersHealth(tx)
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
