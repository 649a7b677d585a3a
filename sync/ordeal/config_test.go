package ordeal

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"holdall/mail/mailbox/dovecot"
)

// setting is a part of a configuration.
type setting map[string]any

// configure writes the configuration of a hub.
func configure(t testing.TB, say setting) (path string) {
	t.Helper()
	text, err := json.Marshal(say)
	must(t, err)
	path = filepath.Join(t.TempDir(), "hub.json")
	must(t, os.WriteFile(path, text, 0o600))
	must(t, os.WriteFile(filepath.Join(filepath.Dir(path), "password"), []byte(password), 0o600))
	return path
}

// inbox is the mailbox of an address.
func inbox(box *dovecot.Server, address string) setting {
	return setting{"url": "imap://" + strings.ReplaceAll(address, "@", "%40") + "@" + box.Addr + "/INBOX", "password_file": "password"}
}

// keeping is a mailbox that keeps a copy of what leaves.
func keeping(box *dovecot.Server, address string) setting {
	m := inbox(box, address)
	m["sent"], m["keep_sent"] = "Sent", true
	return m
}

// sender is a mail server by which answers leave.
func sender(server, address string) setting {
	return setting{"url": "smtp://" + server, "from": "Service <" + address + ">"}
}

// leaving is the configuration of a hub that answers, and keeps copies where there
// is a box for them.
func leaving(t testing.TB, box *dovecot.Server, server string) (path string) {
	say := setting{"smtp": sender(server, support)}
	if box != nil {
		say["mailboxes"] = []setting{keeping(box, support)}
	}
	return configure(t, say)
}
