package ordeal

import (
	"bytes"
	"strconv"
	"sync"

	"github.com/Shopify/toxiproxy/v2/toxics"
)

func init() { toxics.Register("snip", new(snip)) }

// place is where in the answers of an IMAP server a connection is cut.
type place string

const (
	inHeader  place = "in the header of a literal"
	inLiteral place = "inside a literal"
	inTag     place = "in the tag of an answer"
	afterOK   place = "after a tagged OK"
)

// snips are the cuts that are still to be made, in their order, and those made.
var snips struct {
	sync.Mutex
	left []place
	made map[place]int
}

// planSnips orders cuts.
func planSnips(rounds int) {
	snips.Lock()
	defer snips.Unlock()
	snips.left, snips.made = nil, map[place]int{}
	for range rounds {
		snips.left = append(snips.left, inHeader, inLiteral, inTag, afterOK)
	}
}

// due reports whether the connection is to be cut at a place, and crosses it off.
func due(p place) bool {
	snips.Lock()
	defer snips.Unlock()
	if len(snips.left) == 0 || snips.left[0] != p {
		return false
	}
	snips.left = snips.left[1:]
	snips.made[p]++
	return true
}

// snip follows the answers of an IMAP server (RFC 9051 §4.3, §7) and cuts the
// connection where the plan says.
type snip struct{}

// Pipe lets everything through up to a cut.
func (*snip) Pipe(stub *toxics.ToxicStub) {
	var a answers
	letThrough(stub, a.follow)
}

// answers is how far one connection's answers were followed.
type answers struct {
	line    []byte // of the line that is not complete
	literal int    // bytes of a literal still to come
	half    int    // of them when the middle is reached
	bodies  bool   // a literal has come: a FETCH is being answered
}

// follow reads a piece and returns how much of it is let through.
func (a *answers) follow(data []byte) (let int, cut bool) {
	for i, c := range data {
		if a.literal > 0 {
			if a.literal--; a.literal == a.half && due(inLiteral) {
				return i + 1, true
			}
			continue
		}
		a.line = append(a.line, c)
		if a.cutsLine() {
			return i + 1, true
		}
		if c != '\n' {
			continue
		}
		if size, ok := announced(a.line); ok {
			a.literal, a.half, a.bodies = size, size/2, true
		} else if a.tagged() && a.bodies {
			a.bodies = false
			if due(afterOK) {
				return i + 1, true
			}
		}
		a.line = a.line[:0]
	}
	return len(data), false
}

func (a *answers) tagged() bool { return len(a.line) > 0 && !bytes.ContainsAny(a.line[:1], "*+) \r") }

// cutsLine reports whether the line is to be cut at its newest byte.
func (a *answers) cutsLine() bool {
	n := len(a.line)
	switch {
	case n == 2 && a.tagged() && a.bodies:
		return due(inTag)
	case n > 2 && a.line[n-2] == '{' && bytes.Contains(a.line, []byte("BODY[")):
		return due(inHeader)
	}
	return false
}

// announced is the size of the literal that a line announces.
func announced(line []byte) (int, bool) {
	line = bytes.TrimRight(line, "\r\n")
	open := bytes.LastIndexByte(line, '{')
	if open < 0 || !bytes.HasSuffix(line, []byte("}")) {
		return 0, false
	}
	size, err := strconv.Atoi(string(line[open+1 : len(line)-1]))
	return size, err == nil && size > 0
}
