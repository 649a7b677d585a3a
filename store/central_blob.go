package store

import (
	"fmt"
	"slices"

	"holdall/desk"
)

// cellMost is how many bytes stand in one row. To read a piece of a row an engine
// reads all of it.
const cellMost = 1 << 20

// PutBlob keeps bytes under their SHA-256 in hexadecimal; the same bytes are
// kept once.
func (tx *CentralTx) PutBlob(sha256 string, data []byte) error {
	cell, parts := data, ""
	if len(data) > cellMost {
		cell, parts = nil, newUUID()
	}
	if cell == nil {
		cell = []byte{}
	}
	n, err := tx.exec("INSERT INTO file (sha256, size, data, parts) VALUES (?, ?, ?, ?) ON CONFLICT (sha256) DO NOTHING", sha256, int64(len(data)), cell, parts)
	if err != nil || n == 0 || parts == "" {
		return err
	}
	off := 0
	for part := range slices.Chunk(data, cellMost) {
		if err := tx.do("INSERT INTO file_part (parts, off, data) VALUES (?, ?, ?)", parts, int64(off), part); err != nil {
			return err
		}
		off += len(part)
	}
	return nil
}

// Blob reads bytes whole by their SHA-256; desk.ErrUnknown if there are none.
func (tx *CentralTx) Blob(sha256 string) ([]byte, error) {
	f, err := tx.BlobOf(sha256)
	if err != nil {
		return nil, err
	}
	data := make([]byte, 0, f.Size)
	for int64(len(data)) < f.Size {
		piece, err := tx.BlobAt(f, int64(len(data)), f.Size)
		if err != nil {
			return nil, err
		}
		data = append(data, piece...)
	}
	return data, nil
}

// Blob is what the hub knows of bytes it holds.
type Blob struct {
	SHA256 string
	Size   int64
	parts  string // names the rows that hold the bytes; empty: the file's own
}

// BlobOf finds bytes by their SHA-256; desk.ErrUnknown if there are none.
func (tx *CentralTx) BlobOf(sha256 string) (Blob, error) {
	f := Blob{SHA256: sha256}
	found, err := tx.find("SELECT size, parts FROM file WHERE sha256 = ?", []any{sha256}, &f.Size, &f.parts)
	if err == nil && !found {
		err = fmt.Errorf("file %s: %w", sha256, desk.ErrUnknown)
	}
	return f, err
}

// BlobAt reads bytes from an offset on: at most the given number, and at least
// one where the file has more. A part is the most that comes at a time.
func (tx *CentralTx) BlobAt(f Blob, offset, most int64) (data []byte, err error) {
	var first int64
	if f.parts == "" {
		first = offset
		_, err = tx.find("SELECT substr(data, ?, ?) FROM file WHERE sha256 = ?", []any{offset + 1, most, f.SHA256}, &data)
	} else {
		_, err = tx.find("SELECT off, data FROM file_part WHERE parts = ? AND off <= ? ORDER BY off DESC LIMIT 1", []any{f.parts, offset}, &first, &data)
	}
	if err != nil {
		return nil, err
	}
	if offset-first >= int64(len(data)) {
		return nil, fmt.Errorf("file %s at %d: %w", f.SHA256, offset, desk.ErrUnknown)
	}
	data = data[offset-first:]
	return data[:min(most, int64(len(data)))], nil
}

// HoldBlob notes that a message has a file. Who can read the message may have
// the file, and the file stays while the message does.
func (tx *CentralTx) HoldBlob(sha256 string, message desk.MessageID) error {
	return tx.do("INSERT INTO file_holder (sha256, message) VALUES (?, ?) ON CONFLICT (sha256, message) DO NOTHING", sha256, string(message))
}

// ReleaseBlob notes that a message has a file no more.
func (tx *CentralTx) ReleaseBlob(sha256 string, message desk.MessageID) error {
	return tx.do("DELETE FROM file_holder WHERE sha256 = ? AND message = ?", sha256, string(message))
}

// BlobHeld reports whether a message that has the file stands in one of the
// buckets now.
func (tx *CentralTx) BlobHeld(sha256 string, buckets []desk.BucketID) (bool, error) {
	if len(buckets) == 0 {
		return false, nil
	}
	args := []any{sha256, string(desk.KindMessage)}
	for _, b := range buckets {
		args = append(args, string(b))
	}
	var one int64
	return tx.find("SELECT 1 FROM file_holder h JOIN entry e ON e.id = h.message WHERE h.sha256 = ? AND e.kind = ? AND e.dropped = 0"+
		" AND e.bucket IN ("+marks(len(buckets))+") LIMIT 1", args, &one)
}
