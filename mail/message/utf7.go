package message

import (
	"encoding/base64"
	"strings"
	"unicode/utf16"
)

// decodeUTF7 is RFC 2152, which x/text leaves out. A shift that does not
// decode stays as it is.
func decodeUTF7(s string) string {
	var out strings.Builder
	for s != "" {
		i := strings.IndexByte(s, '+')
		if i < 0 {
			out.WriteString(s)
			break
		}
		out.WriteString(s[:i])
		s = s[i+1:]
		n := 0
		for n < len(s) && isBase64(s[n]) {
			n++
		}
		out.WriteString(shifted(s[:n]))
		s = s[n:]
		s = strings.TrimPrefix(s, "-")
	}
	return out.String()
}

func shifted(s string) string {
	if s == "" {
		return "+"
	}
	b, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(s, "="))
	if err != nil && len(b) < 2 {
		return "+" + s
	}
	units := make([]uint16, 0, len(b)/2)
	for i := 0; i+1 < len(b); i += 2 {
		units = append(units, uint16(b[i])<<8|uint16(b[i+1]))
	}
	return strings.ReplaceAll(string(utf16.Decode(units)), "\ufffd", "?")
}
