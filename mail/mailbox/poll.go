package mailbox

import (
	"context"

	"github.com/emersion/go-imap/v2"
)

// poll delivers everything above pos and then makes the marks. pos moves with
// each delivered batch, also when a later one fails.
func (w *Watcher) poll(ctx context.Context, s *session, pos *Position) error {
	box, err := s.selectBox(ctx, w.cfg.Marks.none())
	if err != nil {
		return err
	}
	next := resume(box, *pos)
	var mails []listed
	if box.UIDNext == 0 || uint32(box.UIDNext) > next.LastUID+1 {
		if mails, err = s.list(ctx, next.LastUID); err != nil {
			return err
		}
	}
	if err := w.begin(ctx, box, mails, next, pos); err != nil {
		return err
	}
	if len(mails) > 0 {
		if err := w.deliverAll(ctx, s, mails, pos); err != nil {
			return err
		}
	}
	if err := w.mark(ctx, s, pos); err != nil {
		return err
	}
	w.board.polled()
	return nil
}

// resume starts the mailbox anew when its UIDs are of another generation
// (RFC 9051 §2.3.1.1), or when the server has gone back behind what it gave us
// already, as one restored from a backup does.
func resume(box *imap.SelectData, pos Position) Position {
	restored := box.UIDNext != 0 && uint32(box.UIDNext) <= pos.LastUID
	if box.UIDValidity != pos.UIDValidity || restored {
		pos = Position{UIDValidity: box.UIDValidity}
	}
	pos.HighestModSeq = box.HighestModSeq
	return pos
}

// begin moves pos to where reading goes on. Where that is anew, it is first noted
// what is there already; mails are those that were listed.
func (w *Watcher) begin(ctx context.Context, box *imap.SelectData, mails []listed, next Position, pos *Position) error {
	if next.LastUID == 0 && (pos.LastUID > 0 || pos.UIDValidity != next.UIDValidity) {
		if box.UIDNext != 0 {
			next.History = uint32(box.UIDNext) - 1
		} else if n := len(mails); n > 0 { // a server that does not tell
			next.History = mails[n-1].uid
		}
		if err := w.deliver(ctx, nil, next); err != nil {
			return &Error{Class: ClassDelivery, Account: w.cfg.Account, Err: err}
		}
	}
	*pos = next
	return nil
}

// fetched is what one batch came to.
type fetched struct {
	raws []Raw
	last uint32 // the highest UID asked for, also if that mail was expunged
	err  error
}

// deliverAll asks for the next batch while the last one is being filed.
func (w *Watcher) deliverAll(ctx context.Context, s *session, mails []listed, pos *Position) error {
	w.board.reading(len(mails))
	ctx, cancel := context.WithCancel(ctx)
	batches := make(chan fetched)
	go func() {
		defer close(batches)
		w.fetchAll(ctx, s, mails, batches)
	}()
	defer func() {
		cancel()
		for range batches {
		}
	}()
	for b := range batches {
		if b.err != nil {
			return b.err
		}
		if err := w.hand(ctx, b, pos); err != nil {
			return err
		}
	}
	return ctx.Err()
}

func (w *Watcher) hand(ctx context.Context, b fetched, pos *Position) error {
	next := *pos
	next.LastUID = b.last
	for i := range b.raws {
		b.raws[i].UIDValidity = pos.UIDValidity
		b.raws[i].digest()
	}
	if len(b.raws) > 0 {
		if err := w.deliver(ctx, b.raws, next); err != nil {
			return &Error{Class: ClassDelivery, Account: w.cfg.Account, Err: err}
		}
	}
	*pos = next
	w.progress = true
	w.board.delivered(len(b.raws))
	return nil
}

func (w *Watcher) fetchAll(ctx context.Context, s *session, mails []listed, out chan<- fetched) {
	for len(mails) > 0 {
		first, rest := batch(mails, w.suspect.count(w.cfg.BatchMails), w.cfg.BatchBytes, w.cfg.MaxSize)
		b := w.fetchOne(ctx, s, first)
		select {
		case out <- b:
		case <-ctx.Done():
			return
		}
		if b.err != nil {
			return
		}
		mails = rest
	}
}

func (w *Watcher) fetchOne(ctx context.Context, s *session, mails []listed) fetched {
	b := fetched{last: mails[len(mails)-1].uid}
	if reason := w.suspect.guilty(mails); reason != nil {
		b.raws = []Raw{s.unreadable(mails[0], reason)}
		return b
	}
	b.raws, b.err = s.bodies(ctx, mails)
	if ctx.Err() == nil {
		w.suspect.note(mails, b.err)
	}
	return b
}
