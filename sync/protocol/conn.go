package protocol

import (
	"context"
	"errors"
)

// ErrClosed is what a closed connection answers.
var ErrClosed = errors.New("the connection is closed")

// Conn carries messages both ways. One goroutine may send while another
// receives.
type Conn interface {
	// Send hands messages on, in one go where the way lets it; it may wait for the
	// other side.
	Send(ctx context.Context, messages ...Message) error
	// Receive waits for the next message. A frame of an unknown type is passed
	// over; a broken one fails with ErrFrame.
	Receive(ctx context.Context) (Message, error)
	// Close ends both directions at once.
	Close() error
}

// Dialer makes a connection to the hub.
type Dialer func(ctx context.Context) (Conn, error)
