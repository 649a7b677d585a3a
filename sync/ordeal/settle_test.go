package ordeal

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"holdall/desk"
	"holdall/store"
)

// settle waits until nothing is on its way and every laptop has come as far as
// the hub.
func settle(t testing.TB, within time.Duration, h *hub, laptops ...*laptop) {
	t.Helper()
	central, err := store.OpenCentral(ctx, h.dsn)
	must(t, err)
	defer central.Close()
	heads := func(of []desk.BucketID) (heads map[desk.BucketID]store.Head) {
		must(t, central.View(ctx, func(tx *store.CentralTx) (err error) {
			heads, err = tx.Heads(of)
			return err
		}))
		return heads
	}
	over := time.Now().Add(within)
	for _, l := range laptops {
		wait(t, time.Until(over), l.name+" has sent everything", func() (bool, string) {
			s := l.status()
			return s.State == "online" && s.Waiting == 0, fmt.Sprintf("%+v: %s", s, l.process.said)
		})
	}
	for _, l := range laptops {
		wait(t, time.Until(over), l.name+" has received everything", func() (bool, string) {
			at := l.cursors()
			var behind []string
			for b, head := range heads(slices.Collect(maps.Keys(at))) {
				if at[b] != head.Seq {
					behind = append(behind, fmt.Sprintf("%s at %d of %d", b, at[b], head.Seq))
				}
			}
			return len(at) > 2 && len(behind) == 0, fmt.Sprintf("it is behind in %v: %s", behind, l.process.said)
		})
	}
}

// agree stops the laptops and compares them with the hub, bucket by bucket; the
// hashes are printed.
func agree(t testing.TB, h *hub, laptops ...*laptop) {
	t.Helper()
	for _, l := range laptops {
		l.process.stop()
		device, mine := l.digests()
		h.inOrder(device)
		h.view(func(tx *store.CentralTx) error {
			for b, d := range mine {
				rows, sum, err := tx.BucketDigest(b)
				if err != nil {
					return err
				}
				if theirs := (digest{rows, sum}); d != theirs {
					t.Errorf("%s differs from the hub in %s: %v, not %v", l.name, b, d, theirs)
				}
			}
			return nil
		})
		t.Logf("%s holds %s", l.name, told(mine))
	}
}

// finish lets all that a laptop saved arrive, and holds the hub against its ledger.
// The hub must be at work.
func (l *laptop) finish(h *hub) {
	l.t.Helper()
	settle(l.t, patience, h, l)
	agree(l.t, h, l)
	h.process.stop()
	l.ledger.compare(l.t, "the hub", h.words(), saved)
}

// digests are those of the buckets on a laptop that rests.
func (l *laptop) digests() (desk.DeviceID, map[desk.BucketID]digest) {
	l.t.Helper()
	r, err := store.OpenReplica(ctx, l.files())
	must(l.t, err)
	defer r.Close()
	who, err := r.Identity(ctx)
	must(l.t, err)
	mine := map[desk.BucketID]digest{}
	must(l.t, r.View(ctx, func(tx *store.ReplicaTx) error {
		cursors, err := tx.Cursors()
		for b := range cursors {
			rows, sum, err := tx.BucketDigest(b)
			if err != nil {
				return err
			}
			mine[b] = digest{rows, sum}
		}
		return err
	}))
	return who.Device, mine
}

// inOrder wants every mutation of a device carried out, once and after the one
// before it (SPEC R3).
func (h *hub) inOrder(id desk.DeviceID) {
	h.t.Helper()
	h.view(func(tx *store.CentralTx) error {
		device, err := tx.Device(id)
		reached := map[desk.BucketID]int64{}
		for mid := int64(1); mid <= device.LastMid; mid++ {
			r, ok, err := tx.Result(id, mid)
			if err != nil || !ok || r.Status == desk.Rejected || r.Status == desk.Quarantined {
				h.t.Errorf("mid %d of %s became %+v, %v", mid, id, r, err)
			}
			for b, seq := range r.Vector {
				if seq < reached[b] {
					h.t.Errorf("mid %d of %s stands in %s before the one it follows", mid, id, b)
				}
				reached[b] = seq
			}
		}
		return err
	})
}

// digest is a count of records and the sum of their hashes.
type digest struct {
	rows int64
	sum  uint64
}

func told(of map[desk.BucketID]digest) string {
	var words []string
	for _, b := range slices.Sorted(maps.Keys(of)) {
		kind, _, _ := strings.Cut(string(b), ":")
		words = append(words, fmt.Sprintf("%s %d rows %016x", kind, of[b].rows, of[b].sum))
	}
	return strings.Join(words, ", ")
}
