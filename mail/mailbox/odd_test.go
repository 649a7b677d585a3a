package mailbox

import (
	"bufio"
	"fmt"
	"net"
	"strings"
	"testing"
)

// odd serves a mailbox with the mails 1 to 3 by hand. refuse says of which
// mails, named in the set of a FETCH, the body is refused; hollow is listed and
// never sent.
func odd(t *testing.T, refuse func(set string) bool, hollow int) string {
	return listen(t, func(c net.Conn) {
		defer c.Close()
		fmt.Fprint(c, "* OK [CAPABILITY IMAP4rev1] odd\r\n")
		lines := bufio.NewScanner(c)
		for lines.Scan() {
			word := strings.Fields(lines.Text())
			tag := word[0]
			switch {
			case len(word) < 2:
				return
			case word[1] == "LOGIN":
				fmt.Fprintf(c, "%s OK [CAPABILITY IMAP4rev1] in\r\n", tag)
				continue
			case word[1] == "SELECT", word[1] == "EXAMINE":
				fmt.Fprint(c, "* 3 EXISTS\r\n* OK [UIDVALIDITY 9] v\r\n* OK [UIDNEXT 4] n\r\n")
			case word[1] == "UID" && strings.Contains(lines.Text(), "BODY.PEEK"):
				if refuse(word[3]) {
					fmt.Fprintf(c, "%s NO [SERVERBUG] internal error\r\n", tag)
					continue
				}
				answerFetch(c, word[3], func(n int) string {
					if n == hollow {
						return "BODY[] NIL"
					}
					return "BODY[] {4}\r\nx\r\ny"
				})
			case word[1] == "UID":
				answerFetch(c, word[3], func(int) string { return `RFC822.SIZE 4 INTERNALDATE "02-Mar-2026 09:00:00 +0000"` })
			}
			fmt.Fprintf(c, "%s OK done\r\n", tag)
		}
	})
}

func answerFetch(c net.Conn, set string, item func(n int) string) {
	for n := 1; n <= 3; n++ {
		low, high := 0, 0
		for part := range strings.SplitSeq(set, ",") {
			from, to, ranged := strings.Cut(part, ":")
			fmt.Sscan(from, &low)
			if high = low; ranged && to == "*" {
				high = 3
			} else if ranged {
				fmt.Sscan(to, &high)
			}
			if low <= n && n <= high {
				fmt.Fprintf(c, "* %d FETCH (UID %d %s)\r\n", n, n, item(n))
			}
		}
	}
}

func problems(mails []Raw) (out string) {
	for _, m := range mails {
		if m.Problem != "" {
			out += fmt.Sprint(m.UID, " ")
		}
	}
	return strings.TrimSpace(out)
}

func TestARefusedBatchIsHalvedToTheOffender(t *testing.T) {
	holdsTwo := func(set string) bool { return strings.Contains(set, "2") || set == "1:3" }
	got := read(t, watcher(t, config(odd(t, holdsTwo, 0), user)), Position{}).take(3)
	if problems(got) != "2" || !strings.Contains(got[1].Problem, "internal error") || string(got[0].Bytes) != "x\r\ny" {
		t.Fatalf("%+v", got)
	}
}

func TestAMailThatIsListedAndNeverSentIsNotForgotten(t *testing.T) {
	got := read(t, watcher(t, config(odd(t, func(string) bool { return false }, 3), user)), Position{}).take(3)
	if problems(got) != "3" || !strings.Contains(got[2].Problem, "sends nothing of it") || got[2].SHA256 == got[1].SHA256 {
		t.Fatalf("%+v", got)
	}
}
