package ordeal

import (
	"bufio"
	"bytes"
	"cmp"
	"io"
	"net"
	"regexp"
)

var (
	verbs  = regexp.MustCompile(`^(EHLO|HELO|MAIL|RCPT|DATA|QUIT|RSET|NOOP)`)
	writer = regexp.MustCompile(`^MAIL FROM:<([^>]+)>`)
	reader = regexp.MustCompile(`^RCPT TO:<([^>]+)>`)
	ownID  = regexp.MustCompile(`(?im)^Message-ID:\s*<([^>]+)>`)
)

// yes is what a mail server in good health says to a command, notNow how it asks for
// another try later (RFC 5321 §4.2.1).
var (
	yes    = map[string]string{"EHLO": "250-mx.example\r\n250 SIZE 50000000", "DATA": "354 go on", ".": "250 taken", "QUIT": "221 bye"}
	notNow = "451 4.3.2 not just now"
)

// dialogue is one line to the clerk.
type dialogue struct {
	c    *clerk
	door string
	at   step
	line net.Conn
	in   *bufio.Reader
	from string
	to   []string
	last *int // place of the mail that was taken last
}

func (d *dialogue) converse() {
	d.c.greet(d.door)
	for open := d.say("greeting", "220 mx.example"); open; {
		text, err := d.in.ReadString('\n')
		if err != nil {
			return
		}
		open = d.obey(verbs.FindString(text), text)
	}
}

// obey does what a command asks for; open: the dialogue goes on.
func (d *dialogue) obey(verb, text string) (open bool) {
	done, open := d.answer(verb)
	switch {
	case !open || !done:
	case verb == "QUIT" && d.last != nil:
		d.c.end(*d.last)
	case verb == "MAIL":
		d.from, d.to = named(writer, text), nil
	case verb == "RCPT":
		d.to = append(d.to, named(reader, text))
	case verb == "DATA":
		return d.take()
	}
	return open
}

// answer says yes to a command, or not now.
func (d *dialogue) answer(command string) (done, open bool) {
	if d.c.refuses(command) {
		return false, d.say(command, notNow)
	}
	return true, d.say(command, cmp.Or(yes[command], "250 ok"))
}

// say cuts the line where the test wants it.
func (d *dialogue) say(command, words string) (open bool) {
	if !d.at(command, false) {
		return false
	}
	if _, err := io.WriteString(d.line, words+"\r\n"); err != nil {
		return false
	}
	return d.at(command, true)
}

// take reads a mail to its end and notes it before anybody is told.
func (d *dialogue) take() (open bool) {
	var raw bytes.Buffer
	for !bytes.HasSuffix(raw.Bytes(), []byte("\r\n.\r\n")) {
		text, err := d.in.ReadBytes('\n')
		if err != nil {
			return false
		}
		raw.Write(text)
	}
	if d.c.refuses(".") {
		return d.say(".", notNow)
	}
	place, ok := d.c.note(d.door, taking{from: d.from, to: d.to, raw: bytes.TrimSuffix(raw.Bytes(), []byte(".\r\n"))})
	d.last = &place
	return ok && d.say(".", yes["."])
}

// named is what a pattern finds in a text; empty: nothing.
func named(pattern *regexp.Regexp, text string) string {
	if found := pattern.FindStringSubmatch(text); found != nil {
		return found[1]
	}
	return ""
}
