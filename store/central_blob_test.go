package store

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"holdall/desk"
)

func filesByContent(t *testing.T, c *Central) {
	c.mustUpdate(t, func(tx *CentralTx) error {
		for _, data := range [][]byte{nil, {0}, bytes.Repeat([]byte{0xff, 0}, 1<<19), bytes.Repeat([]byte("seam"), cellMost/4*2+1)} {
			must(t, tx.PutBlob(sumOf(data), data))
			must(t, tx.PutBlob(sumOf(data), data))
			back, err := tx.Blob(sumOf(data))
			must(t, err)
			if !bytes.Equal(back, data) {
				t.Errorf("%d bytes came back as %d", len(data), len(back))
			}
		}
		f, err := tx.BlobOf(sumOf([]byte{0}))
		must(t, err)
		if _, err := tx.BlobAt(f, 1, 9); !errors.Is(err, desk.ErrUnknown) {
			t.Errorf("beyond the end: %v", err)
		}
		return nil
	})
	c.mustView(t, func(tx *CentralTx) error {
		var cell, part, parts int64
		must(t, single(tx, "SELECT MAX(length(data)) FROM file", &cell))
		must(t, single(tx, "SELECT MAX(length(data)) FROM file_part", &part))
		must(t, single(tx, "SELECT COUNT(*) FROM file_part", &parts))
		if cell != cellMost || part != cellMost || parts != 3 {
			t.Errorf("a row has up to %d and %d bytes, and there are %d parts", cell, part, parts)
		}
		return nil
	})
}

// sends lets a device send a file in parts.
func sends(t *testing.T, c *Central, device desk.DeviceID, parts ...string) (u Upload) {
	t.Helper()
	whole := []byte{}
	for _, p := range parts {
		whole = append(whole, p...)
	}
	c.mustUpdate(t, func(tx *CentralTx) (err error) {
		u, err = tx.BeginUpload(device, sumOf(whole), int64(len(whole)), noon)
		return err
	})
	for _, p := range parts {
		next := u
		c.mustUpdate(t, func(tx *CentralTx) error {
			next = u
			return tx.AddPart(&next, []byte(p), []byte("so far: "+p), noon)
		})
		u = next
	}
	return u
}

func filesInParts(t *testing.T, c *Central) {
	u := sends(t, c, "d1", "eins ", "zwei ", "drei")
	c.mustUpdate(t, func(tx *CentralTx) error {
		kept, found, err := tx.Upload("d1", u.SHA256)
		if !found || kept.Received != 14 || kept.Size != 14 || string(kept.Digest) != "so far: drei" {
			t.Errorf("found %v: %+v", found, kept)
		}
		must(t, err)
		if coming, err := tx.UploadBytes(); err != nil || coming != 14 {
			t.Errorf("%d bytes are coming, %v", coming, err)
		}
		if _, found, _ := tx.Upload("d2", u.SHA256); found {
			t.Error("another device sees it")
		}
		return tx.KeepUpload(kept)
	})
	again := sends(t, c, "d2", "eins zwei drei")
	c.mustUpdate(t, func(tx *CentralTx) error { return tx.KeepUpload(again) })
	c.mustView(t, func(tx *CentralTx) error {
		f, err := tx.BlobOf(u.SHA256)
		must(t, err)
		for _, at := range []struct {
			offset, most int64
			want         string
		}{{0, 99, "eins "}, {3, 99, "s "}, {4, 1, " "}, {5, 99, "zwei "}, {10, 2, "dr"}, {13, 99, "i"}} {
			if data, err := tx.BlobAt(f, at.offset, at.most); err != nil || string(data) != at.want {
				t.Errorf("at %d: %q, %v", at.offset, data, err)
			}
		}
		data, err := tx.Blob(u.SHA256)
		if string(data) != "eins zwei drei" {
			t.Errorf("whole: %q", data)
		}
		var parts, uploads int
		must(t, errors.Join(err, single(tx, "SELECT COUNT(*) FROM file_part", &parts), single(tx, "SELECT COUNT(*) FROM upload", &uploads)))
		if parts != 3 || uploads != 0 {
			t.Errorf("%d parts and %d uploads are left of what came twice", parts, uploads)
		}
		kept, err := tx.BlobBytes()
		if kept != 14 {
			t.Errorf("%d bytes are kept", kept)
		}
		return err
	})
}

func single(tx *CentralTx, query string, dest any) error {
	_, err := tx.find(query, nil, dest)
	return err
}

func filesHeld(t *testing.T, c *Central) {
	m := desk.Message{ID: "m1", Ticket: "t1", Kind: desk.InternalNote, At: noon}
	c.mustUpdate(t, func(tx *CentralTx) error {
		must(t, tx.HoldBlob("aa", "m1"))
		must(t, tx.HoldBlob("aa", "m1"))
		must(t, tx.HoldBlob("aa", "gone"))
		enter(t, tx, "team:first", m)
		return nil
	})
	held := func(buckets ...desk.BucketID) (held bool) {
		c.mustView(t, func(tx *CentralTx) (err error) { held, err = tx.BlobHeld("aa", buckets); return err })
		return held
	}
	if !held("org", "team:first") || held("team:other") || held() {
		t.Error("it is not held where its message stands")
	}
	c.mustUpdate(t, func(tx *CentralTx) error {
		enter(t, tx, "team:other", m)
		leave(t, tx, "team:first", "t1")
		return nil
	})
	if held("team:first") || !held("team:other") {
		t.Error("the message moved and the file did not")
	}
}

func looseOnes(tx *CentralTx, now time.Time) error {
	last, err := tx.FindLoose(now, "")
	if err == nil && last != "" {
		err = errors.New("they were not all looked at")
	}
	return err
}

// sweepBounded: no transaction of a sweep looks at all files, or deletes more than its
// share; what is referred to again since it was found loose stays.
func sweepBounded(t *testing.T, c *Central) {
	sums := 0
	c.mustUpdate(t, func(tx *CentralTx) error {
		sums = 2*lookAtOnce + 7
		for i := range sums {
			must(t, tx.PutBlob(fmt.Sprintf("%064x", i), []byte{1}))
		}
		return nil
	})
	after, looks := "", 0
	for looks == 0 || after != "" {
		last := ""
		c.mustUpdate(t, func(tx *CentralTx) (err error) {
			last, err = tx.FindLoose(noon, after)
			return err
		})
		after, looks = last, looks+1
	}
	if looks != 3 {
		t.Errorf("it looked %d times", looks)
	}
	c.mustUpdate(t, func(tx *CentralTx) error {
		_, err := tx.Put(desk.Message{ID: "m1", Ticket: "t1", Kind: desk.InternalNote, At: noon})
		must(t, err)
		must(t, tx.HoldBlob(fmt.Sprintf("%064x", 5), "m1"))
		must(t, tx.do("UPDATE file SET size = ? WHERE sha256 = ?", sweepAtOnceOf, fmt.Sprintf("%064x", 3)))
		return tx.do("UPDATE file_loose SET since = ? WHERE sha256 > ?", instant(noon.Add(time.Hour)), fmt.Sprintf("%064x", 99))
	})
	for _, want := range []int{3, 1, 50, 45, 0} {
		c.mustUpdate(t, func(tx *CentralTx) error {
			n, err := tx.DropLoose(noon.Add(time.Minute))
			if n != want {
				t.Errorf("%d were deleted, want %d", n, want)
			}
			return err
		})
	}
	c.mustView(t, func(tx *CentralTx) error { _, err := tx.BlobOf(fmt.Sprintf("%064x", 5)); return err })
}

func filesLoose(t *testing.T, c *Central) {
	day := func(n int) time.Time { return noon.AddDate(0, 0, n) }
	loose := sends(t, c, "d1", "niemand", " braucht mich")
	stale := sends(t, c, "d1", "halb")
	c.mustUpdate(t, func(tx *CentralTx) error {
		must(t, tx.KeepUpload(loose))
		must(t, tx.PutBlob("again", []byte("a")))
		must(t, tx.PutBlob("held", []byte("h")))
		_, err := tx.FileMail(Ledger{Account: "a", Mailbox: "INBOX", UIDValidity: 1, UID: 1, SHA256: "raw", ReceivedAt: noon}, []byte("raw"))
		must(t, err)
		_, err = tx.Put(desk.Message{ID: "m1", Ticket: "t1", Kind: desk.InternalNote, At: noon})
		must(t, err)
		must(t, errors.Join(tx.HoldBlob("held", "m1"), tx.HoldBlob("again", "gone")))
		return looseOnes(tx, day(0))
	})
	c.mustUpdate(t, func(tx *CentralTx) error {
		must(t, tx.HoldBlob("again", "m1"))
		must(t, looseOnes(tx, day(1)))
		if n, err := tx.DropLoose(day(0)); n != 0 || err != nil {
			t.Errorf("%d dropped at once, %v", n, err)
		}
		if n, err := tx.DropLoose(day(1)); n != 1 || err != nil {
			t.Errorf("%d dropped, %v", n, err)
		}
		n, err := tx.DropStale(day(1))
		if n != 1 {
			t.Errorf("%d uploads given up", n)
		}
		if _, found, _ := tx.Upload("d1", stale.SHA256); found {
			t.Error("the upload is there")
		}
		return err
	})
	c.mustView(t, func(tx *CentralTx) error {
		for _, sum := range []string{"again", "held", "raw"} {
			_, err := tx.BlobOf(sum)
			must(t, err)
		}
		_, err := tx.BlobOf(loose.SHA256)
		var parts int
		must(t, single(tx, "SELECT COUNT(*) FROM file_part", &parts))
		if !errors.Is(err, desk.ErrUnknown) || parts != 0 {
			t.Errorf("the loose one: %v, %d parts", err, parts)
		}
		return nil
	})
}

// TestHoldersClimb: what an older hub noted in meta is in the table afterwards.
func TestHoldersClimb(t *testing.T) {
	dir := t.TempDir()
	must(t, os.CopyFS(dir, os.DirFS("testdata/version-1")))
	path := filepath.Join(dir, "central.db")
	db, err := openSQLite(path, full)
	must(t, err)
	must(t, db.update(ctx, func(tx *txn) error {
		return errors.Join(tx.SetMeta("file.aa", `["m1","m2"]`),
			tx.do("INSERT INTO file (sha256, size, data) VALUES ('aa', 3, ?)", []byte("old")))
	}))
	must(t, db.close())
	c := openCentral(t, path)
	c.mustView(t, func(tx *CentralTx) error {
		data, err := tx.Blob("aa")
		var holders int
		left, failed := tx.Meta("file.aa")
		must(t, errors.Join(err, failed, single(tx, "SELECT COUNT(*) FROM file_holder WHERE sha256 = 'aa'", &holders)))
		if string(data) != "old" || holders != 2 || left != "" {
			t.Errorf("%q, %d holders, meta %q", data, holders, left)
		}
		return nil
	})
}
