package post

import (
	"context"
	"time"

	"holdall/desk"
	"holdall/mail/outgoing"
	"holdall/store"
	"holdall/sync/hub"
)

// restEvery is how often an answer that rests is looked at: it leaves as soon as
// sending goes on, whenever that is.
const restEvery = time.Hour

// delay is what keeps replies from leaving now.
type delay struct {
	reason  desk.WaitReason
	problem string
	until   func(desk.Message) time.Time
}

// kept says what keeps a reply from being tried now; nil: nothing.
func (p *Post) kept(ctx context.Context, m desk.Message, now time.Time) *delay {
	if p.Rests {
		return &delay{desk.WaitRest, "Sending from " + p.From.Email + " is paused; the answer leaves when it goes on.", func(desk.Message) time.Time { return now.Add(restEvery) }}
	}
	fresh := m.Wait == nil && !now.Before(p.gate.probe)
	if p.gate.shut() && now.Before(p.gate.until) && !fresh {
		return &delay{p.gate.reason, p.gate.problem, func(m desk.Message) time.Time {
			if m.Wait == nil {
				return p.gate.probe
			}
			return p.gate.until
		}}
	}
	if !p.Limit.Any() || p.allowance(ctx, now) == 0 {
		return nil
	}
	return &delay{desk.WaitRate, "As many mails have left as may in so short a time; the answer leaves in its turn.", func(desk.Message) time.Time { return p.book(now) }}
}

// putOff lets a reply wait until its schedule says, or gives it up. It is unknown
// still if it may have left.
func (p *Post) putOff(ctx context.Context, m desk.Message, reason desk.WaitReason, asked time.Duration, problem string) error {
	now, wait := time.Now(), waitOf(m, reason)
	if wait.Tries++; wait.Tries == 1 {
		wait.Since = now
	}
	schedule := p.Schedule
	if reason == desk.WaitSignIn {
		schedule = schedule.Slower(signInPatience)
	}
	next, again := schedule.Next(now, wait.Since, wait.Tries, asked)
	wait.Next = next
	if m.Delivery == desk.DeliveryUnknown {
		if !again { // to call it failed would be to have it sent twice
			wait.Next = now.Add(schedule.Longest())
		}
		return p.note(ctx, m, desk.DeliverReply{Delivery: desk.DeliveryUnknown, Problem: problem, Wait: &wait}, nil)
	}
	if !again {
		p.log.Warn("a reply was given up", "message", m.ID, "tries", wait.Tries, "problem", problem)
		return p.fail(ctx, m, desk.DeliverReply{Problem: "The answer was given up after " + days(now.Sub(wait.Since)) + ". " + problem})
	}
	if reason == desk.WaitUnreached || reason == desk.WaitSignIn {
		p.shut(ctx, wait, problem, schedule, now)
	}
	return p.note(ctx, m, desk.DeliverReply{Delivery: desk.DeliveryWaiting, Problem: problem, Wait: &wait}, nil)
}

// refused lets a reply wait that the mail server did not take.
func (p *Post) refused(ctx context.Context, m desk.Message, failure *outgoing.Error) error {
	p.log.Info("a reply waits", "message", m.ID, "error", failure)
	switch {
	case failure.SignIn:
		return p.putOff(ctx, m, desk.WaitSignIn, failure.After, "The mail server does not accept the desk’s sign-in ("+failure.Words()+"); an admin has to sign the desk in again.")
	case failure.Server:
		return p.putOff(ctx, m, desk.WaitUnreached, failure.After, "The mail server cannot be reached ("+failure.Words()+").")
	}
	return p.putOff(ctx, m, desk.WaitPutOff, failure.After, "The mail server does not take the answer just now ("+failure.Words()+").")
}

// putAllOff lets replies wait for one reason, in one commit. They were not tried;
// stayed counts those that could not have left anyway.
func (p *Post) putAllOff(ctx context.Context, list []desk.Message, d *delay) (stayed int, err error) {
	acts, put, last := make([]hub.Act, 0, len(list)), make([]desk.Message, 0, len(list)), time.Time{}
	for _, m := range list {
		if m.Delivery == desk.DeliverySending || !m.Whole() {
			stayed++
			continue
		}
		wait := waitOf(m, d.reason)
		if wait.Next = d.until(m); wait.Next.After(last) {
			last = wait.Next
		}
		to := desk.DeliverReply{Message: m.ID, Delivery: desk.DeliveryWaiting, Problem: d.problem, Wait: &wait}
		if m.Delivery == desk.DeliveryUnknown {
			to.Delivery = desk.DeliveryUnknown
		}
		acts = append(acts, hub.Act{Name: desk.ReplyDeliver, Ticket: m.Ticket, Args: to, At: time.Now()})
		put = append(put, m)
	}
	if len(acts) == 0 {
		return stayed, nil
	}
	p.holds(d.reason, last)
	return stayed, p.commit(ctx, func(tx *store.CentralTx) error { return p.keep(tx, put...) }, acts...)
}

// waitOf is what a reply waits for now, with what it has been through.
func waitOf(m desk.Message, reason desk.WaitReason) desk.Wait {
	wait := desk.Wait{Since: time.Now()}
	if m.Wait != nil {
		wait = *m.Wait
	}
	wait.For = reason
	return wait
}
