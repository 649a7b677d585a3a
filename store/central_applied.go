package store

import (
	"time"

	"holdall/desk"
)

// NoteHeld notes how far a device has come in all the buckets that it holds or is
// given; of others it needs no drops any more.
func (tx *CentralTx) NoteHeld(device desk.DeviceID, at map[desk.BucketID]int64) error {
	known, err := tx.applied(device)
	if err != nil {
		return err
	}
	for _, b := range sorted(known) {
		if _, holds := at[b]; !holds {
			if err := tx.do("DELETE FROM applied WHERE device = ? AND bucket = ?", string(device), string(b)); err != nil {
				return err
			}
		}
	}
	return tx.NoteApplied(device, at)
}

// NoteApplied notes how far a device has come in some buckets.
func (tx *CentralTx) NoteApplied(device desk.DeviceID, at map[desk.BucketID]int64) error {
	known, err := tx.applied(device)
	if err != nil {
		return err
	}
	for _, b := range sorted(at) {
		if seq, noted := known[b]; noted && seq == at[b] {
			continue
		}
		err := tx.do("INSERT INTO applied (device, bucket, seq) VALUES (?, ?, ?) ON CONFLICT (device, bucket) DO UPDATE SET seq = excluded.seq",
			string(device), string(b), at[b])
		if err != nil {
			return err
		}
	}
	return nil
}

// NoteGiven notes of the buckets a device is given that it may have taken in
// nothing of those that were never noted.
func (tx *CentralTx) NoteGiven(device desk.DeviceID, at map[desk.BucketID]int64) error {
	for _, b := range sorted(at) {
		err := tx.do("INSERT INTO applied (device, bucket, seq) VALUES (?, ?, 0) ON CONFLICT (device, bucket) DO NOTHING", string(device), string(b))
		if err != nil {
			return err
		}
	}
	return nil
}

func (tx *CentralTx) applied(device desk.DeviceID) (map[desk.BucketID]int64, error) {
	at := map[desk.BucketID]int64{}
	err := tx.each("SELECT bucket, seq FROM applied WHERE device = ?", []any{string(device)}, func(s scan) error {
		var b desk.BucketID
		var seq int64
		err := s(&b, &seq)
		at[b] = seq
		return err
	})
	return at, err
}

// SweepDrops removes drops that are of no further use and counts them: those
// from before old, and those from before young that no living device has yet to
// pass. A device is living if it was not revoked and was seen since old. Who is the
// furthest behind is looked for once, and not for each drop.
func (tx *CentralTx) SweepDrops(old, young time.Time) (int64, error) {
	swept, err := tx.exec("DELETE FROM entry WHERE dropped = 1 AND dropped_at < ?", instant(old))
	if err != nil {
		return 0, err
	}
	last, err := tx.hindmost(old)
	if err != nil {
		return 0, err
	}
	buckets, err := collect(tx.txn, "SELECT DISTINCT bucket FROM entry WHERE dropped = 1 AND dropped_at < ?", []any{instant(young)}, readBucket)
	if err != nil {
		return 0, err
	}
	for _, b := range buckets {
		which, args := "", []any{string(b), instant(young)}
		if seq, awaited := last[b]; awaited {
			which, args = " AND seq <= ?", append(args, seq)
		}
		n, err := tx.exec("DELETE FROM entry WHERE bucket = ? AND dropped = 1 AND dropped_at < ?"+which, args...)
		if err != nil {
			return 0, err
		}
		swept += n
	}
	return swept, nil
}

// hindmost is how far the living device has come in each bucket that is the furthest
// behind there.
func (tx *CentralTx) hindmost(old time.Time) (map[desk.BucketID]int64, error) {
	last := map[desk.BucketID]int64{}
	err := tx.each("SELECT a.bucket, MIN(a.seq) FROM applied a JOIN device d ON d.id = a.device WHERE d.revoked = 0 AND d.last_seen >= ? GROUP BY a.bucket",
		[]any{instant(old)}, func(s scan) error {
			var b desk.BucketID
			var seq int64
			err := s(&b, &seq)
			last[b] = seq
			return err
		})
	return last, err
}
