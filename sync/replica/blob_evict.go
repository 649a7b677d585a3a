package replica

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"time"

	"holdall/store"
)

// evict deletes the longest unused files until the rest fits the quota: none
// that is pinned, and none that only this device may have.
func (f *Files) evict(ctx context.Context, now time.Time) error {
	var total int64
	var blobs []store.LocalBlob
	err := f.store.View(ctx, func(tx *store.ReplicaTx) (err error) {
		if total, err = tx.BlobBytes(); err == nil && total > f.quota {
			blobs, err = tx.Blobs()
		}
		return err
	})
	if err != nil || len(blobs) == 0 {
		return err
	}
	needed, err := f.store.NeededFiles(ctx, now)
	if err != nil {
		return err
	}
	for _, b := range blobs {
		if total <= f.quota {
			break
		}
		if b.Pinned || needed[b.SHA256] || !f.letGo(b.SHA256, now) {
			continue
		}
		if err := f.forget(ctx, b.SHA256); err != nil {
			return err
		}
		total -= b.Size
		f.changed(b.SHA256)
	}
	return nil
}

// letGo deletes a file, unless somebody wanted it just now: it may become part of a
// draft in a moment.
func (f *Files) letGo(sum string, now time.Time) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if at, ok := f.used[sum]; ok && now.Sub(at) < justUsed {
		return false
	}
	err := os.Remove(f.path(sum))
	return err == nil || errors.Is(err, fs.ErrNotExist) // else it is being read; another time
}

// forget notes that a file is not here, unless it has come again meanwhile.
func (f *Files) forget(ctx context.Context, sum string) error {
	return f.store.Update(ctx, func(tx *store.ReplicaTx) error {
		if f.Here(sum) {
			return nil
		}
		return tx.ForgetBlob(sum)
	})
}
