package message

import (
	"bytes"
	"context"
	"fmt"
	"io"
)

// Limits is the budget of one Parse. Zero fields take their default.
type Limits struct {
	Bytes       int64 // raw mail; more is cut off
	HeaderBytes int   // one header block
	Parts       int   // MIME parts of all levels
	Depth       int   // nested multiparts
	TextBytes   int   // each of Text and HTML after decoding
	TNEFBytes   int   // one winmail.dat
}

// DefaultLimits suits a desk that accepts mails of 64 MiB.
func DefaultLimits() Limits {
	return Limits{
		Bytes:       64 << 20,
		HeaderBytes: 1 << 20,
		Parts:       1000,
		Depth:       32,
		TextBytes:   4 << 20,
		TNEFBytes:   32 << 20,
	}
}

func (l Limits) withDefaults() Limits {
	d := DefaultLimits()
	pick := func(v *int, def int) {
		if *v <= 0 {
			*v = def
		}
	}
	if l.Bytes <= 0 {
		l.Bytes = d.Bytes
	}
	pick(&l.HeaderBytes, d.HeaderBytes)
	pick(&l.Parts, d.Parts)
	pick(&l.Depth, d.Depth)
	pick(&l.TextBytes, d.TextBytes)
	pick(&l.TNEFBytes, d.TNEFBytes)
	return l
}

// fence finds where a body exceeds the budget of parts or depth, by one pass
// over its delimiter lines; the tree builder then never sees the rest.
type fence struct {
	known map[string]bool
	open  []string
	parts int
}

// cut returns the body up to the limit and, if it was cut, the reason.
func cut(body []byte, rootBoundary string, lim Limits) ([]byte, string) {
	f := fence{known: declaredBoundaries(body, 4*lim.Parts)}
	if rootBoundary != "" {
		f.known[rootBoundary] = true
	}
	for at := 0; at < len(body); {
		line := body[at:]
		next := len(body)
		if i := bytes.IndexByte(line, '\n'); i >= 0 {
			line, next = line[:i], at+i+1
		}
		if bytes.HasPrefix(line, []byte("--")) {
			if reason := f.step(line[2:], lim); reason != "" {
				return body[:at], reason
			}
		}
		at = next
	}
	return body, ""
}

func (f *fence) step(line []byte, lim Limits) string {
	s := string(bytes.TrimRight(line, " \t\r"))
	closing := false
	if !f.known[s] {
		s = string(bytes.TrimSuffix([]byte(s), []byte("--")))
		if closing = f.known[s]; !closing {
			return ""
		}
	}
	for i, b := range f.open {
		if b == s {
			f.open = f.open[:i]
			break
		}
	}
	if closing {
		return ""
	}
	f.open = append(f.open, s)
	if f.parts++; f.parts > lim.Parts {
		return fmt.Sprintf("more than %d parts; the rest is only in the raw mail", lim.Parts)
	}
	if len(f.open) > lim.Depth {
		return fmt.Sprintf("nested deeper than %d levels; the rest is only in the raw mail", lim.Depth)
	}
	return ""
}

func declaredBoundaries(body []byte, most int) map[string]bool {
	known := map[string]bool{}
	key := []byte("boundary")
	for rest := body; len(known) < most; {
		i := indexFold(rest, key)
		if i < 0 {
			break
		}
		rest = rest[i+len(key):]
		line := rest
		if len(line) > 1024 {
			line = line[:1024]
		}
		if _, params := parseMediaType("multipart/mixed; boundary" + unfoldBytes(line)); params["boundary"] != "" {
			known[params["boundary"]] = true
		}
	}
	return known
}

func unfoldBytes(b []byte) string {
	out := make([]byte, 0, 128)
	for i, c := range b {
		if c == '\n' && (i+1 >= len(b) || (b[i+1] != ' ' && b[i+1] != '\t')) {
			break
		}
		if c != '\n' && c != '\r' {
			out = append(out, c)
		}
	}
	return string(out)
}

// indexFold is bytes.Index for a lower-case ASCII needle, any case.
func indexFold(b, needle []byte) int {
	lo, up := needle[0], needle[0]-'a'+'A'
	for at := 0; ; {
		i := bytes.IndexByte(b[at:], lo)
		if j := bytes.IndexByte(b[at:], up); j >= 0 && (i < 0 || j < i) {
			i = j
		}
		if i < 0 || at+i+len(needle) > len(b) {
			return -1
		}
		at += i
		if bytes.EqualFold(b[at:at+len(needle)], needle) {
			return at
		}
		at++
	}
}

// deadlineReader stops a parser that knows no context.
type deadlineReader struct {
	ctx context.Context
	r   io.Reader
}

func (d deadlineReader) Read(p []byte) (int, error) {
	if d.ctx.Err() != nil {
		return 0, fmt.Errorf("%w: %w", ErrDeadline, context.Cause(d.ctx))
	}
	return d.r.Read(p)
}
