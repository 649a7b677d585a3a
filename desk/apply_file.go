package desk

import (
	"errors"
	"strings"
)

// Limits of what a person attaches. Mail that comes in has those of its reader.
const (
	FileMost   = 64 << 20 // bytes of a file, and of all files of a message
	AnswerMost = 18 << 20 // bytes of all files of an answer: in base64 the 25 MB that most mail servers take
	FilesMost  = 50       // files of a message
	nameMost   = 255      // bytes of a file's name
)

// FilesMost is how many bytes the files of a message of a kind may take: an
// answer leaves as a mail, which has to get through.
func (w Workspace) FilesMost(kind MessageKind) int64 {
	switch {
	case !kind.leaves():
		return FileMost
	case w.AnswerMiB > 0:
		return min(FileMost, int64(w.AnswerMiB)<<20)
	}
	return AnswerMost
}

// filesMost is what the workspace allows a message.
func (w *work) filesMost(m *Message) (int64, error) {
	if !m.Leaves() || len(m.Attachments) == 0 {
		return FileMost, nil
	}
	workspace, err := Read[Workspace](w.view, Workspace{}.Key())
	if err != nil && !errors.Is(err, ErrUnknown) {
		return 0, err
	}
	return workspace.FilesMost(m.Kind), nil
}

// announce checks the files a device says it will send, and says that the hub
// waits for their bytes: only the hub can say that it has them (SPEC P40).
func announce(files []Attachment, most int64) error {
	if len(files) > FilesMost {
		return Refuse(CodeQuota, "A message holds at most %d files; send the others with another one.", FilesMost)
	}
	total, ids := int64(0), map[string]bool{}
	for i := range files {
		f := &files[i]
		if err := f.check(); err != nil {
			return err
		}
		if ids[f.ID] {
			return invalid("attachments", "Two files of the message have the same id; attach %s again.", f.Name)
		}
		if f.Size > most-total {
			return TooLarge(f.Name, most)
		}
		total, ids[f.ID] = total+f.Size, true
		f.Awaited, f.Inline, f.CID = true, false, ""
	}
	return nil
}

// TooLarge refuses a file that is beyond the bytes a message can hold.
func TooLarge(name string, most int64) *Error {
	return Refuse(CodeQuota, "%s is too large: the files of %s hold at most %d MiB together; share it another way and send its address.", name, holder(most), most>>20)
}

func holder(most int64) string {
	if most < FileMost {
		return "an answer"
	}
	return "a message"
}

func (a Attachment) check() error {
	switch {
	case a.ID == "" || a.Name == "" || len(a.Name) > nameMost:
		return invalid("attachments", "A file needs a name of at most %d bytes; rename it and attach it again.", nameMost)
	case !IsSHA256(a.SHA256) || a.Size < 0:
		return invalid("attachments", "%s came without its sum or its size; attach it again.", a.Name)
	}
	return nil
}

// IsSHA256 reports whether a text is an SHA-256 as files are named by it.
func IsSHA256(s string) bool {
	return len(s) == 64 && strings.Trim(s, "0123456789abcdef") == ""
}

// arriveFile notes that the hub has the bytes of a file (SPEC P40).
func arriveFile(w *work, a ArriveFile) error {
	if !w.env.Actor.System {
		return Refuse(CodePerm, "Only the hub can say which files it has.")
	}
	m, err := Read[Message](w.view, Key{KindMessage, string(a.Message)})
	if errors.Is(err, ErrUnknown) || err == nil && m.Ticket != w.m.Ticket {
		return Refuse(CodeGone, "The message of the file does not exist at the hub (any more).")
	}
	if err != nil {
		return err
	}
	files, arrived := append([]Attachment(nil), m.Attachments...), false
	for i := range files {
		if files[i].SHA256 == a.SHA256 && files[i].Awaited {
			files[i].Awaited, arrived = false, true
		}
	}
	if !arrived {
		w.status = Duplicate
		return nil
	}
	m.Attachments = files
	m.Rev++
	w.put(m)
	return nil
}
