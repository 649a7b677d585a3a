package app

import "holdall/desk"

// Retry has a reply sent now that waits or failed, or looked for now that may have
// left. Offline it is asked for when the hub is there again.
func (t *Ticket) Retry(r RetryRequest) error {
	return t.app.change(r.TicketID, desk.ReplyRetry, func(desk.Ticket) (any, map[desk.Field]string, error) {
		return desk.RetryReply{Message: desk.MessageID(r.MessageID)}, nil, nil
	})
}
