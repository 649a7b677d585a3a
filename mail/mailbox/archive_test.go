package mailbox

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func readArchive(t *testing.T, a *Archive) (got []Raw) {
	t.Helper()
	err := a.Run(t.Context(), Position{}, func(_ context.Context, batch []Raw, next Position) error {
		if last := batch[len(batch)-1]; next.LastUID != last.UID || len(batch) > archiveMails {
			t.Errorf("%d mails up to %+v", len(batch), next)
		}
		got = append(got, batch...)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func written(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "box")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAnArchiveIsAFolderWithAllBelowIt(t *testing.T) {
	dir := t.TempDir()
	for i, name := range []string{"a.eml", "2019/b.EML", "2019/07/c.eml", "notes.txt"} {
		path := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, fmt.Appendf(nil, "Subject: %d\nDate: Mon, 0%d Mar 2026 09:00:00 +0000\n\nx\n", i, i+2), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	a := &Archive{Account: "import", Path: dir}
	got := readArchive(t, a)
	if len(got) != 3 || !got[2].InternalDate.Equal(time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)) || got[0].Account != "import" {
		t.Errorf("%+v", got)
	}
	if s := a.Status(); s.Delivered != 3 || s.Waiting != 0 || s.State != StateStopped || s.Rate <= 0 {
		t.Errorf("%+v", s)
	}
}

func TestAnMboxIsCutAtItsSeparators(t *testing.T) {
	long := "Subject: two\r\n\r\n" + strings.Repeat("long", 40_000) + "From inside\r\n\r\n"
	got := readArchive(t, &Archive{Path: written(t, "From mira Mon Mar  2 09:00:00 2026\nSubject: one\n\nText.\nFrom here on no cut.\n>From quoted\n>>From twice\n\n"+
		"From elif Mon Mar  2 09:00:00 2026\r\n"+long+"From the end\nSubject: three\n\nlast")})
	var mails []string
	for _, m := range got {
		mails = append(mails, string(m.Bytes))
	}
	if !slices.Equal(mails, []string{"Subject: one\n\nText.\nFrom here on no cut.\nFrom quoted\n>From twice\n\n", long, "Subject: three\n\nlast"}) {
		t.Errorf("%d mails: %.60q", len(mails), mails)
	}
}

func TestALargeMboxPassesThroughLittleMemory(t *testing.T) {
	var text strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&text, "From x\nSubject: %d\n\n%s\n\n", i, strings.Repeat("a", 100))
	}
	fmt.Fprintf(&text, "From x\nSubject: huge\n\n%s\n", strings.Repeat("b", 5000))
	largest, left := 0, []int{}
	a := &Archive{Path: written(t, text.String()), MaxSize: 4000, HeadSize: 50, OnStatus: func(s Status) { left = append(left, s.Waiting) }}
	got := 0
	err := a.Run(t.Context(), Position{}, func(_ context.Context, batch []Raw, _ Position) error {
		largest, got = max(largest, len(batch)), got+len(batch)
		if last := batch[len(batch)-1]; got == 1001 && (!last.Truncated || len(last.Bytes) != 50 || last.Size < 5000) {
			t.Errorf("the huge mail: %d of %d bytes", len(last.Bytes), last.Size)
		}
		return nil
	})
	if err != nil || got != 1001 || largest > archiveMails {
		t.Errorf("%d mails in batches of %d, %v", got, largest, err)
	}
	if middle := left[len(left)/2]; middle < 300 || middle > 800 {
		t.Errorf("in the middle %d mails were left", middle)
	}
}

func TestAnArchiveEndsWithItsFault(t *testing.T) {
	full := errors.New("disk full")
	a := &Archive{Path: written(t, "Subject: x\n\ny\n")}
	if err := a.Run(t.Context(), Position{}, func(context.Context, []Raw, Position) error { return full }); !errors.Is(err, full) || a.Status().LastError == "" {
		t.Errorf("%v, %+v", err, a.Status())
	}
	a = &Archive{Path: filepath.Join(t.TempDir(), "none")}
	if err := a.Run(t.Context(), Position{}, nil); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}
