package mailroom

import (
	"context"
	"slices"
	"strings"

	"holdall/mail/outgoing"
	"holdall/sync/hub"
	"holdall/sync/hub/post"
)

// Sender is how answers leave from one address.
type Sender struct {
	Send     func(context.Context, outgoing.Mail) error // hands a mail to a mail server
	From     outgoing.Address                           // whom answers come from
	Out      Outlet                                     // what the desk is told of it
	Schedule outgoing.Schedule                          // of the tries
	Limit    outgoing.Limit                             // of what may leave
	// Acknowledge answers a new ticket's first mail with its number.
	Acknowledge bool
	Paused      bool // what would leave by it waits until that is resumed
}

// way is a sender with the mailboxes whose tickets it answers.
type way struct {
	Sender
	accounts []string
	sent     func(context.Context, string) (bool, error) // as of a Box
	keep     func(context.Context, outgoing.Mail) error  // as of a Box
}

// ways are the senders, one for each address: first the one for all mailboxes that
// have none of their own. Reading and sending rest apart: a mailbox that nobody reads
// is one of them, and a sender that is paused.
func (s Settings) ways() (ways []way) {
	if s.Send != nil {
		ways = append(ways, way{Sender: Sender{Send: s.Send, From: s.From, Out: s.Out, Schedule: s.Schedule, Limit: s.Limit, Acknowledge: s.Acknowledge}})
	}
	for _, box := range s.Boxes {
		if box.Answers == nil {
			continue
		}
		at := slices.IndexFunc(ways, func(w way) bool { return strings.EqualFold(w.From.Email, box.Answers.From.Email) })
		if at < 0 {
			at, ways = len(ways), append(ways, way{Sender: *box.Answers})
		}
		ways[at].accounts = append(ways[at].accounts, box.Account)
		if box.Sent != nil {
			ways[at].sent, ways[at].keep = box.Sent, box.Keep
		}
	}
	if len(ways) > 0 && ways[0].sent == nil {
		ways[0].sent, ways[0].keep = s.sharedSent()
	}
	return ways
}

// sharedSent is where copies stand of what leaves by no mailbox's own sender.
func (s Settings) sharedSent() (sent func(context.Context, string) (bool, error), keep func(context.Context, outgoing.Mail) error) {
	for _, box := range s.Boxes {
		if box.Answers == nil && box.Sent != nil {
			sent, keep = box.Sent, box.Keep
		}
	}
	return sent, keep
}

// from is the address that the desk's answers come from where no other sends them;
// empty: none leaves.
func (s Settings) from() string {
	if ways := s.ways(); len(ways) > 0 {
		return ways[0].From.Email
	}
	return s.From.Email
}

// silent are the mailboxes whose mails nobody acknowledges.
func (s Settings) silent(ways []way) (accounts []string) {
	for _, box := range s.Boxes {
		at := max(0, slices.IndexFunc(ways, func(w way) bool { return slices.Contains(w.accounts, box.Account) }))
		if len(ways) > 0 && !ways[at].Acknowledge {
			accounts = append(accounts, box.Account)
		}
	}
	return accounts
}

// post is the queue of what leaves this way.
func (r *Room) post(w way) *post.Post {
	post := post.NewPost(r.server, r.log)
	post.Accounts, post.From, post.Send, post.Signature, post.Secret = w.accounts, w.From, w.Send, r.signature, w.Out.Secret
	post.Schedule, post.Limit, post.Rests, post.Sent, post.Copy = w.Schedule, w.Limit, w.Paused, w.sent, w.keep
	if w.Out.Stored {
		post.Goes = hub.SendsBy(w.From.Email)
	}
	return post
}

// sorting is all that leaves; nil: nothing does.
func (r *Room) sorting() *post.Sorting {
	var posts []*post.Post
	for _, o := range r.outs {
		posts = append(posts, o.post)
	}
	if len(posts) == 0 {
		return nil
	}
	return post.NewSorting(r.server, posts[0], posts[1:]...)
}
