package ordeal

import (
	"bufio"
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"
)

// clerk is a mail server that notes every mail it takes, and lets a test step in
// at any command of the dialogue.
type clerk struct {
	testing.TB
	address string // of the first of its doors

	mu    sync.Mutex
	taken []taking
	last  map[string]int // place of the mail that came last by a door, until somebody comes by it again
	// at is called with a command of who comes by the first door, before it is
	// answered, and again once it is; on false the line is cut.
	at step
	// refuses reports whether it puts off what a command asks for.
	refuses func(command string) bool
	// file puts a mail that was taken among the sent ones, if it does, before the
	// sender hears of it.
	file func(raw []byte) bool
}

// step is a test's hand in a dialogue; on false the line is cut.
type step func(command string, answered bool) bool

// goesOn lets a dialogue take its course.
func goesOn(string, bool) bool { return true }

// taking is a mail the clerk has taken.
type taking struct {
	id    string   // Message-ID
	from  string   // of the envelope
	to    []string // of the envelope
	raw   []byte
	filed bool // by the clerk, among the sent mails
	ended bool // the dialogue came to its end, so its sender knows
	doubt bool // its sender died then, before it could note anything or do anything else
}

func employ(t testing.TB) *clerk {
	c := &clerk{
		TB: t, last: map[string]int{},
		at: goesOn, refuses: func(string) bool { return false }, file: func([]byte) bool { return false },
	}
	c.address = c.door(func(command string, answered bool) bool { return c.at(command, answered) })
	return c
}

// door opens one more address; at steps into the dialogues of those who come by it.
func (c *clerk) door(at step) (address string) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(c, err)
	var serving sync.WaitGroup
	c.Cleanup(func() { l.Close(); serving.Wait() })
	serving.Go(func() {
		for {
			line, err := l.Accept()
			if err != nil {
				return
			}
			serving.Go(func() {
				defer line.Close()
				d := dialogue{c: c, door: l.Addr().String(), at: at, line: line, in: bufio.NewReader(line)}
				d.converse()
			})
		}
	})
	return l.Addr().String()
}

// greet notes that somebody came by a door.
func (c *clerk) greet(door string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.last, door)
}

// doubt notes that who comes by a door has died: its last mail may have left without
// its knowing, though the dialogue came to its end.
func (c *clerk) doubt(door string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if place, there := c.last[door]; there {
		c.taken[place].doubt = true
	}
}

// note keeps a mail and returns its place.
func (c *clerk) note(door string, m taking) (place int, ok bool) {
	if m.id = named(ownID, string(m.raw)); m.id == "" {
		c.Errorf("a mail without Message-ID: %s", m.raw)
		return 0, false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	m.filed = c.file(m.raw)
	c.taken = append(c.taken, m)
	c.last[door] = len(c.taken) - 1
	return c.last[door], true
}

// end notes that a dialogue was not cut off.
func (c *clerk) end(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.taken[n].ended = true
}

// mails are what was taken, by Message-ID, in order.
func (c *clerk) mails() map[string][]taking {
	c.mu.Lock()
	defer c.mu.Unlock()
	all := map[string][]taking{}
	for _, m := range c.taken {
		all[m.id] = append(all[m.id], m)
	}
	return all
}

func (c *clerk) String() string {
	var text strings.Builder
	for id, list := range c.mails() {
		fmt.Fprintf(&text, "%s %d times; ", id, len(list))
	}
	return text.String()
}
