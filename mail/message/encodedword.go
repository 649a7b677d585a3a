package message

import (
	"strings"
)

// decodeHeader turns a raw header value into text: encoded words (RFC 2047),
// with the liberties that senders take, and raw 8-bit bytes in the charset
// that the mail declares for its body.
func decodeHeader(v, bodyCharset string) string {
	if sevenBit[charsetName(bodyCharset)] && isASCII([]byte(v)) {
		bodyCharset = ""
	}
	if !strings.Contains(v, "=?") {
		return cleanHeader(decodeText([]byte(v), bodyCharset))
	}
	var d wordDecoder
	for v != "" {
		before, w, rest, ok := nextWord(v)
		if !ok {
			d.literal(v, bodyCharset)
			break
		}
		d.literal(before, bodyCharset)
		d.word(w)
		v = rest
	}
	d.flush()
	return cleanHeader(d.out.String())
}

// cleanHeader drops the control characters that no header value may hold.
func cleanHeader(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r':
			return ' '
		case r < 0x20 || r == 0x7f:
			return -1
		}
		return r
	}, s)
}

// encodedWord is one =?charset?encoding?text?= with its bytes decoded.
type encodedWord struct {
	charset string
	data    []byte
}

// wordDecoder joins neighbouring words of one charset before it converts
// them, because many senders split a character between two words.
type wordDecoder struct {
	out     strings.Builder
	pending encodedWord
	gap     string // white space seen since the last word
}

func (d *wordDecoder) word(w encodedWord) {
	if d.pending.data != nil && strings.EqualFold(d.pending.charset, w.charset) {
		d.pending.data = append(d.pending.data, w.data...)
	} else {
		d.flushWord()
		d.pending = w
	}
	d.gap = ""
}

// literal keeps plain text; white space between two words is not text
// (RFC 2047 §6.2).
func (d *wordDecoder) literal(s, charset string) {
	if s == "" {
		return
	}
	if strings.Trim(s, " \t\r\n") == "" && d.pending.data != nil {
		d.gap += s
		return
	}
	d.flush()
	d.out.WriteString(decodeText([]byte(s), charset))
}

func (d *wordDecoder) flushWord() {
	if d.pending.data != nil {
		d.out.WriteString(decodeText(d.pending.data, d.pending.charset))
		d.pending = encodedWord{}
	}
}

func (d *wordDecoder) flush() {
	d.flushWord()
	d.out.WriteString(d.gap)
	d.gap = ""
}

// nextWord finds the first encoded word of a value.
func nextWord(v string) (before string, w encodedWord, rest string, ok bool) {
	for at := 0; ; {
		i := strings.Index(v[at:], "=?")
		if i < 0 {
			return "", w, "", false
		}
		i += at
		if w, n := readWord(v[i:]); n > 0 {
			return v[:i], w, v[i+n:], true
		}
		at = i + 2
	}
}

// wordWindow bounds the search for the end of a word. RFC 2047 allows 75
// bytes; senders put whole subjects into one word.
const wordWindow = 4096

// readWord reads an encoded word at the start of s and returns its length, 0
// when it is none.
func readWord(s string) (encodedWord, int) {
	none := encodedWord{}
	s = s[:min(len(s), wordWindow)]
	q1 := strings.IndexByte(s[2:], '?')
	if q1 <= 0 || q1 > 40 || len(s) < q1+6 || s[q1+4] != '?' {
		return none, 0
	}
	charset, _, _ := strings.Cut(s[2:2+q1], "*")
	enc := s[q1+3]
	text := s[q1+5:]
	end := wordEnd(text, enc)
	if end < 0 || strings.ContainsAny(charset, " <>@") {
		return none, 0
	}
	var data []byte
	switch enc {
	case 'B', 'b':
		data = decodeBase64([]byte(text[:end]))
	case 'Q', 'q':
		data = decodeQ(text[:end])
	default:
		return none, 0
	}
	if data == nil {
		data = []byte{}
	}
	return encodedWord{charset, data}, q1 + 5 + min(end+2, len(text))
}

// wordEnd finds the closing ?= of a word. A raw question mark before an
// escape, as in "What?=20now?=", is part of the text.
func wordEnd(text string, enc byte) int {
	for at := 0; at <= len(text); {
		i := strings.Index(text[at:], "?=")
		if i < 0 {
			return -1
		}
		i += at
		after := text[i+2:]
		escape := (enc == 'Q' || enc == 'q') && len(after) >= 2 && isHex(after[0]) && isHex(after[1])
		stop := strings.IndexAny(after, " \t")
		if stop < 0 {
			stop = len(after)
		}
		if !escape || !strings.Contains(after[:stop], "?=") || strings.Contains(after[:stop], "=?") {
			return i
		}
		at = i + 2
	}
	return -1
}

// decodeQ is the Q encoding of RFC 2047 §4.2; a bad escape stays as it is.
func decodeQ(s string) []byte {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '_':
			out = append(out, ' ')
		case s[i] == '=' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			out = append(out, unhex(s[i+1])<<4|unhex(s[i+2]))
			i += 2
		default:
			out = append(out, s[i])
		}
	}
	return out
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

func unhex(c byte) byte {
	switch {
	case c <= '9':
		return c - '0'
	case c >= 'a':
		return c - 'a' + 10
	default:
		return c - 'A' + 10
	}
}
