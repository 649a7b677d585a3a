package store

import (
	"time"
)

// LocalBlob is a file on this device. The bytes stand beside the database under
// their SHA-256; which of them must stay is in outbox.db.
type LocalBlob struct {
	SHA256   string
	Size     int64 // bytes
	Pinned   bool
	LastUsed time.Time
}

// UseBlob notes that a file is here and was used.
func (tx *ReplicaTx) UseBlob(sha256 string, size int64, now time.Time) error {
	return tx.do("INSERT INTO blob_local (sha256, size, pinned, last_used) VALUES (?, ?, 0, ?) ON CONFLICT (sha256)"+
		" DO UPDATE SET size = excluded.size, last_used = MAX(last_used, excluded.last_used)", sha256, size, instant(now))
}

// PinBlob says whether a file that is here must stay.
func (tx *ReplicaTx) PinBlob(sha256 string, pinned bool) error {
	return tx.do("UPDATE blob_local SET pinned = ? WHERE sha256 = ?", truth(pinned), sha256)
}

// ForgetBlob notes that a file is not here any more.
func (tx *ReplicaTx) ForgetBlob(sha256 string) error {
	return tx.do("DELETE FROM blob_local WHERE sha256 = ?", sha256)
}

// Blobs lists the files that are here, the longest unused first.
func (tx *ReplicaTx) Blobs() ([]LocalBlob, error) {
	return collect(tx.txn, "SELECT sha256, size, pinned, last_used FROM blob_local ORDER BY last_used, sha256", nil,
		func(s scan) (b LocalBlob, err error) {
			var used int64
			err = s(&b.SHA256, &b.Size, &b.Pinned, &used)
			b.LastUsed = timeOf(used)
			return b, err
		})
}

// BlobBytes is how much the files here take.
func (tx *ReplicaTx) BlobBytes() (total int64, err error) {
	_, err = tx.find("SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM blob_local", nil, &total)
	return total, err
}
