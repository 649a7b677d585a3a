package ordeal

import "fmt"

// bounce is what a mail system returns of a mail it could not deliver (RFC 3464):
// what stands in its head beside the usual, and its text, which begins with its name.
func bounce(id, reader, says string) (more, text string) {
	return "\nReturn-Path: <>\nContent-Type: multipart/report; report-type=delivery-status; boundary=b", fmt.Sprintf(
		"bounce\n--b\nContent-Type: text/plain\n\n%s\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.org\n\n"+
			"Final-Recipient: rfc822; %s\nAction: failed\nStatus: 5.1.1\n--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <%s>\n--b--", says, reader, id)
}
