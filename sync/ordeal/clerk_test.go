package ordeal

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"regexp"
	"strings"
	"sync"
	"testing"
)

// clerk is a mail server that notes every mail it takes, and lets a test step in
// at any command of the dialogue.
type clerk struct {
	testing.TB
	address string

	mu    sync.Mutex
	taken []taking
	// at is called with a command before it is answered, and again once it is; on
	// false the line is cut.
	at func(command string, answered bool) bool
	// file puts a mail that was taken among the sent ones, if it does, before the
	// sender hears of it.
	file func(raw []byte) bool
}

// taking is a mail the clerk has taken.
type taking struct {
	id    string   // Message-ID
	to    []string // of the envelope
	raw   []byte
	filed bool // by the clerk, among the sent mails
	ended bool // the dialogue came to its end, so its sender knows
}

func employ(t testing.TB) *clerk {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	c := &clerk{TB: t, address: l.Addr().String(), at: func(string, bool) bool { return true }, file: func([]byte) bool { return false }}
	var serving sync.WaitGroup
	t.Cleanup(func() { l.Close(); serving.Wait() })
	serving.Go(func() {
		for {
			line, err := l.Accept()
			if err != nil {
				return
			}
			serving.Go(func() {
				defer line.Close()
				c.converse(line)
			})
		}
	})
	return c
}

var (
	verbs  = regexp.MustCompile(`^(EHLO|HELO|MAIL|RCPT|DATA|QUIT|RSET|NOOP)`)
	reader = regexp.MustCompile(`^RCPT TO:<([^>]+)>`)
)

func (c *clerk) converse(line net.Conn) {
	answers := map[string]string{"EHLO": "250-mx.example\r\n250 SIZE 50000000", "DATA": "354 go on", "QUIT": "221 bye"}
	in := bufio.NewReader(line)
	say := func(command, words string) bool {
		if !c.at(command, false) {
			return false
		}
		if _, err := io.WriteString(line, words+"\r\n"); err != nil {
			return false
		}
		return c.at(command, true)
	}
	if !say("greeting", "220 mx.example") {
		return
	}
	var to []string
	for n := -1; ; {
		text, err := in.ReadString('\n')
		if err != nil {
			return
		}
		verb := verbs.FindString(text)
		words, known := answers[verb]
		if !known {
			words = "250 ok"
		}
		if !say(verb, words) {
			return
		}
		switch named := reader.FindStringSubmatch(text); {
		case verb == "QUIT" && n >= 0:
			c.end(n)
		case verb == "MAIL":
			to = nil
		case named != nil:
			to = append(to, named[1])
		case verb == "DATA":
			if n = c.take(in, to); n < 0 || !say(".", "250 taken") {
				return
			}
		}
	}
}

// take reads a mail to its end and notes it before anybody is told; it returns its
// place.
func (c *clerk) take(in *bufio.Reader, to []string) int {
	var raw bytes.Buffer
	for !bytes.HasSuffix(raw.Bytes(), []byte("\r\n.\r\n")) {
		text, err := in.ReadBytes('\n')
		if err != nil {
			return -1
		}
		raw.Write(text)
	}
	mail := bytes.TrimSuffix(raw.Bytes(), []byte(".\r\n"))
	id := ownID.FindSubmatch(mail)
	if id == nil {
		c.Errorf("a mail without Message-ID: %s", mail)
		return -1
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.taken = append(c.taken, taking{id: string(id[1]), to: to, raw: mail, filed: c.file(mail)})
	return len(c.taken) - 1
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
