package protocol

import (
	"sync"
	"sync/atomic"
)

// Shared keeps the frame of a message that goes out on many connections, so that
// it is encoded once for all of them (SPEC P7). The message must not change
// afterwards.
type Shared struct {
	once  sync.Once
	frame []byte
	err   error
}

// sharing is a message that may keep its frame; nil: it is for one connection.
type sharing interface{ kept() *Shared }

func (m Rows) kept() *Shared       { return m.Shared }
func (m Checkpoint) kept() *Shared { return m.Shared }

var frames struct{ encoded, handed atomic.Int64 }

// Traffic tells how many bytes of frames this process has encoded, and how many
// it has handed out: what is shared is encoded once and handed out to many.
func Traffic() (encoded, handed int64) { return frames.encoded.Load(), frames.handed.Load() }

// Encode makes the frame of a message.
func Encode(m Message) ([]byte, error) {
	frame, err := frameOf(m)
	frames.handed.Add(int64(len(frame)))
	return frame, err
}

func frameOf(m Message) ([]byte, error) {
	if s, ok := m.(sharing); ok && s.kept() != nil {
		kept := s.kept()
		kept.once.Do(func() { kept.frame, kept.err = encode(m) })
		return kept.frame, kept.err
	}
	return encode(m)
}

func encode(m Message) ([]byte, error) {
	frame, err := enframe(m)
	frames.encoded.Add(int64(len(frame)))
	return frame, err
}
