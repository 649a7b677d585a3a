package postgres

import (
	"errors"
	"fmt"
	"os"
	"sync"
)

// Shared is one server, and a stricter one before it, for all tests of a
// package: the first that needs them starts them, and TestMain ends them.
type Shared struct {
	Prefix     string // of the folder's name
	Statements bool   // the stricter one refuses single statements too

	once   sync.Once
	dir    string
	server *Server
	strict *Strict
	err    error
}

// Servers are the running ones.
func (s *Shared) Servers() (*Server, *Strict, error) {
	s.once.Do(s.start)
	return s.server, s.strict, s.err
}

func (s *Shared) start() {
	if s.dir, s.err = os.MkdirTemp("", s.Prefix); s.err != nil {
		return
	}
	if s.server, s.err = Start(s.dir); s.err != nil {
		return
	}
	s.strict, s.err = s.server.Strict(1, s.Statements)
}

// Stop ends what was started and removes its folder; where nothing was, it does
// nothing.
func (s *Shared) Stop() error {
	var faults []error
	if s.strict != nil {
		faults = append(faults, s.strict.Stop())
	}
	if s.server != nil {
		faults = append(faults, s.server.Stop())
	}
	if s.dir != "" {
		faults = append(faults, os.RemoveAll(s.dir))
	}
	if err := errors.Join(faults...); err != nil {
		return fmt.Errorf("stop PostgreSQL: %w", err)
	}
	return nil
}
