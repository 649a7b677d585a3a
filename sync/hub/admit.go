package hub

import (
	"slices"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

// Bounds of how many devices are filled together (SPEC P31).
const (
	filledAtOnce = 16                // devices that are sent much
	lineLength   = 512               // that wait for their turn, connected and heard
	little       = protocol.PageRows // records behind; whoever lacks no more than this waits for nobody
	waitEach     = 5                 // seconds that a turn may take, as told to those who wait
	busyAgain    = 15                // seconds until a device for which the line was too long comes back
)

// stand is where a session stands among those that are filled.
type stand int

const (
	aside   stand = iota // is not being filled, or lacks little
	waiting              // in the line
	filling
)

// turn is a session's place among those that are filled.
type turn struct {
	stand    stand
	answered bool // it took in a page since the last tick
}

func (t turn) waits() bool { return t.stand == waiting }

// queue is who is filled and who comes next.
type queue struct {
	filling int
	line    []SessionID
}

// behind counts the changes a device has not seen: all that is above its cursor,
// and in a bucket that is being filled what is below its floor.
func (e *Engine) behind(hello protocol.Hello, heads map[desk.BucketID]store.Head) (n int64) {
	for b, head := range heads {
		at := hello.Cursors[b]
		if at.Epoch != head.Epoch || at.Seq > head.Seq || hello.Epoch != e.epoch {
			at = protocol.Cursor{}
		}
		n += head.Seq - at.Seq + at.Floor
	}
	return n
}

// admit lets a session be filled, now or when its turn comes after so many
// seconds. False: the line is too long.
func (e *Engine) admit(s *session, lag int64) (wait int, ok bool) {
	e.leaveLine(s)
	switch {
	case lag <= little:
	case e.queue.filling < filledAtOnce:
		s.turn.stand = filling
		e.queue.filling++
	case len(e.queue.line) < lineLength:
		s.turn.stand = waiting
		e.queue.line = append(e.queue.line, s.id)
		return waitEach * (1 + len(e.queue.line)/filledAtOnce), true
	default:
		return 0, false
	}
	return 0, true
}

// leaveLine frees the place of a session that is filled, or gone.
func (e *Engine) leaveLine(s *session) {
	switch s.turn.stand {
	case filling:
		e.queue.filling--
	case waiting:
		e.queue.line = slices.DeleteFunc(e.queue.line, func(id SessionID) bool { return id == s.id })
	}
	s.turn = turn{}
}

// callNext gives free places to those who waited longest and reports whether
// there were any.
func (e *Engine) callNext() (called bool) {
	for e.queue.filling < filledAtOnce && len(e.queue.line) > 0 {
		s := e.sessions[e.queue.line[0]]
		e.queue.line = e.queue.line[1:]
		s.turn.stand = filling
		e.queue.filling++
		called = true
	}
	return called
}

// passOver sends whoever took in nothing since the last tick to the end of the
// line, so that slow devices cannot keep the others from being filled.
func (e *Engine) passOver() {
	for _, s := range e.greeted() {
		if s.turn.stand != filling {
			continue
		}
		if !s.turn.answered && len(e.queue.line) > 0 {
			s.turn.stand = waiting
			e.queue.filling--
			e.queue.line = append(e.queue.line, s.id)
		}
		s.turn.answered = false
	}
}
