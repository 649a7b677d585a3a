package message

import (
	"regexp"
)

func findBounce(h header, m *Message, root *part) *Bounce { return nil }

func (b *bodies) all() []*part { return nil }

var idPattern = regexp.MustCompile(`<[^<>\s@]+@[^<>\s@]+>`)

func reportIDs(m *Message, root *part) []string { return nil }
