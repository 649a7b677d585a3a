// Package post promises that a mail becomes the desk's work once, and that an
// answer of the desk leaves once, by the mailbox it belongs to, whatever ends in
// between.
//
// Sink files what mailboxes bring and carries out what it becomes; Intake has it
// converted. Post is the queue of answers of one sender, and Sorting shares them
// among several. All of them act through a hub, by mutations like anybody's, and
// one node at a time does the work of each (SPEC P55). They know no mailbox and no
// mail server: mailroom joins them to those.
package post

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"holdall/desk"
	"holdall/mail/outgoing"
	"holdall/store"
	"holdall/sync/hub"
)

const (
	clockEvery   = time.Hour       // pauses of a clock that was put right are looked for so often
	postEvery    = 5 * time.Second // without a hint the queue is looked at so often
	postAtOnce   = 50              // replies of one reading: those that come meanwhile get their turn after it
	finishWithin = 8 * time.Second // of a mail under way when the hub is stopped
)

// Post is the queue of replies on their way out. A reply is stored as `sending`,
// with our Message-ID and its mail byte for byte, before the mail server hears of
// it, and as what became of it afterwards. A reply found `sending` at the start is
// `unknown`: it left at least to the point where we crashed, and leaves again only
// as the same mail, and not at all if Sent has it (SPEC P70, P71).
//
// One that cannot leave now waits, and says why and until when; that stands with
// the reply, so a restart neither forgets nor hurries it. The replies of a ticket
// to the same people leave in their order, and no ticket waits for another's (SPEC P72,
// P75). Several posts of one hub stand beside each other in a Sorting.
type Post struct {
	// Accounts are the mailboxes whose tickets it answers, beside those that no post
	// answers if it is the first of several.
	Accounts  []string
	From      outgoing.Address // the desk's public name and address
	Signature Signature
	Send      func(context.Context, outgoing.Mail) error
	Sent      func(ctx context.Context, mailID string) (bool, error) // nil: there is no place to look
	Copy      func(context.Context, outgoing.Mail) error             // puts a mail that has left among the sent ones; nil: none is kept
	// Secret is what signs in now: another one than was refused is reason to try
	// again at once. nil: the schedule alone decides.
	Secret   func(context.Context) (string, error)
	Schedule outgoing.Schedule
	Limit    outgoing.Limit
	// Rests has every answer wait, until a post follows that does not rest.
	Rests bool
	// Goes reports whether sending goes on, in the transaction that has a mail leave;
	// nil: as long as the post works.
	Goes func(*store.CentralTx) (bool, error)

	server *hub.Server
	store  *store.Central
	log    *slog.Logger
	wake   chan struct{}
	copies chan struct{}
	gate   gate
	taken  bool           // the mail server took a mail since the gate was shut, or since the start
	booked outgoing.Meter // how far the limit is used once all that waits for it has left
	unsaid map[desk.MessageID]result
	duty   *hub.Duty

	sorting *Sorting // nil: it is the only post

	mu     sync.Mutex
	stands Standing
	held   time.Time // until when answers wait for the limit
	mine   bool      // this node sends
}

// result is what the mail server made of a reply, before the hub has it.
type result struct {
	reply desk.Message // as it was before
	err   error
}

// NewPost makes the queue of a hub.
func NewPost(server *hub.Server, log *slog.Logger) *Post {
	return &Post{server: server, store: server.Central(), log: log, wake: make(chan struct{}, 1), copies: make(chan struct{}, 1)}
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

func (p *Post) work(ctx context.Context, duty *hub.Duty) error {
	p.duty, p.taken, p.booked = duty, false, outgoing.Meter{}
	p.recall()
	p.swing(gate{})
	p.sends(true)
	defer p.sends(false)
	var copying sync.WaitGroup
	defer copying.Wait()
	if p.Copy != nil {
		copying.Go(func() { p.keepCopies(ctx) })
	}
	defer p.server.Watch(func([]desk.BucketID) { poke(p.wake) })()
	tick, clock := time.NewTicker(postEvery), time.NewTicker(clockEvery)
	defer tick.Stop()
	defer clock.Stop()
	begun := false
	for {
		err := error(nil)
		if !begun {
			err = p.begin(ctx)
			begun = err == nil
		}
		if err == nil {
			err = p.look(ctx)
		}
		if err != nil && ctx.Err() == nil {
			p.log.Error("send replies", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-p.wake:
		case <-tick.C:
		case <-clock.C:
			if err := p.release(ctx); err != nil && ctx.Err() == nil {
				p.log.Error("look for pauses of another clock", "error", err)
			}
		}
	}
}

// recall keeps of the turn before what nobody else can know: which replies have left
// though that could not be written down. What did not leave then may have by another
// node since.
func (p *Post) recall() {
	left := map[desk.MessageID]result{}
	for id, r := range p.unsaid {
		if r.err == nil {
			left[id] = r
		}
	}
	p.unsaid = left
}

// look does what is due. What one reply causes stops no other.
func (p *Post) look(ctx context.Context) error {
	if err := p.mended(ctx); err != nil {
		return err
	}
	for passed := 0; ctx.Err() == nil; {
		due, others, err := p.due(ctx, passed)
		if err != nil {
			return err
		}
		stayed, err := p.pass(ctx, due)
		if err != nil {
			return err
		}
		if passed += stayed + others; len(due)+others < postAtOnce {
			break
		}
	}
	return p.sendNotices(ctx)
}

// due reads what is due, but for the first ones, which stay where they are; others
// counts those that another post sends.
func (p *Post) due(ctx context.Context, passed int) (due []desk.Message, others int, err error) {
	err = p.store.View(ctx, func(tx *store.CentralTx) error {
		all, err := tx.DueReplies(time.Now(), passed, postAtOnce)
		if err != nil {
			return err
		}
		due, err = p.own(tx, all)
		others = len(all) - len(due)
		return err
	})
	return due, others, err
}

// pass lets each reply of a reading take its step; stayed counts those that are
// due as before.
func (p *Post) pass(ctx context.Context, due []desk.Message) (stayed int, err error) {
	for i, m := range due {
		if ctx.Err() != nil {
			return stayed, nil
		}
		if why := p.kept(ctx, m, time.Now()); why != nil && m.Delivery != desk.DeliverySending {
			rest, err := p.putAllOff(ctx, due[i:], why)
			return stayed + rest, err
		}
		moved, err := p.step(ctx, m)
		if err != nil {
			p.log.Error("send a reply", "message", m.ID, "error", err)
		}
		if !moved || err != nil {
			stayed++
		}
	}
	return stayed, nil
}

// note stores how far a reply has come; it is durable on return, together with
// what else is written. That it has left is true even of a node that lost its turn
// meanwhile; all else is its successor's to say.
func (p *Post) note(ctx context.Context, m desk.Message, d desk.DeliverReply, with func(*store.CentralTx) error) error {
	d.Message = m.ID
	return p.commit(ctx, func(tx *store.CentralTx) error {
		if d.Delivery != desk.DeliverySent {
			if err := p.keep(tx, m); err != nil {
				return err
			}
		}
		if with == nil {
			return nil
		}
		return with(tx)
	}, hub.Act{Name: desk.ReplyDeliver, Ticket: m.Ticket, Args: d, At: time.Now()})
}

// commit writes, and waits until that is done or refused even while the post ends:
// one that follows at once must not be told afterwards what this one put off.
func (p *Post) commit(ctx context.Context, with func(*store.CentralTx) error, acts ...hub.Act) error {
	return p.server.Do(context.WithoutCancel(ctx), with, acts...)
}
