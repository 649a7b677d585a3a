package message

import (
	"net/textproto"
	"strings"
)

// Field is a header field as a person reads it: unfolded, and decoded where it
// is encoded (RFC 2047).
type Field struct{ Name, Value string }

// headerMost bounds the header that is shown, in bytes.
const headerMost = 256 << 10

// Fields lists the header of a mail in its order, duplicates too.
func Fields(raw []byte) []Field {
	h, _, _ := splitHeader(raw, headerMost)
	fields := make([]Field, 0, len(h))
	for _, f := range h {
		value := strings.Join(strings.Fields(decodeHeader(f.value, "")), " ")
		fields = append(fields, Field{Name: textproto.CanonicalMIMEHeaderKey(f.name), Value: tidyText(strings.ToValidUTF8(value, "\ufffd"))})
	}
	return fields
}
