//go:build linux

package main

import (
	"encoding/base64"
	"fmt"
	"os"
	"strings"

	"holdall/mail/message"
)

// mail is one attack: a name and a body with blanks for addresses.
type mail struct{ name, body string }

// readMails reads the collection; what stands before the first mail speaks of
// the rest.
func readMails(file string) ([]mail, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("read the mails: %w", err)
	}
	var mails []mail
	for _, section := range strings.Split("\n"+string(text), "\n### ")[1:] {
		name, body, _ := strings.Cut(section, "\n")
		mails = append(mails, mail{name, body})
	}
	if len(mails) == 0 || len(mails) > 250 {
		return nil, fmt.Errorf("%s holds %d mails, and there are addresses for 250", file, len(mails))
	}
	return mails, nil
}

// call is what the window's script channel takes for a call of the bound method.
var call = base64.StdEncoding.EncodeToString([]byte(`C{"name":"main.Door.Knock","args":[],"callbackID":"siege"}`))

// sent is the mail as it comes to one wall: its addresses are of that wall and
// that mail alone, so that a packet names both.
func (m mail) sent(wall, number, port int) string {
	host := fmt.Sprintf("127.%d.%d.1:%d", wall+firstNet, number+1, port)
	canary := "http://" + host
	run := "[fetch(`" + canary + "/ran`),fetch(`/knock`),top.postMessage(`ran`,`*`)," +
		"self.webkit&&webkit.messageHandlers.external.postMessage(atob(`" + call + "`)),alert(1)]"
	return strings.NewReplacer("{{canary}}", canary, "{{host}}", host, "{{run}}", run, "{{nul}}", "\x00",
		"{{name}}", fmt.Sprintf("m%d.w%d.canary.example", number+1, wall+firstNet)).Replace(m.body)
}

// firstNet keeps the addresses of the mails apart from this machine's own 127.0.
const firstNet = 10

// shown is a mail as the page gets it.
type shown struct {
	Name  string `json:"name"`
	Raw   string `json:"raw"`
	Clean string `json:"clean"` // by the sanitiser of the program
}

func (m mail) shown(wall, number, port int) shown {
	raw := m.sent(wall, number, port)
	return shown{m.name, raw, message.Sanitize(raw)}
}
