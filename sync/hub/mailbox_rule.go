package hub

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"holdall/desk"
	"holdall/store"
)

// metaRules is the sum of the mailbox rules that were taken from a configuration.
const metaRules = "mail.rules"

// SeedRules gives the desk the mailbox rules of its configuration, each version
// of them once: what an admin changes afterwards stands until the configuration
// changes too.
func (s *Server) SeedRules(ctx context.Context, rules []desk.MailboxRule, now time.Time) error {
	text, err := json.Marshal(rules)
	if err != nil {
		return err
	}
	hash := sha256.Sum256(text)
	sum := hex.EncodeToString(hash[:])
	var have desk.Workspace
	var taken string
	err = s.engine.store.View(ctx, func(tx *store.CentralTx) error {
		if taken, err = tx.Meta(metaRules); err != nil {
			return err
		}
		have, err = desk.Read[desk.Workspace](tx, have.Key())
		return err
	})
	if err != nil || taken == sum || taken == "" && len(rules) == 0 {
		return err
	}
	patch, err := have.Change(func(ws *desk.Workspace) error { ws.MailboxRules = rules; return nil })
	if err != nil {
		return err
	}
	err = s.Do(ctx, func(tx *store.CentralTx) error {
		if stands, err := desk.Read[desk.Workspace](tx, have.Key()); err != nil || stands.Rev == have.Rev && len(patch.Set) > 0 {
			return err // refused: the next start says so again
		}
		return tx.SetMeta(metaRules, sum)
	}, Act{Name: desk.WorkspacePatch, Args: patch, At: now})
	if err != nil {
		return fmt.Errorf("take the mailbox rules of the configuration: %w", err)
	}
	return nil
}
