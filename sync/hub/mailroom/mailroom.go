// Package mailroom promises a hub its mail: what its mailboxes bring becomes
// tickets, what its people answer leaves. A server and the hub inside a window
// run the same room.
//
// A mailbox that cannot be read stops alone: the others, the answers and the
// desk go on, and its status says why.
package mailroom

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"

	"holdall/desk"
	"holdall/mail/intake"
	"holdall/mail/outgoing"
	"holdall/sync/hub"
	"holdall/sync/hub/post"
)

// Settings is what a mailroom is made of.
type Settings struct {
	Boxes []Box
	// Send hands a mail to a mail server, of all mailboxes that have no sender of their
	// own; nil: the first such sender does.
	Send     func(context.Context, outgoing.Mail) error
	From     outgoing.Address  // whom answers come from
	Out      Outlet            // what the desk is told of it
	Schedule outgoing.Schedule // of the tries
	Limit    outgoing.Limit    // of what may leave
	// Acknowledge answers a new ticket's first mail with its number.
	Acknowledge bool
	// AuthServers are the names of our receiving servers as they stand in
	// Authentication-Results (RFC 8601 §2.5); without one no verdict counts.
	AuthServers []string
}

// Outlet is the mail server that answers leave by, beside how they do.
type Outlet struct {
	Server string // host:port
	SignIn string // desk.SignInPassword, or the provider that grants tokens; empty: it asks for none
	Stored bool   // connected from a window
	// Secret is what signs in to it now: another one is reason to try again after
	// the server refused the one before. nil: the schedule alone decides.
	Secret func(context.Context) (string, error)
	// Renew tries another password and keeps it if the server takes it; nil: it is
	// not opened by one that can be given.
	Renew func(ctx context.Context, password string) error
}

// NoDomain is that of our Message-IDs while no answer leaves: none that mail of
// others bears (RFC 6761 §6.4).
const NoDomain = "holdall.invalid"

// domain is that of our Message-IDs: the public address's.
func (s Settings) domain() string {
	_, domain, _ := strings.Cut(s.from(), "@")
	return cmp.Or(domain, NoDomain)
}

// Room is the mailroom of a hub.
type Room struct {
	settings  Settings
	server    *hub.Server
	log       *slog.Logger
	signature post.Signature
	workspace desk.Workspace
	stands    []*stand
	ways      []way
	outs      []*outStand // none: no answer leaves
}

// New makes the mailroom of a hub that is at work; Run opens it.
func New(ctx context.Context, server *hub.Server, workspace desk.Workspace, s Settings, log *slog.Logger) (*Room, error) {
	signature, err := post.NewSignature(ctx, server, workspace.ID, s.domain())
	if err != nil {
		return nil, err
	}
	if err := introduce(ctx, server, s.addresses()); err != nil {
		return nil, err
	}
	r := &Room{settings: s, server: server, log: log, signature: signature, workspace: workspace, ways: s.ways()}
	for _, box := range s.Boxes {
		r.stands = append(r.stands, &stand{Box: box, id: post.MailboxID(box.Account, box.Name)})
	}
	for i, w := range r.ways {
		r.outs = append(r.outs, &outStand{Outlet: w.Out, id: outID(i, w), address: w.From.Email, most: desk.MailRate(w.Limit), paused: w.Paused, post: r.post(w)})
	}
	return r, nil
}

// Boxes are the mailboxes it reads.
func (r *Room) Boxes() []Box { return r.settings.Boxes }

// Run reads and sends until the context ends, and returns when all of it has
// come to an end.
func (r *Room) Run(ctx context.Context) {
	var working sync.WaitGroup
	defer working.Wait()
	keep := func(what string, work func(context.Context) error) {
		working.Go(func() {
			if err := work(ctx); err != nil && !errors.Is(err, ctx.Err()) {
				r.log.Error("stopped: "+what, "error", err)
			}
		})
	}
	if sorting := r.sorting(); sorting != nil {
		keep("send replies", sorting.Run)
	}
	keep("tell how the mailboxes do", r.report)
	sink, in := r.intake()
	keep("convert mails", in.Run)
	for _, s := range r.stands {
		if s.Paused {
			continue
		}
		keep(fmt.Sprintf("watch %s", s.Account), func(ctx context.Context) error {
			return r.server.Alone(ctx, "mailbox "+s.Account+"/"+s.Name, func(ctx context.Context, duty *hub.Duty) error {
				s.mine.Store(true)
				err := s.watch(ctx, duty, sink, in, r.log)
				s.mine.Store(ctx.Err() == nil) // what ended by itself is told
				return err
			})
		})
	}
}

// intake is where mails are filed, and what converts them.
func (r *Room) intake() (*post.Sink, *post.Intake) {
	sink := post.NewSink(r.server)
	sink.Acknowledge, sink.Silent = len(r.ways) > 0, r.settings.silent(r.ways)
	// No Domain: colleagues write from that of the desk's address too, and what is
	// ours bears our signature.
	converter := &intake.Converter{Token: r.signature.Read, AuthServIDs: r.settings.AuthServers, ReopenDays: r.workspace.ReopenDays}
	for _, w := range r.ways {
		converter.Own = append(converter.Own, w.From.Email)
	}
	return sink, post.NewIntake(sink, converter, r.log)
}

// Try tells what rules would have made of the newest mails.
func (r *Room) Try(ctx context.Context, rules []desk.MailboxRule) (desk.RuleTrial, error) {
	sink, in := r.intake()
	return sink.Try(ctx, in.Converter, rules)
}

// Health is what may be told of the mailboxes to anybody.
func (r *Room) Health() []hub.MailboxHealth {
	list := make([]hub.MailboxHealth, len(r.settings.Boxes))
	for i, box := range r.settings.Boxes {
		list[i] = box.health()
	}
	return list
}
