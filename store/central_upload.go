package store

import (
	"time"

	"holdall/desk"
)

// Upload is how far a device has come with the bytes of a file. Devices do not
// share one: what another sent says nothing to this one, and spoils nothing.
type Upload struct {
	Device   desk.DeviceID
	SHA256   string
	Size     int64  // announced
	Received int64  // bytes that are durable here
	Digest   []byte // of the bytes received, to be gone on with; empty at the start
	parts    string
}

// Upload finds what a device has sent of a file so far; false if nothing.
func (tx *CentralTx) Upload(device desk.DeviceID, sha256 string) (Upload, bool, error) {
	u := Upload{Device: device, SHA256: sha256}
	found, err := tx.find("SELECT size, received, digest, parts FROM upload WHERE device = ? AND sha256 = ?",
		[]any{string(device), sha256}, &u.Size, &u.Received, &u.Digest, &u.parts)
	return u, found, err
}

// BeginUpload makes room for a file of the announced size.
func (tx *CentralTx) BeginUpload(device desk.DeviceID, sha256 string, size int64, now time.Time) (Upload, error) {
	u := Upload{Device: device, SHA256: sha256, Size: size, Digest: []byte{}, parts: newUUID()}
	return u, tx.do("INSERT INTO upload (device, sha256, size, received, digest, parts, touched_at) VALUES (?, ?, ?, 0, ?, ?, ?)",
		string(device), sha256, size, u.Digest, u.parts, instant(now))
}

// AddPart keeps the next bytes of an upload, with the digest of all up to them.
func (tx *CentralTx) AddPart(u *Upload, data, digest []byte, now time.Time) error {
	if err := tx.do("INSERT INTO file_part (parts, off, data) VALUES (?, ?, ?)", u.parts, u.Received, data); err != nil {
		return err
	}
	u.Received += int64(len(data))
	u.Digest = digest
	return tx.do("UPDATE upload SET received = ?, digest = ?, touched_at = ? WHERE device = ? AND sha256 = ?",
		u.Received, digest, instant(now), string(u.Device), u.SHA256)
}

// KeepUpload makes a file of what was received; the parts stay where they are.
// Where the file is here already they are given up.
func (tx *CentralTx) KeepUpload(u Upload) error {
	n, err := tx.exec("INSERT INTO file (sha256, size, data, parts) VALUES (?, ?, ?, ?) ON CONFLICT (sha256) DO NOTHING",
		u.SHA256, u.Size, []byte{}, partsOf(u))
	if err != nil {
		return err
	}
	if n == 0 {
		return tx.DropUpload(u)
	}
	return tx.do("DELETE FROM upload WHERE device = ? AND sha256 = ?", string(u.Device), u.SHA256)
}

func partsOf(u Upload) string {
	if u.Size == 0 {
		return ""
	}
	return u.parts
}

// DropUpload gives up what was received.
func (tx *CentralTx) DropUpload(u Upload) error {
	if err := tx.do("DELETE FROM file_part WHERE parts = ?", u.parts); err != nil {
		return err
	}
	return tx.do("DELETE FROM upload WHERE device = ? AND sha256 = ?", string(u.Device), u.SHA256)
}
