package hub

import (
	"sync"
	"time"

	"holdall/desk"
	"holdall/store"
)

// measureEvery is how old the measure of all files may be.
const measureEvery = time.Hour

// room bounds what all files take. It is measured now and then: what came since
// is small beside it, and what is announced is counted each time.
type room struct {
	most int64 // bytes; 0: no bound

	mu   sync.Mutex
	kept int64
	at   time.Time
}

// check refuses a file for which there is no room.
func (r *room) check(tx *store.CentralTx, size int64) error {
	if r.most == 0 {
		return nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	coming, err := tx.UploadBytes()
	if err == nil && time.Since(r.at) > measureEvery {
		r.kept, err = tx.BlobBytes()
		r.at = time.Now()
	}
	if err != nil {
		return err
	}
	if r.kept+coming+size > r.most {
		return desk.Refuse(desk.CodeQuota, "The hub has no room for this file: all files together may take %d MiB. Ask your admin for more; the file is kept here and goes out then.", r.most>>20)
	}
	return nil
}
