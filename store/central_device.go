package store

import (
	"fmt"
	"time"

	"holdall/desk"
)

// Device is an enrolled device. LastMid is its last executed mutation.
type Device struct {
	ID        desk.DeviceID
	Person    desk.PersonID
	Name      string
	TokenHash []byte // the token itself is kept nowhere
	LastMid   int64
	CreatedAt time.Time
	LastSeen  time.Time
	Revoked   bool
	Turn      int64 // of its newest conversation; see TakeTurn
}

const (
	newDevice     = "id, person, name, token_hash, last_mid, created_at, last_seen, revoked"
	deviceColumns = newDevice + ", turn"
)

// AddDevice enrols a device; its id must be new.
func (tx *CentralTx) AddDevice(d Device) error {
	var token any
	if len(d.TokenHash) > 0 {
		token = d.TokenHash
	}
	return tx.do("INSERT INTO device ("+newDevice+") VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		string(d.ID), string(d.Person), plainText(d.Name), token, d.LastMid, instant(d.CreatedAt), instant(d.LastSeen), truth(d.Revoked))
}

// Device reads a device; desk.ErrUnknown if there is none.
func (tx *CentralTx) Device(id desk.DeviceID) (Device, error) {
	return tx.device("SELECT "+deviceColumns+" FROM device WHERE id = ?", string(id))
}

// DeviceByToken reads the device whose token has this hash; desk.ErrUnknown if
// there is none. A revoked device is found too, so that it can be told.
func (tx *CentralTx) DeviceByToken(hash []byte) (Device, error) {
	return tx.device("SELECT "+deviceColumns+" FROM device WHERE token_hash = ?", hash)
}

func (tx *CentralTx) device(query string, arg any) (Device, error) {
	list, err := collect(tx.txn, query, []any{arg}, readDevice)
	if err != nil {
		return Device{}, err
	}
	if len(list) == 0 {
		return Device{}, fmt.Errorf("device: %w", desk.ErrUnknown)
	}
	return list[0], nil
}

// Devices lists the devices of a person, oldest first.
func (tx *CentralTx) Devices(person desk.PersonID) ([]Device, error) {
	return collect(tx.txn, "SELECT "+deviceColumns+" FROM device WHERE person = ? ORDER BY created_at, id", []any{string(person)}, readDevice)
}

// RevokedDevices lists the devices that may do nothing any more.
func (tx *CentralTx) RevokedDevices() ([]desk.DeviceID, error) {
	return collect(tx.txn, "SELECT id FROM device WHERE revoked = 1 ORDER BY id", nil, func(s scan) (id desk.DeviceID, err error) {
		err = s(&id)
		return id, err
	})
}

func readDevice(s scan) (Device, error) {
	var d Device
	var created, seen, revoked int64
	err := s(&d.ID, &d.Person, &d.Name, &d.TokenHash, &d.LastMid, &created, &seen, &revoked, &d.Turn)
	d.CreatedAt, d.LastSeen, d.Revoked = timeOf(created), timeOf(seen), revoked != 0
	return d, err
}

// SetToken gives a device another token, of which this is the hash; the one it had
// opens nothing any more.
func (tx *CentralTx) SetToken(id desk.DeviceID, hash []byte) error {
	return tx.ofDevice(id, "UPDATE device SET token_hash = ? WHERE id = ?", hash, string(id))
}

// SetLastMid moves the device's place in the order of its mutations.
func (tx *CentralTx) SetLastMid(id desk.DeviceID, mid int64) error {
	return tx.ofDevice(id, "UPDATE device SET last_mid = ? WHERE id = ?", mid, string(id))
}

// Seen notes when the device was last connected.
func (tx *CentralTx) Seen(id desk.DeviceID, at time.Time) error {
	return tx.ofDevice(id, "UPDATE device SET last_seen = ? WHERE id = ?", instant(at), string(id))
}

// Readmit lets a device in again, by another token only, of which this is the hash.
func (tx *CentralTx) Readmit(id desk.DeviceID, hash []byte) error {
	if err := tx.ofDevice(id, "UPDATE device SET token_hash = ?, revoked = 0 WHERE id = ?", hash, string(id)); err != nil {
		return err
	}
	return tx.NextGrants()
}

// RevokeDevice ends what the device's token may do.
func (tx *CentralTx) RevokeDevice(id desk.DeviceID) error {
	if err := tx.ofDevice(id, "UPDATE device SET revoked = 1 WHERE id = ?", string(id)); err != nil {
		return err
	}
	return tx.NextGrants()
}

func (tx *CentralTx) ofDevice(id desk.DeviceID, query string, args ...any) error {
	n, err := tx.exec(query, args...)
	if err == nil && n == 0 {
		err = fmt.Errorf("device %s: %w", id, desk.ErrUnknown)
	}
	return err
}

// SetPassword keeps the hash of a person's password.
func (tx *CentralTx) SetPassword(person desk.PersonID, hash string) error {
	return tx.do("INSERT INTO password (person, hash) VALUES (?, ?) ON CONFLICT (person) DO UPDATE SET hash = excluded.hash", string(person), hash)
}

// Password reads the person with an address, in any case of letters, and the
// hash of the password; "" if none was set, desk.ErrUnknown if there is nobody.
func (tx *CentralTx) Password(email string) (desk.Person, string, error) {
	p, err := tx.PersonByEmail(email)
	if err != nil {
		return desk.Person{}, "", err
	}
	var hash string
	_, err = tx.find("SELECT hash FROM password WHERE person = ?", []any{string(p.ID)}, &hash)
	return p, hash, err
}

// instant is milliseconds since 1970 UTC; 0 stands for no time at all.
func instant(at time.Time) int64 {
	if at.IsZero() {
		return 0
	}
	return at.UnixMilli()
}

func timeOf(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}
