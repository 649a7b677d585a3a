package intake

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"holdall/desk"
	"holdall/mail/message"
)

// errDepends: what is asked for is decided and not yet carried out, so the
// mail has to wait until its group has been.
var errDepends = errors.New("depends on a mail of the same group")

// overlay is the Sink as it will be once the group is carried out, as far as
// that can be told.
type overlay struct {
	Sink
	mails      map[string]bool        // Message-IDs of the group, and of what waits for it
	meetings   map[string]bool        // likewise, by UID
	moved      map[desk.TicketID]bool // tickets it opens or moves
	requesters map[string]desk.Requester
	traffic    map[string]Traffic
	replies    int
	workspace  *desk.Workspace
}

func newOverlay(sink Sink) *overlay {
	return &overlay{Sink: sink, mails: map[string]bool{}, meetings: map[string]bool{}, moved: map[desk.TicketID]bool{}, requesters: map[string]desk.Requester{}, traffic: map[string]Traffic{}}
}

// wait notes a mail that is left for the next group: what answers it, or speaks
// of its meeting, is left too.
func (o *overlay) wait(m *message.Message) {
	if m == nil {
		return
	}
	if m.MessageID != "" {
		o.mails[m.MessageID] = true
	}
	if m.Invite != nil {
		o.meetings[m.Invite.UID] = true
	}
}

func (o *overlay) add(out Outcome) {
	for _, m := range out.Mutations {
		switch m.Name {
		case desk.TicketCreate, desk.TicketMove:
			o.moved[m.Ticket] = true
		case desk.MessageAdd:
			var a desk.AddMessage
			if json.Unmarshal(m.Args, &a) == nil && a.Message.MailID != "" {
				o.mails[a.Message.MailID] = true
			}
			if i := a.Message.Invitation; i != nil {
				o.meetings[i.UID] = true
			}
		case desk.RequesterPut:
			var r desk.Requester
			if json.Unmarshal(m.Args, &r) == nil {
				o.requesters[fold(r.Email)] = r
			}
		}
	}
	t := o.traffic[fold(out.From)]
	t.Mails++
	if out.Reply != nil {
		t.Replies++
		o.replies++
	}
	o.traffic[fold(out.From)] = t
}

// Workspace is read once for a group.
func (o *overlay) Workspace(ctx context.Context) (desk.Workspace, error) {
	if o.workspace != nil {
		return *o.workspace, nil
	}
	w, err := o.Sink.Workspace(ctx)
	if err == nil {
		o.workspace = &w
	}
	return w, err
}

func (o *overlay) Ticket(ctx context.Context, id desk.TicketID) (desk.Ticket, error) {
	if o.moved[id] {
		return desk.Ticket{}, errDepends
	}
	return o.Sink.Ticket(ctx, id)
}

func (o *overlay) MessageByMailID(ctx context.Context, id string) (desk.Message, error) {
	if o.mails[id] {
		return desk.Message{}, errDepends
	}
	return o.Sink.MessageByMailID(ctx, id)
}

func (o *overlay) MessageByMeeting(ctx context.Context, uid, from string) (desk.Message, error) {
	if o.meetings[uid] {
		return desk.Message{}, errDepends
	}
	return o.Sink.MessageByMeeting(ctx, uid, from)
}

func (o *overlay) RequesterByEmail(ctx context.Context, email string) (desk.Requester, error) {
	if r, ok := o.requesters[fold(email)]; ok {
		return r, nil
	}
	return o.Sink.RequesterByEmail(ctx, email)
}

func (o *overlay) Traffic(ctx context.Context, email string, since time.Time) (Traffic, error) {
	t, err := o.Sink.Traffic(ctx, email, since)
	group := o.traffic[fold(email)]
	t.Mails += group.Mails
	t.Replies += group.Replies
	t.Total += o.replies
	return t, err
}
