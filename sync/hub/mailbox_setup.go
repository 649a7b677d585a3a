package hub

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"holdall/desk"
	"holdall/store"
)

// metaSetups holds the mailboxes that admins connected from a window, beside
// those of the configuration.
const metaSetups = "mail.setups"

// MailboxSetups lists the mailboxes that were connected from a window.
func (s *Server) MailboxSetups(ctx context.Context) (list []desk.MailboxSetup, err error) {
	err = s.engine.store.View(ctx, func(tx *store.CentralTx) error {
		list, err = setups(tx)
		return err
	})
	return list, err
}

func setups(tx *store.CentralTx) (list []desk.MailboxSetup, err error) {
	text, err := tx.Meta(metaSetups)
	if err != nil || text == "" {
		return nil, err
	}
	if err := json.Unmarshal([]byte(text), &list); err != nil {
		return nil, fmt.Errorf("read the mailboxes that were connected from a window: %w", err)
	}
	return list, nil
}

// SendsBy asks whether answers leave from an address by a mailbox that was connected
// from a window: it stands, and its sending does not rest. Asked in the transaction that
// has one leave, none does once a pause is kept (SPEC P82).
func SendsBy(address string) func(*store.CentralTx) (bool, error) {
	return func(tx *store.CentralTx) (bool, error) {
		list, err := setups(tx)
		return slices.ContainsFunc(list, func(s desk.MailboxSetup) bool {
			return s.Sends() && strings.EqualFold(s.Address, address) && !s.SendingRests()
		}), err
	}
}

// ChangeSetups puts other mailboxes in place of those that were connected from a
// window, in one transaction with their secrets; nil forgets one. It is durable on
// return.
func (v *Vault) ChangeSetups(ctx context.Context, change func([]desk.MailboxSetup) ([]desk.MailboxSetup, error), secrets map[string][]byte) error {
	return v.store.Update(ctx, func(tx *store.CentralTx) error {
		list, err := setups(tx)
		if err != nil {
			return err
		}
		if list, err = change(list); err != nil {
			return err
		}
		for name, secret := range secrets {
			if err := v.put(tx, name, secret); err != nil {
				return err
			}
		}
		text, err := json.Marshal(list)
		if err != nil {
			return err
		}
		return tx.SetMeta(metaSetups, string(text))
	})
}
