package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/hub"
)

// deviceCommands look after the devices that hold a replica.
type deviceCommands struct {
	List   deviceListCommand   `cmd:"" help:"List a person's devices."`
	Revoke deviceRevokeCommand `cmd:"" help:"End what a device may do: it was lost or stolen."`
}

// deviceListCommand lists devices.
type deviceListCommand struct {
	place
	Email string `arg:"" help:"Mail address of the person."`
}

// Run prints a line for each device.
func (c deviceListCommand) Run(ctx context.Context, p *program) error {
	return p.withPerson(ctx, c.place, c.Email, func(h *atWork, person desk.Person) error {
		return p.columns(ctx, h, func(tx *store.CentralTx, out io.Writer) error {
			devices, err := tx.Devices(person.ID)
			for _, d := range devices {
				state := "last seen " + d.LastSeen.Format(time.RFC3339)
				if d.Revoked {
					state = "revoked"
				}
				fmt.Fprintf(out, "%s\t%s\t%s\n", d.ID, d.Name, state)
			}
			return err
		})
	})
}

// deviceRevokeCommand revokes a device.
type deviceRevokeCommand struct {
	place
	Device string `arg:"" help:"Id of the device, as device list shows it."`
}

// Run ends the device's token. The person's record is written with it, so that
// every node hears of it and hangs up.
func (c deviceRevokeCommand) Run(ctx context.Context, p *program) error {
	return p.withHub(ctx, c.place, func(h *atWork) error {
		id := desk.DeviceID(c.Device)
		var device store.Device
		var person desk.Entity
		err := h.central.View(ctx, func(tx *store.CentralTx) (err error) {
			if device, err = tx.Device(id); err != nil {
				return err
			}
			person, err = tx.Get(desk.Person{ID: device.Person}.Key())
			return err
		})
		if errors.Is(err, desk.ErrUnknown) {
			return desk.Refuse(desk.CodeValidation, "There is no device %s; `device list` shows a person's.", c.Device)
		}
		if err != nil {
			return err
		}
		revoke := func(tx *store.CentralTx) error { return tx.RevokeDevice(id) }
		return p.put(ctx, h, revoke, hub.Act{Name: desk.PersonPut, Args: person}, "%s may not synchronise any more; what was not sent from it stays on it, and leaves when its person signs in again there.", device.Name)
	})
}
