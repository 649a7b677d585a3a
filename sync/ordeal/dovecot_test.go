package ordeal

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"holdall/mail/mailbox/dovecot"
)

// support is the address of a desk that has one.
const support = "support@nordlicht-werke.example"

func openDovecot(t testing.TB) *dovecot.Server {
	server, err := dovecot.Start()
	must(t, err)
	t.Cleanup(server.Close)
	must(t, server.AddUser(support, password))
	return server
}

// copiesOf counts the mails of an id among the sent ones of an address.
func copiesOf(t testing.TB, box *dovecot.Server, address, id string) (n int) {
	for _, part := range []string{"new", "cur"} {
		names, err := filepath.Glob(filepath.Join(box.Dir, "mail", address, "Maildir", ".Sent", part, "*"))
		must(t, err)
		for _, name := range names {
			raw, err := os.ReadFile(name)
			must(t, err)
			n += bytes.Count(raw, []byte("Message-ID: <"+id+">"))
		}
	}
	return n
}
