package mailbox

import (
	"errors"
	"slices"
	"testing"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// content is what a mailbox holds: a subject for each mail and its flags.
func content(t *testing.T, cfg Config, mailbox string) (found []string, flags [][]imap.Flag) {
	t.Helper()
	cfg = cfg.withDefaults()
	cfg.Mailbox = mailbox
	s, err := open(t.Context(), &cfg, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	if _, err := s.selectBox(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	section := &imap.FetchItemBodySection{Peek: true}
	var all imap.UIDSet
	all.AddRange(1, 0)
	var mails []*imapclient.FetchMessageBuffer
	err = s.wait(t.Context(), func() (err error) {
		mails, err = s.client.Fetch(all, &imap.FetchOptions{Flags: true, BodySection: []*imap.FetchItemBodySection{section}}).Collect()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range mails {
		found = append(found, subjects([]Raw{{Bytes: m.FindBodySection(section)}})...)
		flags = append(flags, m.Flags)
	}
	return found, flags
}

// settled runs a watcher until it has made its marks.
func settled(t *testing.T, cfg Config, from Position) {
	t.Helper()
	done := make(chan struct{}, 1000)
	cfg.OnStatus = func(s Status) {
		if s.State == StateWatching {
			done <- struct{}{}
		}
	}
	r := read(t, watcher(t, cfg), from)
	<-done
	r.stop()
}

func TestReadingLeavesTheMailboxAsItWas(t *testing.T) {
	name, cfg := account(t)
	put(t, name, letter("one"))
	settled(t, cfg, Position{})
	got, flags := content(t, cfg, "INBOX")
	if len(got) != 1 || slices.Contains(flags[0], imap.FlagSeen) {
		t.Fatalf("%q with flags %v", got, flags)
	}
}

func TestMarks(t *testing.T) {
	for _, c := range []struct {
		title       string
		marks       Marks
		inbox, done []string
		flags       []imap.Flag
	}{
		{"seen", Marks{Seen: true}, []string{"one", "two"}, nil, []imap.Flag{imap.FlagSeen}},
		{"keyword", Marks{Keyword: "$Holdall"}, []string{"one", "two"}, nil, []imap.Flag{"$Holdall"}},
		{"both", Marks{Seen: true, Keyword: "$Holdall"}, []string{"one", "two"}, nil, []imap.Flag{imap.FlagSeen, "$Holdall"}},
		{"move", Marks{MoveTo: "Done"}, nil, []string{"one", "two"}, nil},
		{"delete", Marks{Delete: true}, nil, nil, nil},
	} {
		t.Run(c.title, func(t *testing.T) {
			name, cfg := account(t)
			put(t, name, letter("one"), letter("two"))
			cfg.Marks = c.marks
			settled(t, cfg, Position{})
			settled(t, cfg, Position{}) // a second time, as after a crash
			inbox, flags := content(t, cfg, "INBOX")
			done, _ := content(t, cfg, "Done")
			if !slices.Equal(inbox, c.inbox) || !slices.Equal(done, c.done) {
				t.Fatalf("INBOX %q, Done %q", inbox, done)
			}
			for _, want := range c.flags {
				if !slices.Contains(flags[0], want) || !slices.Contains(flags[1], want) {
					t.Errorf("flags %v, want %v", flags, want)
				}
			}
		})
	}
}

func TestMarksMissedByACrashAreMadeAtTheNextStart(t *testing.T) {
	name, cfg := account(t)
	put(t, name, letter("one"), letter("two"), letter("three"))
	r := read(t, watcher(t, cfg), Position{}) // delivered, never marked
	r.take(3)
	r.stop()
	pos := r.position()
	pos.MarkedUID = 1
	cfg.Marks = Marks{Seen: true}
	settled(t, cfg, pos)
	_, flags := content(t, cfg, "INBOX")
	for i, want := range []bool{false, true, true} {
		if slices.Contains(flags[i], imap.FlagSeen) != want {
			t.Errorf("mail %d: flags %v", i+1, flags[i])
		}
	}
}

func TestMovingWithoutTheMoveExtension(t *testing.T) {
	for _, c := range []struct {
		title string
		caps  []imap.Cap
		want  error
		inbox []string
		done  []string
	}{
		{"uidplus", []imap.Cap{imap.CapUIDPlus}, nil, []string{"flagged-by-another"}, []string{"ours"}},
		{"neither", nil, ErrCannotMove, []string{"ours", "flagged-by-another"}, nil},
	} {
		t.Run(c.title, func(t *testing.T) {
			name, cfg := account(t)
			put(t, name, letter("ours"), letter("flagged-by-another"))
			full := cfg.withDefaults()
			s, err := open(t.Context(), &full, nil)
			if err != nil {
				t.Fatal(err)
			}
			defer s.close()
			if _, err := s.selectBox(t.Context(), false); err != nil {
				t.Fatal(err)
			}
			if err := s.flag(t.Context(), imap.UIDSetNum(2), imap.FlagDeleted); err != nil {
				t.Fatal(err)
			}
			s.caps = imap.CapSet{}
			for _, name := range c.caps {
				s.caps[name] = struct{}{}
			}
			if err := s.remove(t.Context(), imap.UIDSetNum(1), Marks{MoveTo: "Done"}); !errors.Is(err, c.want) {
				t.Fatalf("error %v, want %v", err, c.want)
			}
			inbox, _ := content(t, cfg, "INBOX")
			done, _ := content(t, cfg, "Done")
			if !slices.Equal(inbox, c.inbox) || !slices.Equal(done, c.done) {
				t.Fatalf("INBOX %q, Done %q", inbox, done)
			}
		})
	}
}
