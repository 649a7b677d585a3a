package mailroom

import (
	"testing"

	"holdall/mail/mailbox"
)

// TestAMailboxThatAnotherNodeReadsIsOnStandby: its state would be empty, which
// looks like a fault to whoever watches the machine.
func TestAMailboxThatAnotherNodeReadsIsOnStandby(t *testing.T) {
	if h := (Box{Name: "/var/mail/INBOX", Source: &mailbox.Folder{}}).health(); h.State != standby || h.Mailbox != "INBOX" {
		t.Errorf("%+v", h)
	}
}
