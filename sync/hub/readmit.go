package hub

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"holdall/desk"
	"holdall/store"
)

// admitAgain gives a device of the same person another token, whether it was shut out
// or not: it goes on under its mids, from its cursors, and what was not sent from it
// is. A hub that was restored from a day before it was enrolled takes it in under the
// id it has, and is told what it has forgotten (SPEC P17, P84).
func admitAgain(tx *store.CentralTx, d store.Device) error {
	known, err := tx.Device(d.ID)
	if errors.Is(err, desk.ErrUnknown) {
		if id, err := uuid.Parse(string(d.ID)); err != nil || id.String() != string(d.ID) {
			return desk.Refuse(desk.CodeValidation, "%.40q is no id of a device that a hub gives.", d.ID)
		}
		return tx.AddDevice(d)
	}
	if err != nil {
		return err
	}
	if known.Person != d.Person {
		return desk.Refuse(desk.CodePerm, "This device is signed in for somebody else; sign in as that person, whose words are on it.")
	}
	return tx.Readmit(d.ID, d.TokenHash)
}

// Readmit finds the newest device of a name, whosever it is, and gives it another
// token; false if there is none. So a device that has forgotten who it is goes on
// as itself: under its mids, with its numbers. It asks for no password either: the
// caller is the machine that the hub is in.
func Readmit(ctx context.Context, central *store.Central, deviceName string) (made Enrolment, found bool, err error) {
	made.Token = newToken()
	err = central.Update(ctx, func(tx *store.CentralTx) error {
		people, err := tx.People()
		if err != nil {
			return err
		}
		var newest store.Device
		for _, p := range people {
			devices, err := tx.Devices(p.ID)
			if err != nil {
				return err
			}
			for _, d := range devices {
				if d.Name == deviceName && !d.Revoked && !d.CreatedAt.Before(newest.CreatedAt) {
					newest = d
				}
			}
		}
		if found = newest.ID != ""; !found {
			return nil
		}
		made.Device, made.Person = newest.ID, newest.Person
		return tx.SetToken(newest.ID, tokenHash(made.Token))
	})
	return made, found, err
}
