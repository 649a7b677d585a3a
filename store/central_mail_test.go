package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func sumOf(raw []byte) string {
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}

func mailOf(uid uint32, raw []byte) Ledger {
	return Ledger{Account: "support", Mailbox: "INBOX", UIDValidity: 4294967295, UID: uid, SHA256: sumOf(raw), ReceivedAt: noon.Add(time.Duration(uid) * time.Second)}
}

func mailsFiledOnce(t *testing.T, c *Central) {
	raw := []byte("From: rudi@example.com\r\n\r\n\x00\xff")
	arrivals := []struct {
		what    string
		mail    Ledger
		raw     []byte
		already bool
	}{
		{"new", mailOf(1, raw), raw, false},
		{"the same place again", mailOf(1, raw), raw, true},
		{"the same bytes at another place", mailOf(2, raw), raw, true},
		{"other bytes", mailOf(3, []byte("x")), []byte("x"), false},
	}
	for _, a := range arrivals {
		c.mustUpdate(t, func(tx *CentralTx) error {
			already, err := tx.FileMail(a.mail, a.raw)
			if already != a.already {
				t.Errorf("%s: already %v", a.what, already)
			}
			return err
		})
	}
	c.mustUpdate(t, func(tx *CentralTx) error {
		other := mailOf(1, raw)
		other.Account = "sales"
		if already, err := tx.FileMail(other, raw); already || err != nil {
			t.Errorf("another account's copy: %v, %v", already, err)
		}
		if _, err := tx.FileMail(mailOf(1, []byte("y")), []byte("y")); err == nil {
			t.Error("other bytes under a taken UID were passed over in silence")
		}
		back, err := tx.RawMail(sumOf(raw))
		if !bytes.Equal(back, raw) {
			t.Errorf("raw mail came back as %q", back)
		}
		return err
	})
}

func ledgerStates(t *testing.T, c *Central) {
	var sums []string
	c.mustUpdate(t, func(tx *CentralTx) error {
		for i := range 4 {
			raw := fmt.Appendf(nil, "mail %d", i)
			sums = append(sums, sumOf(raw))
			_, err := tx.FileMail(mailOf(uint32(4-i), raw), raw)
			must(t, err)
		}
		tries, err := tx.CountTry("support", sums[0], "cannot be read")
		must(t, err)
		again, err := tx.CountTry("support", sums[0], "cannot be read")
		if tries != 1 || again != 2 {
			t.Errorf("tries %d, then %d", tries, again)
		}
		must(t, err)
		must(t, tx.MarkMail("support", sums[1], MailConverted, "", "t1", "m1"))
		must(t, tx.MarkMail("support", sums[2], MailQuarantined, "hostile", "", ""))
		if err := tx.MarkMail("support", "none", MailConverted, "", "", ""); err == nil {
			t.Error("a mail that never came was marked")
		}
		return nil
	})
	c.mustView(t, func(tx *CentralTx) error {
		pending, err := tx.PendingMail(10)
		must(t, err)
		if len(pending) != 2 || pending[0].SHA256 != sums[3] || pending[1].Tries != 2 || pending[1].Reason != "cannot be read" {
			t.Errorf("pending %+v", pending)
		}
		locked, err := tx.Quarantine(10)
		must(t, err)
		want := mailOf(2, []byte("mail 2"))
		want.State, want.Reason, want.Size = MailQuarantined, "hostile", 6
		if diff := cmp.Diff([]Ledger{want}, locked); diff != "" {
			t.Errorf("quarantine (-want +got):\n%s", diff)
		}
		return nil
	})
}

func mailboxPosition(t *testing.T, c *Central) {
	c.mustUpdate(t, func(tx *CentralTx) error {
		validity, uid, modseq, err := tx.Position("support", "INBOX")
		if validity != 0 || uid != 0 || modseq != 0 {
			t.Errorf("before: %d %d %d", validity, uid, modseq)
		}
		must(t, err)
		must(t, tx.SetPosition("support", "INBOX", 1, 1, 1))
		must(t, tx.SetPosition("support", "INBOX", 4294967295, 4294967294, 1<<62))
		validity, uid, modseq, err = tx.Position("support", "INBOX")
		if validity != 4294967295 || uid != 4294967294 || modseq != 1<<62 {
			t.Errorf("after: %d %d %d", validity, uid, modseq)
		}
		return err
	})
}

func filesByContent(t *testing.T, c *Central) {
	c.mustUpdate(t, func(tx *CentralTx) error {
		for _, data := range [][]byte{nil, {0}, bytes.Repeat([]byte{0xff, 0}, 1<<19)} {
			must(t, tx.PutBlob(sumOf(data), data))
			must(t, tx.PutBlob(sumOf(data), data))
			back, err := tx.Blob(sumOf(data))
			must(t, err)
			if !bytes.Equal(back, data) {
				t.Errorf("%d bytes came back as %d", len(data), len(back))
			}
		}
		return nil
	})
}
