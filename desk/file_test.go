package desk

import (
	"strings"
	"testing"
)

var sum = strings.Repeat("0a", 32)

func file(id, name string, size int64) Attachment {
	return Attachment{ID: id, Name: name, Type: "image/png", Size: size, SHA256: sum}
}

// TestFilesAreAnnouncedBeforeTheirBytes: SPEC P40. Only the hub says that it has
// a file; what a device claims of it counts for nothing.
func TestFilesAreAnnouncedBeforeTheirBytes(t *testing.T) {
	w := newWorld(t)
	w.open("t")
	claimed := file("a", "Zaehler.png", 9)
	claimed.Inline, claimed.CID = true, "logo@example.com"
	w.do(w.as("ana"), MessageAdd, "t", AddMessage{Message{ID: "n1", Kind: InternalNote, Attachments: []Attachment{claimed, file("b", "twice.png", 9)}}})
	m := w.message("n1")
	if f := m.Attachments[0]; m.Whole() || !f.Awaited || f.Inline || f.CID != "" {
		t.Errorf("announced: %+v", m.Attachments)
	}
	arrive := ArriveFile{Message: "n1", SHA256: sum}
	if _, err := w.try(w.as("ana"), FileArrive, "t", arrive); CodeOf(err) != CodePerm {
		t.Errorf("a person says that a file arrived: %v", err)
	}
	if e := w.do(hub, FileArrive, "t", ArriveFile{Message: "n1", SHA256: strings.Repeat("0b", 32)}); e.Status != Duplicate {
		t.Errorf("a file that nobody announced: %s", e.Status)
	}
	if e := w.do(hub, FileArrive, "t", arrive); e.Status != Applied || !w.message("n1").Whole() || w.message("n1").Rev != 2 {
		t.Errorf("arrived: %s %+v", e.Status, w.message("n1"))
	}
	if e := w.do(hub, FileArrive, "t", arrive); e.Status != Duplicate || w.message("n1").Rev != 2 {
		t.Errorf("arrived twice: %s", e.Status)
	}
	w.open("u")
	for _, m := range []MessageID{"n1", "nothing"} {
		if _, err := w.try(hub, FileArrive, "u", ArriveFile{Message: m, SHA256: sum}); CodeOf(err) != CodeGone {
			t.Errorf("message %s is not the ticket's: %v", m, err)
		}
	}
}

func TestFilesHaveTheirLimits(t *testing.T) {
	many := make([]Attachment, FilesMost+1)
	for i := range many {
		many[i] = file(strings.Repeat("x", i+1), "a.png", 1)
	}
	damaged := file("a", "a.png", 1)
	damaged.SHA256 = strings.ToUpper(sum)
	for name, c := range map[string]struct {
		files []Attachment
		code  Code
	}{
		"too many":      {many, CodeQuota},
		"too large":     {[]Attachment{file("a", "a.png", FileMost+1)}, CodeQuota},
		"too much":      {[]Attachment{file("a", "a.png", FileMost), file("b", "b.png", 1)}, CodeQuota},
		"beyond count":  {[]Attachment{file("a", "a.png", 1), file("b", "b.png", 1<<63-1)}, CodeQuota},
		"no sum":        {[]Attachment{damaged}, CodeValidation},
		"negative":      {[]Attachment{file("a", "a.png", -1)}, CodeValidation},
		"no name":       {[]Attachment{file("a", "", 1)}, CodeValidation},
		"a long name":   {[]Attachment{file("a", strings.Repeat("n", 256), 1)}, CodeValidation},
		"no id":         {[]Attachment{file("", "a.png", 1)}, CodeValidation},
		"the same id":   {[]Attachment{file("a", "a.png", 1), file("a", "b.png", 1)}, CodeValidation},
		"as much as is": {[]Attachment{file("a", "a.png", FileMost)}, ""},
	} {
		w := newWorld(t)
		w.open("t")
		_, err := w.try(w.as("ana"), MessageAdd, "t", AddMessage{Message{ID: "n1", Kind: InternalNote, Text: "See.", Attachments: c.files}})
		if c.code == "" && err != nil || c.code != "" && (CodeOf(err) != c.code || len(err.Error()) < 20) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestAnAnswersFilesFitIntoAMail: a note may hold what no mail server takes; an
// answer is refused before it is queued, in a sentence that says what to do.
func TestAnAnswersFilesFitIntoAMail(t *testing.T) {
	for _, c := range []struct {
		mib, size int64
		part      string // of the refusal; empty: none
	}{
		{0, AnswerMost, ""}, {0, AnswerMost + 1, "at most 18 MiB"}, {5, 5 << 20, ""}, {5, 5<<20 + 1, "at most 5 MiB"}, {100, FileMost, ""}, {100, FileMost + 1, "at most 64 MiB"},
	} {
		w := newWorld(t)
		w.open("t")
		workspace := NewWorkspace("test", "Test")
		workspace.AnswerMiB = int(c.mib)
		w.records[workspace.Key()] = workspace
		e, err := w.try(w.as("ana"), MessageAdd, "t", AddMessage{Message{ID: "r1", Kind: PublicReply, Text: "See.", Attachments: []Attachment{file("a", "plan.pdf", c.size)}}})
		if c.part == "" {
			if err != nil || w.message("r1").Delivery != DeliveryQueued {
				t.Errorf("%d bytes of %d MiB: %v", c.size, c.mib, err)
			}
			continue
		}
		refused(t, e, err, CodeQuota, c.part)
		refused(t, e, err, CodeQuota, "plan.pdf is too large")
	}
}
