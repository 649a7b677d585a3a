package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"holdall/desk"
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
		if already, err := tx.FileMail(mailOf(1, []byte("y")), []byte("y")); already || err != nil {
			t.Errorf("other bytes under a taken UID: %v, %v", already, err)
		}
		if waits, err := tx.MailWaits("support", sumOf([]byte("y"))); err != nil || !waits {
			t.Errorf("other bytes under a taken UID wait: %v, %v", waits, err)
		}
		lost := mailOf(9, []byte("the place"))
		lost.State, lost.Reason = MailQuarantined, "the server gave nothing"
		for _, taken := range []bool{false, true} {
			if already, err := tx.FileMail(lost, nil); already != taken || err != nil {
				t.Errorf("a mail without bytes: %v, %v", already, err)
			}
			if already, err := tx.FileMail(mailOf(9, []byte("z")), []byte("z")); already != taken || err != nil {
				t.Errorf("its bytes at last: %v, %v", already, err)
			}
		}
		if aside, err := tx.Quarantine(10); err != nil || len(aside) != 0 {
			t.Errorf("in quarantine: %+v, %v", aside, err)
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
		must(t, tx.RestMail("support", sums[0], "cannot be read", noon))
		must(t, tx.RestMail("support", sums[0], "cannot be read", noon.Add(time.Minute)))
		if err := tx.RestMail("support", "none", "", noon); err == nil {
			t.Error("a mail that never came rests")
		}
		must(t, tx.MarkMail("support", sums[1], MailConverted, "", "t1", "m1"))
		must(t, tx.MarkMail("support", sums[2], MailQuarantined, "hostile", "", ""))
		must(t, tx.RestMail("support", sums[1], "it seemed to fail", noon))
		must(t, tx.RestMail("support", sums[2], "it seemed to fail", noon))
		if err := tx.MarkMail("support", "none", MailConverted, "", "", ""); err == nil {
			t.Error("a mail that never came was marked")
		}
		return nil
	})
	c.mustUpdate(t, func(tx *CentralTx) error {
		for i, waits := range []bool{true, false, false, true} {
			if is, err := tx.MailWaits("support", sums[i]); err != nil || is != waits {
				t.Errorf("mail %d waits: %v, %v", i, is, err)
			}
		}
		for at, due := range map[time.Time]bool{noon.Add(59 * time.Second): false, noon.Add(time.Minute): true, noon.AddDate(-10, 0, 0): true} {
			if is, err := tx.MailDue(at, time.Hour); err != nil || is != due {
				t.Errorf("at %s it is due: %v, %v", at, is, err)
			}
		}
		must(t, tx.WakeMail(noon, time.Hour))
		pending, err := tx.PendingMail(10)
		must(t, err)
		if len(pending) != 1 {
			t.Errorf("what rests is pending: %+v", pending)
		}
		must(t, tx.WakeMail(noon.Add(time.Minute), time.Hour))
		pending, err = tx.PendingMail(10)
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

func mailsOfOneSecond(t *testing.T, c *Central) {
	c.mustUpdate(t, func(tx *CentralTx) error {
		for _, uid := range []uint32{7, 30, 2, 11} {
			raw := fmt.Appendf(nil, "mail %d", uid)
			l := mailOf(uid, raw)
			l.ReceivedAt = noon
			_, err := tx.FileMail(l, raw)
			must(t, err)
		}
		pending, err := tx.PendingMail(10)
		var uids []uint32
		for _, l := range pending {
			uids = append(uids, l.UID)
		}
		if diff := cmp.Diff([]uint32{2, 7, 11, 30}, uids); diff != "" {
			t.Errorf("order (-want +got):\n%s", diff)
		}
		return err
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
		must(t, err)
		must(t, tx.BeginMailbox("support", "INBOX", noon))
		must(t, tx.BeginMailbox("sales", "INBOX", noon))
		must(t, tx.BeginMailbox("sales", "INBOX", noon.Add(time.Hour)))
		must(t, tx.SetPosition("sales", "INBOX", 7, 8, 9))
		for account, want := range map[string]time.Time{"support": {}, "sales": noon, "none": {}} {
			if since, err := tx.MailboxSince(account, "INBOX"); err != nil || !since.Equal(want) {
				t.Errorf("%s is read since %s, %v", account, since, err)
			}
		}
		return nil
	})
}

// ticketsOfMailboxes: the newest mail of the requester tells, in that mailbox of
// several with the same bytes that made it; what agents alone see does not.
func ticketsOfMailboxes(t *testing.T, c *Central) {
	raw := []byte("Subject: to both\r\n\r\n")
	sum := mailOf(1, raw).SHA256
	from := func(id string, hour int, sha256 string) desk.Message {
		m := noteOf(id, "ta", id)
		m.Kind, m.At = desk.FromRequester, noon.Add(time.Duration(hour)*time.Hour)
		if sha256 != "" {
			m.Origin = &desk.Origin{SHA256: sha256}
		}
		return m
	}
	held := from("m3", 3, sum)
	held.Suspect = true
	c.mustUpdate(t, func(tx *CentralTx) error {
		for _, account := range []string{"a@x.example", "b@x.example"} {
			l := mailOf(1, raw)
			l.Account = account
			_, err := tx.FileMail(l, raw)
			must(t, err)
		}
		for _, m := range []desk.Message{from("m1", 1, sum), from("m2", 2, ""), held} {
			_, err := tx.Put(m)
			must(t, err)
		}
		return nil
	})
	by := func(ticket desk.TicketID) (account string) {
		c.mustView(t, func(tx *CentralTx) (err error) { account, err = tx.MailboxOf(ticket); return err })
		return account
	}
	if account := by("ta"); account != "a@x.example" {
		t.Errorf("it came by %q", account)
	}
	c.mustUpdate(t, func(tx *CentralTx) error { return tx.MarkMail("b@x.example", sum, MailConverted, "", "ta", "m1") })
	if account, none := by("ta"), by("tb"); account != "b@x.example" || none != "" {
		t.Errorf("it came by %q, and one without mail by %q", account, none)
	}
	later, other := mailOf(2, []byte("Subject: to a third\r\n\r\n")), from("m4", 0, "")
	later.Account, other.Origin, other.SyncedAt = "c@x.example", &desk.Origin{SHA256: later.SHA256}, noon.Add(time.Second)
	c.mustUpdate(t, func(tx *CentralTx) error {
		_, err := tx.FileMail(later, nil)
		must(t, err)
		_, err = tx.Put(other)
		return err
	})
	if account := by("ta"); account != "c@x.example" {
		t.Errorf("what a server with a slower clock received came by %q", account)
	}
}

func mailTraffic(t *testing.T, c *Central) {
	at := noon.Add(30 * time.Second)
	c.mustUpdate(t, func(tx *CentralTx) error {
		must(t, tx.NoteTraffic("Rudi@example.com", true, at.Add(-2*time.Hour)))
		must(t, tx.NoteTraffic("rudi@example.com", false, at))
		must(t, tx.NoteTraffic("RUDI@example.com", true, at.Add(time.Minute)))
		must(t, tx.NoteTraffic("lena@example.com", true, at))
		must(t, tx.NoteTraffic("", false, at))
		return nil
	})
	for _, q := range []struct {
		sender string
		since  time.Time
		want   [3]int
	}{
		{"rudi@EXAMPLE.com", noon, [3]int{2, 1, 2}},
		{"rudi@example.com", noon.Add(time.Minute), [3]int{1, 1, 1}},
		{"rudi@example.com", noon.Add(-3 * time.Hour), [3]int{3, 2, 3}},
		{"nobody@example.com", noon, [3]int{0, 0, 2}},
	} {
		c.mustView(t, func(tx *CentralTx) error {
			mails, replies, total, err := tx.Traffic(q.sender, q.since)
			if got := [3]int{mails, replies, total}; got != q.want {
				t.Errorf("%s since %s: %v", q.sender, q.since, got)
			}
			return err
		})
	}
	c.mustUpdate(t, func(tx *CentralTx) error {
		must(t, tx.ForgetTraffic(noon))
		mails, _, _, err := tx.Traffic("rudi@example.com", noon.Add(-3*time.Hour))
		if mails != 2 {
			t.Errorf("%d mails after the old ones were dropped", mails)
		}
		return err
	})
}
