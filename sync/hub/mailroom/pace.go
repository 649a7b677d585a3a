package mailroom

import (
	"time"

	"holdall/mail/mailbox"
)

// pace is how quickly the mails of a mailbox become work. They are fetched more
// quickly than that, so the mail server's rate alone would promise too much.
type pace struct {
	at     time.Time // the ledger was counted
	unread int       // mails in it that were no work yet
	work   int       // mails that had become work, from any beginning
	rate   float64   // a second, between the last two counts; 0: not known
}

// count takes in a count of the ledger.
func (p *pace) count(status mailbox.Status, unread int, now time.Time) {
	work := status.Delivered - unread
	if span := now.Sub(p.at).Seconds(); !p.at.IsZero() && span > 0 {
		p.rate = max(0, float64(work-p.work)/span) // less: the mailbox is read anew
	}
	p.at, p.unread, p.work = now, unread, work
}

// left is how quickly the mailbox is emptied and how long that takes yet. Until
// two counts were made it is how quickly the mails come.
func (p *pace) left(status mailbox.Status) (rate float64, remaining time.Duration) {
	rate = p.rate
	if rate <= 0 {
		rate = status.Rate
	}
	if rate <= 0 {
		return 0, 0
	}
	return rate, time.Duration(float64(status.Waiting+p.unread) / rate * float64(time.Second))
}
