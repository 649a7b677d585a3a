package hub

import (
	"errors"
	"slices"
	"time"

	"holdall/desk"
	"holdall/store"
)

// change is what one mutation did to the records, with the buckets its ticket
// stood in before and stands in after.
type change struct {
	ticket        desk.TicketID
	was           desk.Ticket // as it stands so far
	before, after []desk.BucketID
	tree          []desk.Record // of the ticket's tree
	loose         []loose       // outside any tree
	directory     bool          // people or teams changed: who is given what changes too
	people        []desk.Person // who changed
}

type loose struct {
	record  desk.Record
	buckets []desk.BucketID
}

// newChange notes where the mutation's ticket stands.
func newChange(tx *store.CentralTx, m desk.Mutation) (*change, error) {
	c := &change{ticket: m.Ticket}
	if m.Ticket == "" {
		return c, nil
	}
	e, err := tx.Get(desk.Ticket{ID: m.Ticket}.Key())
	if errors.Is(err, desk.ErrUnknown) {
		return c, nil
	}
	if err != nil {
		return nil, err
	}
	c.was = e.(desk.Ticket)
	c.before = c.was.Buckets()
	c.after = c.before
	return c, nil
}

// put stores the effects.
func (c *change) put(tx *store.CentralTx, puts []desk.Entity) error {
	for _, e := range puts {
		record, err := tx.Put(e)
		if err != nil {
			return err
		}
		switch v := e.(type) {
		case desk.Ticket:
			c.after = v.Buckets()
			if err := tx.Shelve(c.was, v); err != nil {
				return err
			}
			c.was = v
		case desk.Message:
			if err := tx.Dispatch(v); err != nil {
				return err
			}
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
		if record.Tree != "" {
			c.tree = append(c.tree, record)
		} else {
			c.loose = append(c.loose, loose{record, desk.Home(e)})
		}
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
	if len(c.tree) > 0 {
		moved, err := l.enterTree(tx, c)
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
func (l *ledger) enterTree(tx *store.CentralTx, c *change) ([]desk.BucketID, error) {
	var whole []desk.Record
	if len(c.before) == 0 {
		whole = c.tree // the ticket is new: this change is all there is of it
	}
	for _, b := range c.after {
		records := c.tree
		if !slices.Contains(c.before, b) {
			if whole == nil {
				var err error
				if whole, err = tx.Tree(c.ticket); err != nil {
					return nil, err
				}
			}
			records = whole
		}
		for _, r := range records {
			l.sheet(b).put(r)
		}
	}
	touched := slices.Clone(c.after)
	for _, b := range c.before {
		if !slices.Contains(c.after, b) {
			l.sheet(b).leave(c.ticket)
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
