package hub

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"time"
	"unicode/utf8"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

// submission is a group of mutations from one hand.
type submission struct {
	session   *session // nil: the hub itself
	id        int64
	actor     desk.Principal
	mutations []desk.Mutation
	left      map[desk.TicketKind]int64
	parked    int64 // mid of the mutation that is given back unexecuted; 0: none
	with      func(*store.CentralTx) error
}

// outcome is what a commit made of a submission.
type outcome struct {
	results []desk.Result
	touched [][]desk.BucketID // by result, until the vectors are known
	fresh   []bool            // by result: executed now, not answered from memory
	gap     int64             // the mid that is wanted, if one is missing
	other   int64             // the mid of something else than was executed under it; 0: none
	leases  []desk.Lease
	device  desk.DeviceID
	revoked bool

	replaced bool // the device talks to another node by now
}

// execute commits the step's submissions together. If that fails they are tried
// one by one, so that a submission that cannot be executed stops only its own
// device; but not if it may have succeeded, for what the hub does of its own accord
// would be done twice (SPEC P54).
func (e *Engine) execute(ctx context.Context, now time.Time, work []*submission) {
	outcomes, ledger, err := e.commit(ctx, now, work)
	if err != nil && len(work) > 1 && !errors.Is(err, store.ErrUndecided) {
		for _, sub := range work {
			e.execute(ctx, now, []*submission{sub})
		}
		return
	}
	if err != nil {
		for _, sub := range work {
			e.fail(ctx, now, sub, err)
		}
		return
	}
	for i, sub := range work {
		e.answer(sub, outcomes[i])
	}
	if len(ledger.heads) > 0 {
		maps.Copy(e.heads, ledger.heads)
		e.do(Moved{Heads: ledger.heads})
		e.stir(sortedKeys(ledger.heads))
	}
	if ledger.directory {
		e.rescope(ctx, e.greeted())
	}
}

// fail answers a submission that could not be committed: nothing is
// acknowledged, so the device sends it again.
func (e *Engine) fail(ctx context.Context, now time.Time, sub *submission, err error) {
	if sub.session == nil {
		e.do(Done{ID: sub.id, Err: err})
		return
	}
	// What cannot even be parked is not tried at once again: its device comes back,
	// and nobody else waits for it.
	if f := blamed(err); f != nil && f.mid != sub.parked {
		e.endure(ctx, now, sub, f)
		return
	}
	e.do(Failed{fmt.Errorf("save the changes of %s: %w", sub.session.device, err)})
	e.bye(sub.session, protocol.ByeInternal, "The hub could not save your changes; they are kept and sent again.", 5)
}

func (e *Engine) answer(sub *submission, out *outcome) {
	if sub.session == nil {
		e.do(Done{ID: sub.id, Results: out.results})
		return
	}
	if e.sessions[sub.session.id] == nil {
		return
	}
	if out.revoked {
		e.bye(sub.session, protocol.ByeRevoked, "This device may not synchronise any more; ask your admin.", 0)
		return
	}
	if out.replaced {
		e.replace(sub.session)
		return
	}
	if len(out.results) > 0 || len(out.leases) > 0 {
		e.do(Send{sub.session.id, protocol.Ack{Results: out.results, Leases: out.leases}})
	}
	if out.gap > 0 {
		e.do(Send{sub.session.id, protocol.Gap{Want: out.gap, Other: out.other}})
	}
	if n := len(out.results); n > 0 {
		e.drained(sub.session, out.results[n-1].Mid)
	}
}

// commit executes submissions in one durable transaction.
func (e *Engine) commit(ctx context.Context, now time.Time, work []*submission) ([]*outcome, *ledger, error) {
	var outcomes []*outcome
	var book *ledger
	err := e.store.Update(ctx, func(tx *store.CentralTx) error {
		outcomes, book = make([]*outcome, len(work)), newLedger()
		for i, sub := range work {
			out, err := submit(tx, book, now, sub)
			if err != nil {
				return err
			}
			outcomes[i] = out
		}
		if err := book.post(tx, now); err != nil {
			return err
		}
		if book.directory {
			if err := tx.NextGrants(); err != nil {
				return err
			}
		}
		for i, out := range outcomes {
			if err := out.conclude(tx, book, work[i].mutations, now); err != nil {
				return err
			}
		}
		return nil
	})
	return outcomes, book, err
}

func submit(tx *store.CentralTx, book *ledger, now time.Time, sub *submission) (*outcome, error) {
	if sub.session != nil {
		return push(tx, book, now, sub)
	}
	out := &outcome{}
	for _, m := range sub.mutations {
		if err := out.execute(tx, book, m, desk.Env{Actor: sub.actor, Now: now}); err != nil {
			return nil, err
		}
	}
	if sub.with != nil {
		return out, sub.with(tx)
	}
	return out, nil
}

// push executes a device's mutations in the order of their mids (SPEC R3, P5).
func push(tx *store.CentralTx, book *ledger, now time.Time, sub *submission) (*outcome, error) {
	id := sub.session.device
	out := &outcome{device: id}
	device, actor, err := principal(tx, id)
	if errors.Is(err, errRevoked) {
		out.revoked = true
		return out, nil
	}
	if err != nil {
		return nil, err
	}
	if device.Turn != sub.session.talk {
		out.replaced = true
		return out, nil
	}
	last := device.LastMid
	for i, m := range sub.mutations {
		m.Device, m.Args = id, asText(m.Args)
		if m.Mid > last+1 {
			out.gap = last + 1
			break
		}
		if m.Mid <= last {
			before, other, err := sub.session.recall(tx, sub.mutations[i])
			if err != nil {
				return nil, err
			}
			if other {
				out.gap, out.other = last+1, m.Mid
				break
			}
			out.add(before, nil, false)
			continue
		}
		execute := out.execute
		if m.Mid == sub.parked {
			execute = out.park
		}
		if err := execute(tx, book, m, desk.Env{Actor: actor, Now: now, Retold: m.Mid <= sub.session.acked}); err != nil {
			return nil, &faulty{i, m.Mid, err}
		}
		last = m.Mid
	}
	if last > device.LastMid {
		if err := tx.SetLastMid(id, last); err != nil {
			return nil, err
		}
	}
	out.leases, err = grant(tx, id, sub.left)
	return out, err
}

// asText has arguments say what their readers make of them: JSON is UTF-8 (RFC 8259
// §8.1), and a server keeps nothing else of what is refused.
func asText(args []byte) []byte {
	if utf8.Valid(args) {
		return args
	}
	return bytes.ToValidUTF8(args, []byte("\uFFFD"))
}

func (o *outcome) add(r desk.Result, touched []desk.BucketID, fresh bool) {
	o.results, o.touched, o.fresh = append(o.results, r), append(o.touched, touched), append(o.fresh, fresh)
}

// execute runs one mutation; a refusal leaves nothing but its rejection (SPEC R4).
func (o *outcome) execute(tx *store.CentralTx, book *ledger, m desk.Mutation, env desk.Env) error {
	result := desk.Result{Mid: m.Mid}
	change := &change{}
	err := tx.Savepoint(func() error {
		effects, err := apply(world{tx, env.Actor}, m, env)
		if err != nil {
			return err
		}
		result.Status, result.Conflicts = effects.Status, effects.Conflicts
		return change.put(tx, effects.Puts)
	})
	if code := desk.CodeOf(err); err != nil && code != desk.CodeInternal {
		result.Status, result.Code, result.Message = desk.Rejected, code, err.Error()
		if change, err = reject(tx, m, env.Actor, err, env.Now); err != nil {
			return err
		}
	} else if err != nil {
		return fmt.Errorf("execute %s of %s: %w", m.Name, m.Device, err)
	}
	touched, err := book.enter(tx, change)
	if err != nil {
		return err
	}
	freed, err := book.unpin(tx, change.people)
	if err != nil {
		return err
	}
	o.add(result, append(touched, freed...), true)
	return nil
}

// apply keeps a fault in a rule from taking the hub down.
func apply(view desk.View, m desk.Mutation, env desk.Env) (eff desk.Effects, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("apply %s: %v", m.Name, fault)
		}
	}()
	return desk.Apply(view, m, env)
}

// reject keeps a refused mutation of a person for that person.
func reject(tx *store.CentralTx, m desk.Mutation, actor desk.Principal, refusal error, now time.Time) (*change, error) {
	c := &change{}
	if actor.Person == "" {
		return c, nil
	}
	r := desk.NewRejection(m, actor, refusal, now)
	err := c.put(tx, []desk.Entity{r})
	if errors.Is(err, store.ErrLong) {
		r.Args, r.Old = nil, nil // the device has them yet
		err = c.put(tx, []desk.Entity{r})
	}
	return c, err
}
