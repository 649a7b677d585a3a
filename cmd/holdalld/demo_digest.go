package main

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"holdall/desk"
	"holdall/store"
)

// digest is what a bucket holds: how many records, and the sum of their hashes.
type digest struct {
	rows int64
	sum  uint64
}

func (d digest) String() string { return fmt.Sprintf("%d records, %016x", d.rows, d.sum) }

// digests are those of the laptop's buckets, at the laptop and at the hub.
func (s *story) digests(ctx context.Context, l *laptop) (here, there map[desk.BucketID]digest, err error) {
	here, there = map[desk.BucketID]digest{}, map[desk.BucketID]digest{}
	err = l.store.View(ctx, func(tx *store.ReplicaTx) error {
		cursors, err := tx.Cursors()
		for b := range cursors {
			var d digest
			if d.rows, d.sum, err = tx.BucketDigest(b); err != nil {
				return err
			}
			here[b] = d
		}
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	err = s.hub.central.View(ctx, func(tx *store.CentralTx) error {
		for b := range here {
			var d digest
			if d.rows, d.sum, err = tx.BucketDigest(b); err != nil {
				return err
			}
			there[b] = d
		}
		return nil
	})
	return here, there, err
}

// settled waits until the laptop has brought everything home and holds what the
// hub holds, and returns how many records that is.
func (s *story) settled(ctx context.Context, l *laptop) (rows int64, err error) {
	err = until(ctx, l.name+"'s laptop equals the hub", func() (bool, error) {
		waiting, err := l.waiting(ctx)
		if err != nil || waiting > 0 {
			return false, err
		}
		here, there, err := s.digests(ctx, l)
		rows = 0
		for _, d := range here {
			rows += d.rows
		}
		return rows > 0 && maps.Equal(here, there), err
	})
	return rows, err
}

// allEqual prints the digest of every bucket of both laptops, and looks once
// more how many mails have left.
func (s *story) allEqual(ctx context.Context) (string, error) {
	if n := len(s.receiver.Mails()); n != 1 {
		return "", fmt.Errorf("%d mails have left in all, not one", n)
	}
	text := ""
	for _, l := range []*laptop{s.ana, s.ben} {
		if _, err := s.settled(ctx, l); err != nil {
			return "", err
		}
		here, there, err := s.digests(ctx, l)
		if err != nil {
			return "", err
		}
		for _, b := range slices.Sorted(maps.Keys(here)) {
			if here[b] != there[b] {
				return "", fmt.Errorf("%s of %s: laptop %s, hub %s", b, l.name, here[b], there[b])
			}
			text += fmt.Sprintf("%-4s%-42s %s = hub\n    ", l.name, b, here[b])
		}
	}
	return text[:len(text)-5], nil
}
