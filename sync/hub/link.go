package hub

import (
	"context"
	"errors"
	"sync"

	"holdall/desk"
	"holdall/sync/protocol"
)

// link is a connection with what waits to be sent on it.
type link struct {
	conn protocol.Conn
	mu   sync.Mutex
	out  chan protocol.Message
	over bool
}

// offer queues a message; false means that the connection is too slow.
func (l *link) offer(m protocol.Message) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.over {
		return true
	}
	select {
	case l.out <- m:
		return true
	default:
		return false
	}
}

// finish ends the link after what is queued.
func (l *link) finish() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.over {
		l.over = true
		close(l.out)
	}
}

// cut ends the link at once.
func (l *link) cut() {
	l.finish()
	l.conn.Close()
}

// write sends what is queued until the link ends.
func (l *link) write(ctx context.Context) {
	defer l.conn.Close()
	for m := range l.out {
		if err := l.conn.Send(ctx, m); err != nil {
			return
		}
	}
}

// Serve runs the conversation of an authenticated device until it ends.
func (s *Server) Serve(ctx context.Context, conn protocol.Conn, device desk.DeviceID) error {
	id := SessionID(s.next.Add(1))
	l := &link{conn: conn, out: make(chan protocol.Message, linkDepth)}
	s.mu.Lock()
	s.links[id] = l
	s.mu.Unlock()
	var writer sync.WaitGroup
	writer.Go(func() { l.write(ctx) })
	defer func() {
		l.finish()
		writer.Wait()
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
		if err != nil {
			return nil
		}
		if err := s.post(ctx, Received{Session: id, Message: m}); err != nil {
			return err
		}
	}
}
