package hub

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"holdall/store"
)

// leaseLife is how long work rests after the node that did it has died without
// a word. It is renewed at a third of it.
const leaseLife = 30 * time.Second

// lease lets one hub process at a time do a piece of work on a database that
// several share. The clocks of the nodes decide only who works, never what is
// true: sent mails are known by their Message-ID and converted ones by their
// bytes, so two that work at once for a moment do no harm that lasts.
type lease struct {
	store  *store.Central
	key    string
	holder string
	until  time.Time // as last written by us
}

type leaseBody struct {
	Holder string    `json:"holder"`
	Until  time.Time `json:"until"`
}

func newLease(central *store.Central, work string) *lease {
	return &lease{store: central, key: "lease." + work, holder: uuid.NewString()}
}

// take takes or renews the lease; false means that another node works.
func (l *lease) take(ctx context.Context, now time.Time) (held bool, err error) {
	if l.until.Sub(now) > leaseLife*2/3 {
		return true, nil
	}
	err = l.store.Update(ctx, func(tx *store.CentralTx) error {
		standing, err := l.read(tx)
		if err != nil {
			return err
		}
		held = standing.Holder == l.holder || !now.Before(standing.Until)
		if !held {
			return nil
		}
		return l.write(tx, now.Add(leaseLife))
	})
	if err != nil || !held {
		l.until = time.Time{}
		return false, err
	}
	l.until = now.Add(leaseLife)
	return true, nil
}

// drop gives the lease back, so that the next node begins at once.
func (l *lease) drop(ctx context.Context) error {
	l.until = time.Time{}
	return l.store.Update(ctx, func(tx *store.CentralTx) error {
		standing, err := l.read(tx)
		if err != nil || standing.Holder != l.holder {
			return err
		}
		return l.write(tx, time.Time{})
	})
}

func (l *lease) read(tx *store.CentralTx) (standing leaseBody, err error) {
	text, err := tx.Meta(l.key)
	if err != nil || text == "" {
		return standing, err
	}
	return standing, json.Unmarshal([]byte(text), &standing)
}

func (l *lease) write(tx *store.CentralTx, until time.Time) error {
	text, err := json.Marshal(leaseBody{l.holder, until.UTC()})
	if err != nil {
		return err
	}
	return tx.SetMeta(l.key, string(text))
}
