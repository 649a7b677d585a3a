package hub

import (
	"time"

	"holdall/desk"
	"holdall/mail/picture"
	"holdall/store"
	"holdall/sync/protocol"
)

const (
	FilledAtOnce = filledAtOnce
	LineLength   = lineLength
)

// Token lets a test take a duty away.
func (d *Duty) Token() int64 { return d.token }

// Lasting lets a test have turns end soon.
func (s *Server) Lasting(life time.Duration) *Server {
	s.dutyLife = life
	return s
}

// Patient makes the doors wait only so long for who sends nothing, and who reads
// nothing.
func (w *Web) Patient(body, reader time.Duration) *Web {
	w.patience = patience{body, reader}
	return w
}

// Carrying makes the doors hold so many parts of files, and a device wait so long.
func (w *Web) Carrying(most int, wait time.Duration) *Web {
	w.loads.room, w.loads.wait = make(chan struct{}, most), wait
	return w
}

// Carried counts the parts of files that are held.
func (w *Web) Carried() int { return len(w.loads.room) }

// HashingFull lets no password be checked until the returned function is called.
func HashingFull() (empty func()) {
	for range cap(hashing) {
		hashing <- struct{}{}
	}
	return func() {
		for range cap(hashing) {
			<-hashing
		}
	}
}

// Waiting counts those who wait for what the engine makes of theirs.
func (s *Server) Waiting() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.waiting)
}

// Fetching makes the doors fetch pictures by another fetcher.
func (w *Web) Fetching(f picture.Fetcher) *Web {
	w.pictures = f
	return w
}

// Queued counts what waits for the engine.
func (s *Server) Queued() int { return len(s.inbox) }

// Epoch is the hub's, as its devices should name it.
func (e *Engine) Epoch() string { return e.epoch }

// Behind counts what a device lacks.
func (e *Engine) Behind(hello protocol.Hello, heads map[desk.BucketID]store.Head) int64 {
	return e.behind(hello, heads)
}

// MayHave tells whether a file may be given to somebody.
func MayHave(tx *store.CentralTx, actor desk.Principal, sum string) error {
	return mayHave(tx, actor, sum)
}
