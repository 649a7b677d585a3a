package hub

import (
	"context"
	"errors"
	"sync"

	"holdall/desk"
	"holdall/sync/protocol"
)

// link is a connection with what waits to be sent on it. A goroutine sends while
// there is something to send: thousands of connections are idle at once.
type link struct {
	conn  protocol.Conn
	heard chan struct{} // one for each message that waits for the engine

	mu      sync.Mutex
	out     []protocol.Message
	writing bool
	over    bool
	writer  sync.WaitGroup
}

// offer queues messages; false means that the connection is too slow.
func (l *link) offer(messages ...protocol.Message) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.over {
		return true
	}
	if len(l.out) >= linkDepth {
		return false
	}
	l.out = append(l.out, messages...)
	if !l.writing {
		l.writing = true
		l.writer.Go(l.write)
	}
	return true
}

// finish ends the link after what is queued.
func (l *link) finish() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.over {
		return
	}
	l.over = true
	if !l.writing {
		l.conn.Close()
	}
}

// cut ends the link at once.
func (l *link) cut() {
	l.finish()
	l.conn.Close()
}

// write sends until nothing is queued.
func (l *link) write() {
	for {
		messages, ok := l.next()
		if !ok {
			return
		}
		if err := l.conn.Send(context.Background(), messages...); err != nil {
			l.fail()
			return
		}
	}
}

// next takes what is queued. With the last of a link that is over the connection
// ends.
func (l *link) next() (messages []protocol.Message, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.out) == 0 {
		l.out, l.writing = nil, false
		if l.over {
			l.conn.Close()
		}
		return nil, false
	}
	messages, l.out = l.out, nil
	return messages, true
}

// fail ends a link that carries nothing more.
func (l *link) fail() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.over, l.writing, l.out = true, false, nil
	l.conn.Close()
}

// Serve runs the conversation of an authenticated device until it ends.
func (s *Server) Serve(ctx context.Context, conn protocol.Conn, device desk.DeviceID) error {
	id := SessionID(s.next.Add(1))
	l := &link{conn: conn, heard: make(chan struct{}, linkHeard)}
	s.mu.Lock()
	s.links[id] = l
	s.mu.Unlock()
	defer func() {
		l.finish()
		l.writer.Wait()
		s.mu.Lock()
		delete(s.links, id)
		s.mu.Unlock()
	}()
	if err := s.post(ctx, Opened{Session: id, Device: device}); err != nil {
		return err
	}
	err := s.read(ctx, id, l)
	if posted := s.post(ctx, Closed{Session: id}); posted != nil && !errors.Is(posted, ErrStopped) {
		return posted
	}
	return err
}

// read feeds the engine with what arrives. A broken frame is answered with its
// reason (SPEC P2).
func (s *Server) read(ctx context.Context, id SessionID, l *link) error {
	for {
		m, err := l.conn.Receive(ctx)
		if errors.Is(err, protocol.ErrFrame) {
			l.offer(protocol.Bye{Code: protocol.ByeFrame, Message: err.Error()})
			return err
		}
		if errors.Is(err, protocol.ErrFlood) {
			l.offer(protocol.Bye{Code: protocol.ByeFlood, Message: "This device sends more than a conversation needs; it is served again in a minute.", RetryAfter: 60})
			return err
		}
		if err != nil {
			return nil
		}
		if err := s.hear(ctx, l, Received{Session: id, Message: m}); err != nil {
			return err
		}
	}
}

// hear hands a message to the engine. While some of the connection wait for it nothing
// more is read from there: a device can fill neither the memory of the hub nor the
// way of others to it.
func (s *Server) hear(ctx context.Context, l *link, ev Received) error {
	select {
	case l.heard <- struct{}{}:
	case <-s.stopped:
		return ErrStopped
	case <-ctx.Done():
		return ctx.Err()
	}
	return s.post(ctx, ev)
}

// taken lets the connections go on whose messages the engine has taken.
func (s *Server) taken(events []Event) {
	for _, ev := range events {
		if received, ok := ev.(Received); ok {
			if l := s.link(received.Session); l != nil {
				<-l.heard
			}
		}
	}
}
