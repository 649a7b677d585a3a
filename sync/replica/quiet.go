package replica

import (
	"context"
	"errors"
	"maps"
	"slices"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

// Most of what comes down while an outbox drains is what the laptop had foreseen:
// what stands at the hub after the first hundred mutations is, byte for byte, what
// the next one has found here. Then none of the others can come out otherwise,
// and they are not run again: the change is laid beneath them (SPEC R9). So an
// outbox costs the same whether it is for many tickets or for one.

// group is a tree, or a record outside trees: it is laid beneath as a whole, or
// what is pending on it is run again.
type group struct {
	keys  []desk.Key // that change
	loud  bool       // something pending may come out otherwise
	names []desk.Key // of what makes it loud, as a trail names it
}

// change is what a pass lays beneath the pending mutations.
type change struct {
	groups map[desk.Key]*group
	order  []desk.Key
	listed map[desk.Key]bool
	comes  map[desk.Key]desk.Record // the last of each
	kept   []desk.Record            // predictions that stay on top
}

// foresee tells which mutations will be forgotten once the cursors stand there: a
// change is laid beneath the others only. Where nobody knows whose they are it
// foresees nothing.
func (p *pass) foresee(ctx context.Context, cursors map[desk.BucketID]store.Cursor, abreast bool) error {
	_, err := p.engine.actor(ctx, p.ReplicaTx)
	if errors.Is(err, desk.ErrUnknown) || len(p.back) > 0 {
		return nil
	}
	if err != nil {
		return err
	}
	p.knowing = true
	for _, mid := range p.pending.overtaken(cursors, abreast) {
		p.except[mid] = true
	}
	return nil
}

// beneath makes room for a change, and must come before it: what is pending is
// taken back wherever the change may tell, and elsewhere set aside until lay.
func (p *pass) beneath(pages []protocol.Rows) (c *change, err error) {
	if len(p.pending.entries) == 0 {
		return &change{}, nil
	}
	if !p.knowing {
		keys, _ := touches(pages)
		return &change{}, p.takeBack(keys...)
	}
	c = p.gather(pages)
	for _, home := range c.order {
		g := c.groups[home]
		for _, key := range g.keys {
			if g.loud {
				break
			}
			fits, err := p.fits(c, key, home)
			if err != nil {
				return nil, err
			}
			g.loud = !fits
		}
	}
	if err := p.clear(c); err != nil {
		return nil, err
	}
	return c, p.setAside(c)
}

// gather lists what changes, by tree: what comes, and what the mutations that are
// forgotten had put.
func (p *pass) gather(pages []protocol.Rows) *change {
	c := &change{groups: map[desk.Key]*group{}, listed: map[desk.Key]bool{}, comes: map[desk.Key]desk.Record{}}
	for _, page := range pages {
		for _, row := range page.Rows {
			g := c.group(row.Key, homeOf(row.Key, row.Tree))
			if row.Drop {
				g.loud = true
				continue
			}
			c.comes[row.Key] = row.Record
		}
	}
	for _, mid := range slices.Sorted(maps.Keys(p.except)) {
		for _, s := range p.pending.entries[mid].trail.puts {
			c.group(s.key, s.home)
		}
	}
	return c
}

func (c *change) group(key, home desk.Key) *group {
	g := c.groups[home]
	if g == nil {
		g = &group{}
		c.groups[home], c.order = g, append(c.order, home)
	}
	if !c.listed[key] {
		c.listed[key] = true
		g.keys, g.names = append(g.keys, key), append(g.names, key, home)
	}
	return g
}

// fits reports whether the first mutation that stays and looks at a record found
// what it will find now.
func (p *pass) fits(c *change, key, home desk.Key) (bool, error) {
	if list, ok := listOf(key, home); ok && p.first(p.pending.readers[list], func(trail) bool { return true }) > 0 {
		return false, nil
	}
	looks := p.first(p.pending.readers[key], func(t trail) bool { _, looked := t.found(key); return looked })
	puts := p.first(p.pending.writers[key], func(t trail) bool { return t.put(key) })
	if looks == 0 || puts > 0 && puts < looks {
		return true, nil
	}
	found, _ := p.pending.entries[looks].trail.found(key)
	if r, comes := c.comes[key]; comes {
		return r.Hash() == found, nil
	}
	sum, err := p.SumBeneath(key)
	return sum == found, err
}

// first is the first of some mutations that stays and is as wanted; 0 if none.
func (p *pass) first(mids []int64, wanted func(trail) bool) int64 {
	for _, mid := range mids {
		if !p.except[mid] && wanted(p.pending.entries[mid].trail) {
			return mid
		}
	}
	return 0
}

// clear takes back what the loud groups concern. A quiet one that shares a
// mutation with what is taken back is not quiet.
func (p *pass) clear(c *change) error {
	for again := true; again; {
		var names []desk.Key
		for _, home := range c.order {
			if g := c.groups[home]; g.loud && len(g.names) > 0 {
				names, g.names = append(names, g.names...), nil
			}
		}
		if len(names) > 0 {
			if err := p.takeBack(names...); err != nil {
				return err
			}
		}
		again = false
		for _, home := range c.order {
			if g := c.groups[home]; !g.loud && (p.anyBack(p.pending.writers[home]) || p.anyBack(p.pending.readers[home])) {
				g.loud, again = true, true
			}
		}
	}
	return nil
}

func (p *pass) anyBack(mids []int64) bool {
	return len(p.back) > 0 && slices.ContainsFunc(mids, func(mid int64) bool { return p.back[mid] })
}

// setAside makes the records of the quiet groups what the hub knows, and remembers
// those that a mutation which stays has put on top.
func (p *pass) setAside(c *change) error {
	var keys []desk.Key
	for _, home := range c.order {
		if g := c.groups[home]; !g.loud {
			keys = append(keys, g.keys...)
		}
	}
	for _, key := range keys {
		writers := p.pending.writers[key]
		if len(writers) == 0 {
			continue
		}
		if p.last(writers, func(t trail) bool { return t.put(key) }) > 0 {
			r, err := p.Record(key)
			if errors.Is(err, desk.ErrUnknown) {
				continue
			}
			if err != nil {
				return err
			}
			c.kept = append(c.kept, r)
		}
		if err := p.Restore([]desk.Key{key}); err != nil {
			return err
		}
	}
	return nil
}

// last is first from the end.
func (p *pass) last(mids []int64, wanted func(trail) bool) int64 {
	for _, mid := range slices.Backward(mids) {
		if !p.except[mid] && wanted(p.pending.entries[mid].trail) {
			return mid
		}
	}
	return 0
}

// lay puts what was set aside on top again.
func (p *pass) lay(c *change) error {
	for _, r := range c.kept {
		if err := p.PredictRecord(r); err != nil {
			return err
		}
	}
	return nil
}
