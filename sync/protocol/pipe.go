package protocol

import (
	"context"
	"errors"
	"sync"
)

// pipeDepth is how many frames a direction holds before Send waits.
const pipeDepth = 16

// Pipe is a connection within the process, for the solo workspace and for
// simulations. Frames are encoded as on the wire, so both ends share no memory.
func Pipe() (Conn, Conn) {
	up, down := make(chan []byte, pipeDepth), make(chan []byte, pipeDepth)
	closed := make(chan struct{})
	once := &sync.Once{}
	return &pipeEnd{up, down, closed, once}, &pipeEnd{down, up, closed, once}
}

type pipeEnd struct {
	out    chan<- []byte
	in     <-chan []byte
	closed chan struct{}
	once   *sync.Once
}

func (p *pipeEnd) Send(ctx context.Context, messages ...Message) error {
	for _, m := range messages {
		if err := p.send(ctx, m); err != nil {
			return err
		}
	}
	return nil
}

func (p *pipeEnd) send(ctx context.Context, m Message) error {
	frame, err := Encode(m)
	if err != nil {
		return err
	}
	select {
	case <-p.closed:
		return ErrClosed
	default:
	}
	select {
	case p.out <- frame:
		return nil
	case <-p.closed:
		return ErrClosed
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (p *pipeEnd) Receive(ctx context.Context) (Message, error) {
	for {
		frame, err := p.next(ctx)
		if err != nil {
			return nil, err
		}
		m, err := Decode(frame)
		if !errors.Is(err, ErrUnknownType) {
			return m, err
		}
	}
}

// next prefers a frame that already arrived, so a BYE is read before the end.
func (p *pipeEnd) next(ctx context.Context) ([]byte, error) {
	select {
	case frame := <-p.in:
		return frame, nil
	default:
	}
	select {
	case frame := <-p.in:
		return frame, nil
	case <-p.closed:
		return nil, ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (p *pipeEnd) Close() error {
	p.once.Do(func() { close(p.closed) })
	return nil
}
