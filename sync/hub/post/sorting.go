package post

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/hub"
)

// countMost bounds what is read to count the answers of one of several posts.
const countMost = 2000

// errElsewhere is a reply that another post of the hub sends by now.
var errElsewhere = errors.New("another mailbox sends this reply")

// Sorting gives each reply to one of the hub's posts: to the one whose mail was
// written already, else to that of the mailbox its ticket came by, else to the
// first that sends (SPEC P81). Each post has a queue, a rate, pauses and a rest of its
// own, so what one mail server refuses or delays stops no other.
type Sorting struct {
	server *hub.Server
	posts  []*Post
}

// NewSorting puts posts beside each other; the first of them that does not rest sends
// what belongs to none.
func NewSorting(server *hub.Server, first *Post, others ...*Post) *Sorting {
	s := &Sorting{server: server, posts: append([]*Post{first}, others...)}
	for _, p := range s.posts {
		p.sorting = s
	}
	return s
}

// Run sends what is queued until the context ends. Of several nodes on one
// database one sends, by all mailboxes: what stands as being sent is then its own.
func (s *Sorting) Run(ctx context.Context) error {
	return s.server.Alone(ctx, "post", func(ctx context.Context, duty *hub.Duty) error {
		faults := make([]error, len(s.posts))
		var working sync.WaitGroup
		for i, p := range s.posts {
			working.Go(func() { faults[i] = p.work(ctx, duty) })
		}
		working.Wait()
		return errors.Join(faults...)
	})
}

// of is the post of a reply.
func (s *Sorting) of(tx *store.CentralTx, m desk.Message) (*Post, error) {
	sender, err := tx.OutgoingSender(m.ID)
	if err != nil {
		return nil, err
	}
	if sender != "" {
		return s.find(func(p *Post) bool { return p.wrote(sender) }), nil
	}
	account, err := tx.MailboxOf(m.Ticket)
	return s.by(account), err
}

// by is the post of a mailbox.
func (s *Sorting) by(account string) *Post {
	return s.find(func(p *Post) bool { return slices.Contains(p.Accounts, account) })
}

func (s *Sorting) find(holds func(*Post) bool) *Post {
	if i := slices.IndexFunc(s.posts, holds); i >= 0 {
		return s.posts[i]
	}
	return s.first()
}

// first is the first that sends; if all rest, the first of them.
func (s *Sorting) first() *Post {
	if i := slices.IndexFunc(s.posts, func(p *Post) bool { return !p.Rests }); i >= 0 {
		return s.posts[i]
	}
	return s.posts[0]
}

// alone reports whether no other post of the hub sends.
func (p *Post) alone() bool { return p.sorting == nil || len(p.sorting.posts) == 1 }

// wrote reports whether a mail comes from the address of this post.
func (p *Post) wrote(sender string) bool { return strings.EqualFold(p.From.Email, sender) }

// own are those replies that this post sends.
func (p *Post) own(tx *store.CentralTx, list []desk.Message) (own []desk.Message, err error) {
	if p.alone() {
		return list, nil
	}
	for _, m := range list {
		post, err := p.sorting.of(tx, m)
		if err != nil {
			return nil, err
		}
		if post == p {
			own = append(own, m)
		}
	}
	return own, nil
}

// keep refuses the transaction if another node has taken over, or if another post
// of this one sends a reply of it: while this one looked, its ticket was answered
// by another mailbox.
func (p *Post) keep(tx *store.CentralTx, list ...desk.Message) error {
	if err := p.duty.Keep(tx); err != nil {
		return err
	}
	own, err := p.own(tx, list)
	if err == nil && len(own) < len(list) {
		err = errElsewhere
	}
	return err
}

// Underway counts the answers of this post that have not left yet.
func (p *Post) Underway(ctx context.Context) (n int, err error) {
	err = p.store.View(ctx, func(tx *store.CentralTx) error {
		n = 0
		if p.alone() {
			counts, err := tx.CountReplies()
			for _, d := range desk.UnderwayStates() {
				n += counts[d]
			}
			return err
		}
		for _, d := range desk.UnderwayStates() {
			list, err := tx.Replies(d, countMost)
			if err != nil {
				return err
			}
			own, err := p.own(tx, list)
			if err != nil {
				return err
			}
			n += len(own)
		}
		return nil
	})
	return n, err
}

// stranded is the address of a mailbox that sends no more, of a reply that may have
// left by it; empty: there is no doubt of that kind.
func (p *Post) stranded(tx *store.CentralTx, m desk.Message) (sender string, err error) {
	if m.Delivery != desk.DeliveryUnknown {
		return "", nil
	}
	sender, err = tx.OutgoingSender(m.ID)
	if err != nil || p.wrote(sender) || p.sorting != nil && p.sorting.find(func(o *Post) bool { return o.wrote(sender) }).wrote(sender) {
		return "", err
	}
	return sender, nil
}

// strand lets a stranded reply wait: the sent mails of its mailbox alone would tell
// whether it has left, and another server must not send it again.
func (p *Post) strand(ctx context.Context, m desk.Message) (stranded bool, err error) {
	var sender string
	err = p.store.View(ctx, func(tx *store.CentralTx) (err error) {
		sender, err = p.stranded(tx, m)
		return err
	})
	if err != nil || sender == "" {
		return false, err
	}
	problem := fmt.Sprintf("It may have left by the mailbox of %s, which sends no more; let that mailbox send again, then try the answer again.", sender)
	return true, p.putOff(ctx, m, desk.WaitSent, 0, problem)
}
