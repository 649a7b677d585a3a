package postgres

import (
	"encoding/binary"
	"io"
	"net"
	"strings"
	"sync"
)

// strait is one connection through a Strict. It knows as much of the protocol
// (PostgreSQL, chapter 55) as it takes to find where a statement ends: Query, or
// a row of messages up to Sync; and when the server is ready for the next one.
type strait struct {
	strict *Strict
	client net.Conn
	server net.Conn
	idle   chan byte // the status the server was ready with, for whoever asked

	mu    sync.Mutex
	mute  bool // what the server answers is kept from the client
	harm  harm
	at    int // of the transaction's statements
	count int
}

// message frames a payload.
func message(kind byte, payload []byte) []byte {
	m := append([]byte{kind}, binary.BigEndian.AppendUint32(nil, uint32(len(payload)+4))...)
	return append(m, payload...)
}

// readMessage reads a message with its frame; the first of a connection has no
// kind.
func readMessage(from io.Reader, first bool) ([]byte, error) {
	head := make([]byte, 5)
	if first {
		head = head[:4]
	}
	if _, err := io.ReadFull(from, head); err != nil {
		return nil, err
	}
	length := int(binary.BigEndian.Uint32(head[len(head)-4:])) - 4
	m := append(head, make([]byte, length)...)
	_, err := io.ReadFull(from, m[len(head):])
	return m, err
}

func (s *strait) cut() {
	s.client.Close()
	s.server.Close()
}

// answer speaks to the client in the server's place.
func (s *strait) answer(messages ...[]byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range messages {
		if _, err := s.client.Write(m); err != nil {
			return err
		}
	}
	return nil
}

// down passes on what the server says.
func (s *strait) down() {
	defer s.cut()
	defer close(s.idle)
	for {
		m, err := readMessage(s.server, false)
		if err != nil {
			return
		}
		s.mu.Lock()
		mute := s.mute
		if !mute {
			_, err = s.client.Write(m)
		}
		s.mu.Unlock()
		if err != nil {
			return
		}
		if mute && m[0] == 'Z' {
			s.idle <- m[5]
		}
	}
}

// up passes on what the client says, statement by statement.
func (s *strait) up() {
	defer s.strict.forget(s)
	defer s.cut()
	m, err := readMessage(s.client, true)
	var statement []byte
	for ; err == nil; m, err = readMessage(s.client, false) {
		statement = append(statement, m...)
		switch m[0] {
		case 'P', 'B', 'D', 'E', 'C': // up to Sync
			continue
		}
		if err = s.pass(statement, m); err != nil {
			return
		}
		statement = nil
	}
}

// pass sends a statement on, unless its transaction is to come to harm.
func (s *strait) pass(statement, last []byte) error {
	words := ""
	if last[0] == 'Q' {
		words = strings.ToLower(string(last[5:]))
	}
	s.count++
	switch {
	case last[0] != 'Q' && last[0] != 'S':
	case strings.HasPrefix(words, "begin"):
		s.harm, s.at = s.strict.draw()
		s.count = 0
	case strings.HasPrefix(words, "commit"):
		what := s.harm
		s.harm = none
		return s.end(what, statement)
	case strings.HasPrefix(words, "rollback") && !strings.HasPrefix(words, "rollback to"):
		s.harm = none
	case s.harm != none && s.count == s.at && s.harm == refused:
		s.harm = none
		return s.refuse('E')
	case s.harm != none && s.count == s.at:
		s.strict.Cut.Add(1)
		return errCut
	}
	_, err := s.server.Write(statement)
	return err
}

// end does to a COMMIT what was drawn for its transaction.
func (s *strait) end(what harm, commit []byte) error {
	switch what {
	case refused:
		if _, err := s.unheard(message('Q', []byte("rollback\x00"))); err != nil {
			return err
		}
		return s.refuse('I')
	case brokenBefore:
		s.strict.Cut.Add(1)
		return errCut
	case brokenAfter:
		s.strict.Doubted.Add(1)
		if _, err := s.unheard(commit); err != nil {
			return err
		}
		return errCut
	}
	_, err := s.server.Write(commit)
	return err
}

// unheard runs a statement whose answer the client never gets.
func (s *strait) unheard(statement []byte) (status byte, err error) {
	s.mu.Lock()
	s.mute = true
	s.mu.Unlock()
	if _, err := s.server.Write(statement); err != nil {
		return 0, err
	}
	status, ok := <-s.idle
	if !ok {
		return 0, io.ErrUnexpectedEOF
	}
	s.mu.Lock()
	s.mute = false
	s.mu.Unlock()
	return status, nil
}
