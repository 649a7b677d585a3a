package outgoing

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strings"
)

// tokenBytes are 128 bits: nobody guesses a token, and a Message-ID stays short.
const tokenBytes = 16

// plain is base32 without case or padding, because mail systems change the
// case of what they quote.
var plain = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// Token signs that a message of a ticket came from a workspace: HMAC-SHA-256
// over the three, cut to 128 bits, as 26 letters and digits. Each part goes in
// with its length, so that no two triples run together.
func Token(key []byte, workspace, ticket, message string) string {
	mac := hmac.New(sha256.New, key)
	for _, part := range []string{"holdall mail token 1", workspace, ticket, message} {
		mac.Write(binary.BigEndian.AppendUint32(nil, uint32(len(part))))
		mac.Write([]byte(part))
	}
	return plain.EncodeToString(mac.Sum(nil)[:tokenBytes])
}

// MessageID is <ticket.message.token@domain>, with angle brackets. workspace is
// signed and not written.
func MessageID(key []byte, workspace, ticket, message, domain string) string {
	return "<" + pack(ticket) + "." + pack(message) + "." + Token(key, workspace, ticket, message) + "@" + line(domain) + ">"
}

// pack writes an id in 27 letters if it is a UUID, else as its bytes.
func pack(id string) string {
	if raw, err := hex.DecodeString(strings.ReplaceAll(id, "-", "")); err == nil && len(raw) == 16 && uuid(raw) == id {
		return "u" + plain.EncodeToString(raw)
	}
	return "t" + plain.EncodeToString([]byte(id))
}

func unpack(packed string) (string, bool) {
	if packed == "" {
		return "", false
	}
	raw, err := plain.DecodeString(packed[1:])
	if packed[0] == 'u' && len(raw) == 16 {
		return uuid(raw), err == nil
	}
	return string(raw), err == nil && packed[0] == 't'
}

func uuid(b []byte) string {
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// ParseMessageID returns the ticket and message of a Message-ID of ours. ok is
// false for any other, and for one whose signature is not that of key and
// workspace. The domain is not looked at: a workspace may change it. The
// comparison takes the same time wherever the tokens differ.
func ParseMessageID(key []byte, workspace, id string) (ticket, message string, ok bool) {
	local, _, found := strings.Cut(strings.ToLower(bare(id)), "@")
	parts := strings.Split(local, ".")
	if !found || len(parts) != 3 {
		return "", "", false
	}
	ticket, okT := unpack(parts[0])
	message, okM := unpack(parts[1])
	want := Token(key, workspace, ticket, message)
	if !okT || !okM || !hmac.Equal([]byte(want), []byte(parts[2])) {
		return "", "", false
	}
	return ticket, message, true
}

// LooksOurs reports whether an id has the form of MessageID, whoever signed it.
func LooksOurs(id string) bool {
	local, _, found := strings.Cut(strings.ToLower(bare(id)), "@")
	parts := strings.Split(local, ".")
	return found && len(parts) == 3 && len(parts[2]) == plain.EncodedLen(tokenBytes)
}
