package protocol

import "sync"

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

// Encode makes the frame of a message.
func Encode(m Message) ([]byte, error) {
	if s, ok := m.(sharing); ok && s.kept() != nil {
		kept := s.kept()
		kept.once.Do(func() { kept.frame, kept.err = encode(m) })
		return kept.frame, kept.err
	}
	return encode(m)
}
