package store

import (
	"errors"
	"testing"
	"time"

	"holdall/desk"

	"github.com/google/go-cmp/cmp"
)

func devicesByToken(t *testing.T, c *Central) {
	d := Device{ID: "d1", Person: "ana", Name: "Ana's laptop", TokenHash: []byte{0, 1, 2}, CreatedAt: noon}
	c.mustUpdate(t, func(tx *CentralTx) error {
		must(t, tx.AddDevice(d))
		must(t, tx.AddDevice(Device{ID: "mail", Name: "without a token"}))
		must(t, tx.AddDevice(Device{ID: "mail2", Name: "without a token either"}))
		if err := tx.Savepoint(func() error { return tx.AddDevice(Device{ID: "d1"}) }); err == nil {
			t.Error("a device was enrolled twice")
		}
		must(t, tx.SetLastMid("d1", 7))
		must(t, tx.Seen("d1", noon.Add(time.Minute)))
		if err := tx.SetLastMid("none", 1); !errors.Is(err, desk.ErrUnknown) {
			t.Errorf("unknown device: %v", err)
		}
		return tx.RevokeDevice("d1")
	})
	d.LastMid, d.LastSeen, d.Revoked = 7, noon.Add(time.Minute), true
	c.mustView(t, func(tx *CentralTx) error {
		byID, err := tx.Device("d1")
		must(t, err)
		byToken, err := tx.DeviceByToken([]byte{0, 1, 2})
		must(t, err)
		ofAna, err := tx.Devices("ana")
		must(t, err)
		if diff := cmp.Diff([]Device{d, d, d}, append(ofAna, byID, byToken)); diff != "" {
			t.Errorf("device (-want +got):\n%s", diff)
		}
		return nil
	})
}

func turnsOfDevices(t *testing.T, c *Central) {
	c.mustUpdate(t, func(tx *CentralTx) error {
		must(t, tx.AddDevice(Device{ID: "d1", TokenHash: []byte{1}}))
		must(t, tx.AddDevice(Device{ID: "d2", TokenHash: []byte{2}}))
		for want := range int64(3) {
			if turn, err := tx.TakeTurn("d1"); turn != want+1 || err != nil {
				t.Errorf("turn %d, want %d: %v", turn, want+1, err)
			}
		}
		turns, err := tx.Turns([]desk.DeviceID{"d1", "d2", "gone"})
		if diff := cmp.Diff(map[desk.DeviceID]int64{"d1": 3, "d2": 0}, turns); diff != "" {
			t.Errorf("turns (-want +got):\n%s", diff)
		}
		return err
	})
}

func grantsAreCounted(t *testing.T, c *Central) {
	c.mustUpdate(t, func(tx *CentralTx) error {
		must(t, tx.AddDevice(Device{ID: "d1", TokenHash: []byte{1}}))
		must(t, tx.NextGrants())
		must(t, tx.RevokeDevice("d1"))
		if n, err := tx.Grants(); n != 2 || err != nil {
			t.Errorf("%d changes, want 2: %v", n, err)
		}
		return nil
	})
}

func passwordsByAddress(t *testing.T, c *Central) {
	c.mustUpdate(t, func(tx *CentralTx) error {
		_, err := tx.Put(desk.Person{ID: "ana", Name: "Ana", Email: "Ana@example.com"})
		must(t, err)
		p, hash, err := tx.Password("ana@example.com")
		if p.ID != "ana" || hash != "" {
			t.Errorf("before a password: %q, %q", p.ID, hash)
		}
		must(t, err)
		must(t, tx.SetPassword("ana", "old"))
		must(t, tx.SetPassword("ana", "new"))
		_, hash, err = tx.Password("ANA@EXAMPLE.COM")
		if hash != "new" {
			t.Errorf("hash %q", hash)
		}
		return err
	})
}

func resultsOnce(t *testing.T, c *Central) {
	want := Result{Mid: 3, Status: desk.Disputed, Code: desk.CodePerm, Message: "No.",
		Conflicts: []desk.ConflictID{"c1"}, Vector: map[desk.BucketID]int64{"triage": 9}}
	c.mustUpdate(t, func(tx *CentralTx) error { return tx.PutResult("d1", want, "f3", noon) })
	c.mustUpdate(t, func(tx *CentralTx) error {
		got, found, err := tx.Result("d1", 3)
		must(t, err)
		if diff := cmp.Diff(want, got); !found || diff != "" {
			t.Errorf("result (-want +got):\n%s", diff)
		}
		if _, print, _, err := tx.Answer("d1", 3); print != "f3" || err != nil {
			t.Errorf("fingerprint %q, %v", print, err)
		}
		if _, print, found, err := tx.Answer("d1", 9); print != "" || found || err != nil {
			t.Errorf("fingerprint of what never came: %q, %v, %v", print, found, err)
		}
		if _, found, err := tx.Result("d2", 3); found || err != nil {
			t.Errorf("another device's result: %v, %v", found, err)
		}
		must(t, tx.PutResult("d1", Result{Mid: 4}, "", noon))
		n, err := tx.ForgetResults(noon, 10)
		if n != 0 {
			t.Errorf("%d results forgotten too early", n)
		}
		must(t, err)
		for _, want := range []int{1, 1, 0} {
			if n, err = tx.ForgetResults(noon.Add(time.Millisecond), 1); n != want {
				t.Errorf("%d results forgotten, want %d", n, want)
			}
			must(t, err)
		}
		return nil
	})
}

func numbersOnce(t *testing.T, c *Central) {
	seen := map[desk.Number]bool{}
	give := func(numbers ...desk.Number) {
		for _, n := range numbers {
			if seen[n] {
				t.Errorf("%s was given twice", n)
			}
			seen[n] = true
		}
	}
	c.mustUpdate(t, func(tx *CentralTx) error {
		clear(seen)
		for _, kind := range []desk.TicketKind{desk.Incident, desk.Request} {
			n, err := tx.NextNumber(kind)
			must(t, err)
			give(n)
			for _, device := range []desk.DeviceID{"d1", "d2", "d1"} {
				l, err := tx.GrantLease(device, kind, desk.LeaseBlock)
				must(t, err)
				for i := l.First; i <= l.Last; i++ {
					give(desk.FormatNumber(kind, i))
				}
			}
			n, err = tx.NextNumber(kind)
			must(t, err)
			give(n)
		}
		if _, err := tx.GrantLease("d1", desk.Incident, 0); err == nil {
			t.Error("an empty lease was granted")
		}
		must(t, tx.RaiseNumbers(desk.Incident, 1000))
		must(t, tx.RaiseNumbers(desk.Incident, 5))
		n, err := tx.NextNumber(desk.Incident)
		if n != "INC0001000" {
			t.Errorf("after raising: %s", n)
		}
		must(t, err)
		leases, err := tx.Leases("d1")
		if len(leases) != 4 {
			t.Errorf("%d leases of d1, want 4", len(leases))
		}
		return err
	})
	if len(seen) != 2*(2+3*desk.LeaseBlock) {
		t.Errorf("%d numbers given", len(seen))
	}
}

func numberTaken(t *testing.T, c *Central) {
	c.mustUpdate(t, func(tx *CentralTx) error {
		_, err := tx.Put(ticketOf("t1", 1))
		must(t, err)
		for number, want := range map[desk.Number]bool{"INC0000001": true, "INC0000002": false} {
			if taken, err := tx.NumberTaken(number); taken != want || err != nil {
				t.Errorf("%s taken: %v, %v", number, taken, err)
			}
		}
		return nil
	})
}
