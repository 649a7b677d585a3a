package intake

import (
	"context"

	"holdall/mail/message"
)

// ahead reads listed mails one after another, while those before them are
// decided and carried out: bytes become the same message whatever the desk holds.
type ahead struct {
	read map[EntryID]*reading
	end  context.CancelFunc
	done chan struct{}
}

// reading is a mail that is read, or will be.
type reading struct {
	ready chan struct{}
	m     *message.Message
	err   error
}

func (c *Converter) readAhead(ctx context.Context, entries []Entry) *ahead {
	ctx, end := context.WithCancel(ctx)
	a := &ahead{read: make(map[EntryID]*reading, len(entries)), end: end, done: make(chan struct{})}
	line := make([]*reading, len(entries))
	for i, e := range entries {
		line[i] = &reading{ready: make(chan struct{})}
		a.read[e.ID] = line[i]
	}
	go func() {
		defer close(a.done)
		for i, e := range entries {
			r := line[i]
			if ctx.Err() == nil && e.Mail.Problem == "" {
				r.m, r.err = c.read(ctx, e.Mail)
			}
			close(r.ready)
		}
	}()
	return a
}

// take is the mail once it is read; nil if it was not listed or not read.
func (a *ahead) take(id EntryID) *reading {
	if a == nil || a.read[id] == nil {
		return nil
	}
	r := a.read[id]
	<-r.ready
	if r.m == nil {
		return nil
	}
	return r
}

// message is a mail as it was read, nil if it was not.
func (a *ahead) message(id EntryID) *message.Message {
	if r := a.take(id); r != nil {
		return r.m
	}
	return nil
}

// stop ends the reading.
func (a *ahead) stop() {
	a.end()
	<-a.done
}
