package ordeal

import (
	"holdall/desk"
	"holdall/store"
)

// sent counts the answers that have left, and the copies that are owed.
func (h *hub) sent() (sent, owed int) {
	h.view(func(tx *store.CentralTx) error {
		list, err := tx.Replies(desk.DeliverySent, 1<<20)
		if err != nil {
			return err
		}
		sent = len(list)
		owed, err = tx.CountCopies()
		return err
	})
	return sent, owed
}

// messages are those of all tickets that nobody was given.
func messages(tx *store.CentralTx) (list []desk.Message, err error) {
	err = each(tx, desk.BucketTriage, func(e desk.Entity) {
		if m, ok := e.(desk.Message); ok {
			list = append(list, m)
		}
	})
	return list, err
}

// threads are the messages at the hub by their tickets.
func (h *hub) threads() map[desk.TicketID][]desk.Message {
	h.t.Helper()
	threads := map[desk.TicketID][]desk.Message{}
	h.view(func(tx *store.CentralTx) error {
		list, err := messages(tx)
		for _, m := range list {
			threads[m.Ticket] = append(threads[m.Ticket], m)
		}
		return err
	})
	return threads
}
