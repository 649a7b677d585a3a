package bench

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"holdall/desk/demo"
)

// corpora are other people's mails, which are no part of the project.
const corpora = "../../shared/data/mail"

// realMails are so many mails of the corpora, repeated with fresh ids, or the
// invented company's where they are not at hand.
func realMails(tb testing.TB, n int) (mails [][]byte, whose string) {
	var once [][]byte
	err := filepath.WalkDir(corpora, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".eml" {
			return err
		}
		raw, err := os.ReadFile(path)
		once = append(once, raw)
		return err
	})
	if err != nil || len(once) == 0 {
		return demo.Company(1, demo.Size{Requesters: 100}, time.Now()).Mails(n), "invented mails"
	}
	for i := range n {
		mails = append(mails, again(once[i%len(once)], i))
	}
	return mails, "real mails"
}

var idField = regexp.MustCompile(`(?im)^message-id:\s*<`)

// again is a mail under another id.
func again(raw []byte, n int) []byte {
	mark := fmt.Appendf(nil, "X-Repetition: %d\n", n)
	if bytes.HasPrefix(raw, []byte("From ")) { // a line of an mbox stays the first
		line, rest, _ := bytes.Cut(raw, []byte("\n"))
		raw, mark = rest, append(append(bytes.Clone(line), '\n'), mark...)
	}
	if at := idField.FindIndex(raw); at != nil {
		raw = append(fmt.Appendf(bytes.Clone(raw[:at[1]]), "r%d.", n), raw[at[1]:]...)
	}
	return append(mark, raw...)
}
