package mailroom

import (
	"context"
	"strings"
	"time"

	"holdall/desk"
	"holdall/sync/hub"
	"holdall/sync/hub/post"
)

// outID names a server that answers leave by: the first of a desk always as the only
// one of most, the others by their addresses.
func outID(place int, w way) desk.MailboxID {
	if place == 0 {
		return post.MailboxID("answers", "")
	}
	return post.MailboxID("answers", strings.ToLower(w.From.Email))
}

// outStand is that server in the room, and what was last told of it.
type outStand struct {
	Outlet
	id      desk.MailboxID
	address string // whom answers come from
	most    desk.MailRate
	paused  bool
	post    *post.Post
	told    desk.Mailbox
}

func (o *outStand) record(state desk.MailboxState, now time.Time) desk.Mailbox {
	m := desk.Mailbox{
		ID: o.id, Address: o.address, Server: o.Server, SignIn: o.SignIn, Stored: o.Stored, Sends: true,
		State: state, Since: o.told.Since, Waiting: o.told.Waiting, Most: o.most, At: now.UTC(),
	}
	if state != o.told.State {
		m.Since = now.UTC()
	}
	return m
}

// rests is the state of a server by which this node sends nothing.
func (o *outStand) rests() desk.MailboxState {
	if o.paused {
		return desk.MailboxPaused
	}
	return desk.MailboxStandby
}

// tellSending reports how the answers leave, if this node sends them.
func (r *Room) tellSending(ctx context.Context, o *outStand, now time.Time) error {
	stands, mine := o.post.Standing()
	if !mine {
		return nil
	}
	m := o.record(desk.MailboxWatching, now)
	if o.paused {
		m = o.record(desk.MailboxPaused, now)
	}
	switch stands.Reason {
	case desk.WaitSignIn:
		m = o.record(desk.MailboxStopped, now)
		m.Problem = desk.ProblemSignIn
	case desk.WaitUnreached:
		m = o.record(desk.MailboxRetrying, now)
		m.Problem, m.NextTry = desk.ProblemNetwork, stands.Until.UTC()
	}
	m.Reason, m.LastPoll, m.WaitsFor = oneLine(stands.Words), stands.Taken.UTC(), stands.Holds
	if m.Tells(o.told, now) || now.Sub(o.told.At) >= countEvery {
		waiting, err := o.post.Underway(ctx)
		if err != nil {
			return err
		}
		m.Waiting = waiting
	}
	if !m.Tells(o.told, now) {
		return nil
	}
	if err := r.server.Do(ctx, nil, hub.Act{Name: desk.MailboxReport, Args: m, At: now}); err != nil {
		return err
	}
	o.told = m
	return nil
}
