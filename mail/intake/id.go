package intake

import (
	"crypto/sha256"
	"fmt"
	"strings"

	"holdall/desk"
)

// derive names a thing that comes from a mail: a UUID (version 8, RFC 9562
// §5.8) over what it is and the hash of the raw bytes.
func derive(what string, from []byte) string {
	sum := sha256.Sum256(append([]byte("holdall intake 1 "+what+"\x00"), from...))
	sum[6] = sum[6]&0x0f | 0x80
	sum[8] = sum[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}

func ticketID(m Mail) desk.TicketID { return desk.TicketID(derive("ticket", m.SHA256[:])) }

func messageID(m Mail) desk.MessageID { return desk.MessageID(derive("message", m.SHA256[:])) }

func attachmentID(m Mail, n int) string {
	return derive(fmt.Sprint("attachment ", n), m.SHA256[:])
}

// requesterID comes from the address: two mails of a new writer name one
// requester, also when they were read on two machines.
func requesterID(email string) desk.RequesterID {
	return desk.RequesterID(derive("requester", []byte(fold(email))))
}

// fold makes addresses comparable. Case matters in a local part by the letter
// of RFC 5321 §2.4 and for nobody's mailbox.
func fold(email string) string { return strings.ToLower(strings.TrimSpace(email)) }
