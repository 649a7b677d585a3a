package mailroom

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"holdall/desk"
	"holdall/sync/hub"
)

// addresses are the desk's own: whom people write to, and whom answers come
// from. Mailboxes that sign in by another name have none here.
func (s Settings) addresses() (own []string) {
	add := func(address string) {
		address = strings.ToLower(strings.TrimSpace(address))
		if strings.Contains(address, "@") && !slices.Contains(own, address) {
			own = append(own, address)
		}
	}
	add(s.From.Email)
	for _, w := range s.ways() {
		add(w.From.Email)
	}
	for _, box := range s.Boxes {
		add(addressOf(box.Account))
		if box.Stored {
			add(box.Address)
		}
	}
	slices.Sort(own)
	return own
}

// addressOf is the address that a mailbox signs in by: its account is called
// user@server:port, and users of many providers are addresses.
func addressOf(account string) string {
	user, server := "", account
	if at := strings.LastIndexByte(account, '@'); at >= 0 {
		user, server = account[:at], account[at:]
	}
	switch {
	case strings.Contains(user, "@"):
		return user
	case strings.Contains(server, ":"):
		return ""
	}
	return account
}

// introduce tells the laptops the desk's own addresses, so that no answer to all
// is addressed to the desk itself.
func introduce(ctx context.Context, server *hub.Server, own []string) error {
	w, err := server.Found(ctx, "", time.Now())
	if err != nil || len(own) == 0 || slices.Equal(own, w.Addresses) {
		return err
	}
	patch, err := w.Change(func(w *desk.Workspace) error { w.Addresses = own; return nil })
	if err != nil {
		return err
	}
	if err := server.Do(ctx, nil, hub.Act{Name: desk.WorkspacePatch, Args: patch, At: time.Now()}); err != nil {
		return fmt.Errorf("note the desk's own addresses: %w", err)
	}
	return nil
}
