package store

import (
	"fmt"

	"holdall/desk"
)

// PutBlob keeps bytes under their SHA-256 in hexadecimal; the same bytes are
// kept once.
func (tx *CentralTx) PutBlob(sha256 string, data []byte) error {
	if data == nil {
		data = []byte{}
	}
	return tx.do("INSERT INTO file (sha256, size, data) VALUES (?, ?, ?) ON CONFLICT (sha256) DO NOTHING", sha256, int64(len(data)), data)
}

// Blob reads bytes by their SHA-256; desk.ErrUnknown if there are none.
func (tx *CentralTx) Blob(sha256 string) ([]byte, error) {
	var data []byte
	found, err := tx.find("SELECT data FROM file WHERE sha256 = ?", []any{sha256}, &data)
	if err == nil && !found {
		err = fmt.Errorf("file %s: %w", sha256, desk.ErrUnknown)
	}
	return data, err
}
