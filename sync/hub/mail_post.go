package hub

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"holdall/desk"
	"holdall/mail/outgoing"
	"holdall/store"
)

const (
	postEvery   = 5 * time.Second // without a hint the queue is looked at so often
	postAtOnce  = 500             // replies of one look
	giveUpAfter = 72 * time.Hour  // of temporary refusals, as mail servers do
	pauseLeast  = 30 * time.Second
	pauseMost   = time.Hour
	noticeTries = 3

	finishWithin = 8 * time.Second // of a mail under way when the hub is stopped
)

// Post is the queue of replies on their way out. A reply is stored as `sending`
// with our Message-ID before the mail server hears of it, and as what became of
// it afterwards. A reply found `sending` at the start is `unknown`: it left at
// least to the point where we crashed, and leaves again only under the same
// Message-ID, and not at all if Sent has it.
type Post struct {
	From      outgoing.Address // the desk's public name and address
	Signature Signature
	Send      func(context.Context, outgoing.Answer) error
	Sent      func(ctx context.Context, mailID string) (bool, error) // nil: there is no place to look

	server *Server
	store  *store.Central
	log    *slog.Logger
	wake   chan struct{}
	rest   map[desk.MessageID]pause
	duty   *Duty
}

// pause is how long a reply rests after a temporary refusal.
type pause struct {
	until time.Time
	last  time.Duration
}

// NewPost makes the queue of a hub.
func NewPost(server *Server, log *slog.Logger) *Post {
	return &Post{server: server, store: server.engine.store, log: log, wake: make(chan struct{}, 1), rest: map[desk.MessageID]pause{}}
}

func poke(wake chan struct{}) {
	select {
	case wake <- struct{}{}:
	default:
	}
}

// Run sends what is queued until the context ends. Of several nodes on one
// database one sends.
func (p *Post) Run(ctx context.Context) error { return p.server.Alone(ctx, "post", p.work) }

func (p *Post) work(ctx context.Context, duty *Duty) error {
	p.duty = duty
	defer p.server.Watch(func([]desk.BucketID) { poke(p.wake) })()
	tick := time.NewTicker(postEvery)
	defer tick.Stop()
	ready := false // what an earlier run, or another node, left behind was looked at
	for {
		err := error(nil)
		if !ready {
			err = p.recover(ctx)
			ready = err == nil
		}
		if ready {
			err = p.look(ctx, time.Now())
		}
		if err != nil && ctx.Err() == nil {
			p.log.Error("send replies", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-p.wake:
		case <-tick.C:
		}
	}
}

// recover calls unknown what was being sent when the hub ended.
func (p *Post) recover(ctx context.Context) error {
	replies, err := p.replies(ctx, desk.DeliverySending)
	if err != nil {
		return err
	}
	for _, m := range replies {
		if err := p.note(ctx, m, desk.DeliverReply{Delivery: desk.DeliveryUnknown, Problem: "The hub ended while the answer was being sent."}); err != nil {
			return err
		}
	}
	return nil
}

func (p *Post) replies(ctx context.Context, state desk.Delivery) (replies []desk.Message, err error) {
	err = p.store.View(ctx, func(tx *store.CentralTx) error {
		replies, err = tx.Replies(state, postAtOnce)
		return err
	})
	return replies, err
}

// look sends what is due. What one reply causes stops no other.
func (p *Post) look(ctx context.Context, now time.Time) error {
	for _, step := range []struct {
		state desk.Delivery
		act   func(context.Context, desk.Message, time.Time) error
	}{{desk.DeliveryUnknown, p.settleUnknown}, {desk.DeliveryQueued, p.send}} {
		replies, err := p.replies(ctx, step.state)
		if err != nil {
			return err
		}
		for _, m := range replies {
			if ctx.Err() != nil {
				return nil
			}
			if err := step.act(ctx, m, now); err != nil {
				p.log.Error("send a reply", "message", m.ID, "error", err)
				p.tire(m, now)
			}
		}
	}
	return p.sendNotices(ctx, now)
}

// settleUnknown looks among the sent mails before it sends again.
func (p *Post) settleUnknown(ctx context.Context, m desk.Message, now time.Time) error {
	if p.resting(m, now) {
		return nil
	}
	if p.Sent == nil {
		return p.send(ctx, m, now)
	}
	if m.MailID == "" {
		m.MailID = p.Signature.MessageID(string(m.Ticket), string(m.ID))
	}
	there, err := p.Sent(ctx, m.MailID)
	if err != nil {
		p.log.Warn("look for a reply among the sent mails", "message", m.ID, "error", err)
		p.tire(m, now)
		return nil
	}
	if there {
		return p.note(ctx, m, desk.DeliverReply{Delivery: desk.DeliverySent})
	}
	return p.send(ctx, m, now)
}

// send lets one reply leave, in three durable steps: sending, the mail server,
// what became of it.
func (p *Post) send(ctx context.Context, m desk.Message, now time.Time) error {
	if p.resting(m, now) || !m.Whole() { // its files are still on their way (SPEC P44)
		return nil
	}
	var answer outgoing.Answer
	err := p.store.View(ctx, func(tx *store.CentralTx) (err error) {
		answer, err = p.write(tx, m)
		return err
	})
	if err == nil {
		err = answer.Check()
	}
	if err != nil {
		return p.note(ctx, m, desk.DeliverReply{Delivery: desk.DeliveryFailed, Problem: "The answer could not be written as a mail: " + err.Error() + "."})
	}
	if err := p.note(ctx, m, desk.DeliverReply{Delivery: desk.DeliverySending, MailID: answer.MessageID}); err != nil {
		return err
	}
	err = p.deliver(ctx, answer)
	// What became of it is written down even while the hub is being stopped.
	return p.became(context.WithoutCancel(ctx), m, err, now)
}

// deliver hands a mail to the mail server. When the hub is stopped meanwhile it
// gets a little time to end well: a mail that is cut off would be unknown.
func (p *Post) deliver(ctx context.Context, a outgoing.Answer) error {
	sending, cut := context.WithCancel(context.WithoutCancel(ctx))
	defer cut()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(finishWithin, cut) })()
	return p.Send(sending, a)
}

// became notes what the mail server made of a reply.
func (p *Post) became(ctx context.Context, m desk.Message, err error, now time.Time) error {
	var failure *outgoing.Error
	switch {
	case err == nil:
		delete(p.rest, m.ID)
		return p.note(ctx, m, desk.DeliverReply{Delivery: desk.DeliverySent})
	case !errors.As(err, &failure) || failure.Outcome == outgoing.Unknown:
		p.tire(m, now)
		return p.note(ctx, m, desk.DeliverReply{Delivery: desk.DeliveryUnknown, Problem: "The connection to the mail server broke before it answered."})
	case failure.Outcome == outgoing.Temporary && now.Sub(m.SyncedAt) < giveUpAfter:
		p.tire(m, now)
		p.log.Info("a reply waits", "message", m.ID, "error", err)
		return p.note(ctx, m, desk.DeliverReply{Delivery: desk.DeliveryQueued, Problem: "The mail server does not take the answer just now; it is tried again."})
	}
	delete(p.rest, m.ID)
	p.log.Warn("a reply was refused", "message", m.ID, "error", err)
	return p.note(ctx, m, desk.DeliverReply{
		Delivery: desk.DeliveryFailed, Problem: "The mail server refused the answer: " + failure.Err.Error() + ".",
		Permanent: len(failure.Recipients) > 0 && failure.Outcome == outgoing.Permanent,
	})
}

// note stores how far a reply has come; it is durable on return. That it has left
// is true even of a node that lost its turn meanwhile; all else is its successor's
// to say.
func (p *Post) note(ctx context.Context, m desk.Message, d desk.DeliverReply) error {
	d.Message = m.ID
	keep := p.duty.Keep
	if d.Delivery == desk.DeliverySent {
		keep = nil
	}
	return p.server.Do(ctx, keep, Act{Name: desk.ReplyDeliver, Ticket: m.Ticket, Args: d, At: time.Now()})
}

func (p *Post) resting(m desk.Message, now time.Time) bool { return now.Before(p.rest[m.ID].until) }

// tire makes the next pause of a reply twice as long.
func (p *Post) tire(m desk.Message, now time.Time) {
	next := min(pauseMost, max(pauseLeast, 2*p.rest[m.ID].last))
	p.rest[m.ID] = pause{until: now.Add(next), last: next}
}

// sendNotices sends the automatic answers that wait.
func (p *Post) sendNotices(ctx context.Context, now time.Time) error {
	for ctx.Err() == nil {
		var next notice
		var answer outgoing.Answer
		found := false
		err := p.store.Update(ctx, func(tx *store.CentralTx) (err error) {
			if err := p.duty.Keep(tx); err != nil {
				return err
			}
			if next, found, err = takeNotice(tx, now); err != nil || !found {
				return err
			}
			answer, err = p.writeNotice(tx, next)
			return err
		})
		if err != nil || !found {
			return err
		}
		failure, again := errors.AsType[*outgoing.Error](p.deliver(ctx, answer))
		if next.Tries++; !again || failure.Outcome != outgoing.Temporary || next.Tries >= noticeTries {
			continue
		}
		next.Due = now.Add(pauseLeast << next.Tries)
		err = p.store.Update(ctx, func(tx *store.CentralTx) error { return addNotices(tx, next) })
		if err != nil {
			return err
		}
	}
	return nil
}
