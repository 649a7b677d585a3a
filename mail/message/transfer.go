package message

import (
	"bytes"
	"encoding/base64"
	"strings"
)

// decodeTransfer undoes a Content-Transfer-Encoding (RFC 2045 §6). Damaged
// input yields what can still be read; an unknown encoding yields the bytes.
func decodeTransfer(encoding string, body []byte) []byte {
	e := strings.ToLower(stripComment(encoding))
	e = strings.Trim(strings.SplitN(e, ";", 2)[0], " \t\"'")
	switch e {
	case "base64", "base-64", "b64":
		return decodeBase64(body)
	case "quoted-printable", "quotedprintable", "quoted/printable", "q-p", "qp":
		return decodeQuotedPrintable(body)
	case "x-uuencode", "uuencode", "x-uue", "uue":
		if files, _ := splitUUEncoded(string(body), 1); len(files) > 0 {
			return files[0].data
		}
	}
	return body
}

// decodeBase64 skips what is not of the alphabet, accepts padding in the
// middle (joined encodings), and stops where, after padding, prose follows,
// as list footers do.
func decodeBase64(src []byte) []byte {
	out := make([]byte, 0, len(src)*3/4+3)
	clean := make([]byte, 0, len(src))
	padded := false
	for at := 0; at < len(src); {
		line, next := nextLine(src, at)
		at = next
		if padded && !isBase64Line(line) {
			break
		}
		n := 0
		for n < len(line) && isBase64(line[n]) {
			n++
		}
		clean = append(clean, line[:n]...)
		for _, c := range line[n:] {
			switch {
			case isBase64(c):
				clean = append(clean, c)
			case c == '-':
				clean = append(clean, '+')
			case c == '_':
				clean = append(clean, '/')
			case c == '=' && len(clean) > 0:
				out = appendBase64(out, clean)
				clean, padded = clean[:0], true
			}
		}
	}
	return appendBase64(out, clean)
}

func appendBase64(out, clean []byte) []byte {
	if len(clean)%4 == 1 {
		clean = clean[:len(clean)-1]
	}
	out, _ = base64.RawStdEncoding.AppendDecode(out, clean)
	return out
}

var base64Alphabet = func() (letters [256]bool) {
	for _, c := range []byte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/") {
		letters[c] = true
	}
	return letters
}()

func isBase64(c byte) bool { return base64Alphabet[c] }

func isBase64Line(line []byte) bool {
	for _, c := range bytes.TrimSpace(line) {
		if !isBase64(c) && c != '=' {
			return false
		}
	}
	return true
}

// decodeQuotedPrintable follows RFC 2045 §6.7; a bad escape stays as it is.
func decodeQuotedPrintable(src []byte) []byte {
	out := make([]byte, 0, len(src))
	for at := 0; at < len(src); {
		end := bytes.IndexByte(src[at:], '\n')
		line, ending := src[at:], []byte(nil)
		if end >= 0 {
			line, ending = src[at:at+end], []byte("\n")
			at += end + 1
		} else {
			at = len(src)
		}
		if n := len(line); n > 0 && line[n-1] == '\r' {
			line, ending = line[:n-1], []byte("\r\n")
		}
		line = bytes.TrimRight(line, " \t")
		if n := len(line); n > 0 && line[n-1] == '=' {
			line, ending = line[:n-1], nil
		}
		out = append(appendQP(out, line), ending...)
	}
	return out
}

func appendQP(out, line []byte) []byte {
	for i := 0; i < len(line); i++ {
		if line[i] == '=' && i+2 < len(line) && isHex(line[i+1]) && isHex(line[i+2]) {
			out = append(out, unhex(line[i+1])<<4|unhex(line[i+2]))
			i += 2
			continue
		}
		out = append(out, line[i])
	}
	return out
}
