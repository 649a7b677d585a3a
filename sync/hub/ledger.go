package hub

import (
	"errors"
	"slices"
	"time"

	"holdall/desk"
	"holdall/store"
)

// change is what one mutation did to the records.
type change struct {
	trees     []*growth
	loose     []loose       // outside any tree
	directory bool          // people or teams changed: who is given what changes too
	people    []desk.Person // who changed
}

// growth is what a mutation did to a ticket's tree, with the buckets the ticket
// stood in before and stands in after.
type growth struct {
	ticket        desk.TicketID
	was           desk.Ticket // as it stands so far
	before, after []desk.BucketID
	records       []desk.Record
}

type loose struct {
	record  desk.Record
	buckets []desk.BucketID
}

// tree notes where a ticket stands, before anything of it is put.
func (c *change) tree(tx *store.CentralTx, id desk.TicketID) (*growth, error) {
	for _, g := range c.trees {
		if g.ticket == id {
			return g, nil
		}
	}
	g := &growth{ticket: id}
	e, err := tx.Get(desk.Ticket{ID: id}.Key())
	if err != nil && !errors.Is(err, desk.ErrUnknown) {
		return nil, err
	}
	if err == nil {
		g.was = e.(desk.Ticket)
		g.before = g.was.Buckets()
		g.after = g.before
	}
	c.trees = append(c.trees, g)
	return g, nil
}

// put stores the effects.
func (c *change) put(tx *store.CentralTx, puts []desk.Entity) error {
	for _, e := range puts {
		if tree := desk.TreeOf(e); tree != "" {
			g, err := c.tree(tx, tree)
			if err != nil {
				return err
			}
			if err := g.put(tx, e); err != nil {
				return err
			}
			continue
		}
		record, err := tx.Put(e)
		if err != nil {
			return err
		}
		switch v := e.(type) {
		case desk.Person:
			c.directory = true
			c.people = append(c.people, v)
		case desk.Team:
			c.directory = true
		case desk.QuarantinedMail:
			if err := tx.DecideMail(v); err != nil {
				return err
			}
		}
		c.loose = append(c.loose, loose{record, desk.Home(e)})
	}
	return nil
}

func (g *growth) put(tx *store.CentralTx, e desk.Entity) error {
	if m, ok := e.(desk.Message); ok && m.Placing != nil {
		if err := carry(tx, m); err != nil {
			return err
		}
	}
	record, err := tx.Put(e)
	if err != nil {
		return err
	}
	g.records = append(g.records, record)
	switch v := e.(type) {
	case desk.Ticket:
		g.after = v.Buckets()
		if err := tx.Shelve(g.was, v); err != nil {
			return err
		}
		g.was = v
	case desk.Message:
		return tx.Dispatch(v)
	}
	return nil
}

// ledger gathers the bucket entries of a transaction. They are posted as its last
// step, buckets in the order of their ids (SPEC R7).
type ledger struct {
	sheets    map[desk.BucketID]*sheet
	heads     map[desk.BucketID]int64 // after posting
	directory bool
}

func newLedger() *ledger {
	return &ledger{sheets: map[desk.BucketID]*sheet{}, heads: map[desk.BucketID]int64{}}
}

// enter takes in a change and says which buckets it touches.
func (l *ledger) enter(tx *store.CentralTx, c *change) ([]desk.BucketID, error) {
	var touched []desk.BucketID
	for _, rec := range c.loose {
		for _, b := range rec.buckets {
			l.sheet(b).put(rec.record)
			touched = append(touched, b)
		}
	}
	l.directory = l.directory || c.directory
	for _, g := range c.trees {
		moved, err := l.enterTree(tx, g)
		if err != nil {
			return nil, err
		}
		touched = append(touched, moved...)
	}
	slices.Sort(touched)
	return slices.Compact(touched), nil
}

// enterTree puts the changed records where the ticket stays, all of the tree
// where it enters, and a drop where it leaves (SPEC P9).
func (l *ledger) enterTree(tx *store.CentralTx, g *growth) ([]desk.BucketID, error) {
	var whole []desk.Record
	if len(g.before) == 0 {
		whole = g.records // the ticket is new: this change is all there is of it
	}
	for _, b := range g.after {
		records := g.records
		if !slices.Contains(g.before, b) {
			if whole == nil {
				var err error
				if whole, err = tx.Tree(g.ticket); err != nil {
					return nil, err
				}
			}
			records = whole
		}
		for _, r := range records {
			l.sheet(b).put(r)
		}
	}
	touched := slices.Clone(g.after)
	for _, b := range g.before {
		if !slices.Contains(g.after, b) {
			l.sheet(b).leave(g.ticket)
			touched = append(touched, b)
		}
	}
	return touched, nil
}

func (l *ledger) sheet(b desk.BucketID) *sheet {
	if l.sheets[b] == nil {
		l.sheets[b] = &sheet{at: map[desk.Key]int{}}
	}
	return l.sheets[b]
}

// post gives every line its sequence.
func (l *ledger) post(tx *store.CentralTx, now time.Time) error {
	for _, b := range sortedKeys(l.sheets) {
		last, err := tx.Post(b, l.sheets[b].entries(), now)
		if err != nil {
			return err
		}
		l.heads[b] = last
	}
	return nil
}
