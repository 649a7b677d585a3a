package store

import (
	"slices"

	"holdall/desk"
)

// Thread reads the messages of a ticket in the order the hub took them.
func (tx *CentralTx) Thread(ticket desk.TicketID) ([]desk.Message, error) {
	list, err := entities[desk.Message](tx.txn, desk.KindMessage, "SELECT body FROM message WHERE tree = ?", string(ticket))
	slices.SortFunc(list, desk.InThread)
	return list, err
}
