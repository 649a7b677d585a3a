package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"holdall/desk"
)

// OutboxState is how far a mutation has come.
type OutboxState string

const (
	Rests   OutboxState = "resting" // not in the outbox yet: its author may take it back
	Waiting OutboxState = "waiting" // not sent on this connection
	Sent    OutboxState = "sent"    // sent, not answered
	Acked   OutboxState = "acked"   // durable at the hub, not yet seen in what came down (SPEC R10)

	done OutboxState = "done" // in the journal
)

// journalDays is how long a mutation is kept after it was forgotten, for a hub
// that is restored from a backup, by the clock of the hub.
const journalDays = 30

// journalEnds is how many of the oldest mutations are looked at each time.
const journalEnds = 100

// OutboxEntry is a mutation on its way, with the hub's answer once there is one.
type OutboxEntry struct {
	Mutation desk.Mutation
	State    OutboxState
	Attempts int
	Vector   map[desk.BucketID]int64
	Status   desk.Status
	Code     desk.Code
	Message  string
	Size     int // bytes of the mutation's JSON
}

// metaMid is the last mid that was given; it outlives the journal.
const metaMid = "mid"

// Append gives mutations their device and mids, dense from 1, and keeps them:
// they survive a power cut when Append returns.
func (r *Replica) Append(ctx context.Context, muts []desk.Mutation) ([]desk.Mutation, error) {
	placed := make([]desk.Mutation, len(muts))
	err := r.outbox.update(ctx, func(t *txn) error {
		who, err := t.identityRow()
		if err != nil {
			return err
		}
		next, err := t.nextMid()
		if err != nil {
			return err
		}
		for i, m := range muts {
			m.Device, m.Mid = who.Device, next+int64(i)
			if err := errors.Join(t.putMutation(m), t.awaitFiles(m), t.restNoMore(m)); err != nil {
				return err
			}
			placed[i] = m
		}
		return t.keepFact(metaMid, fmt.Sprint(next+int64(len(muts))-1))
	})
	r.move(err, func(a *outboxIndex) {
		for _, m := range placed {
			a.add(m, false)
		}
	})
	if err != nil {
		return nil, err
	}
	return placed, nil
}

// mutationMost is how many bytes a mutation takes at most. It leaves in one frame,
// and all of it fits into the record of its refusal (SPEC R4, P1).
const mutationMost = BodyMost - 1<<20

// encodeMutation refuses what could never leave, and would hold up all that comes
// after it.
func encodeMutation(m desk.Mutation) (string, error) {
	body, err := json.Marshal(m)
	if err != nil {
		return "", fmt.Errorf("encode mutation %d: %w", m.Mid, err)
	}
	if len(body) > mutationMost {
		return "", desk.Refuse(desk.CodeValidation, "This is longer than what can leave this device at once, which is %d MiB; shorten it, or attach it as a file.", mutationMost>>20)
	}
	return string(body), nil
}

func (t *txn) putMutation(m desk.Mutation) error {
	body, err := encodeMutation(m)
	if err != nil {
		return err
	}
	return t.do("INSERT INTO outbox (mid, body, sum, state, attempts, result, done_at) VALUES (?, ?, ?, ?, 0, '', 0)",
		m.Mid, body, rowSum(m.Mid, body), string(Waiting))
}

// Unseen is the newest mutation, if it never left this device and nothing has
// come after it; false if there is none. Attempts tell: a mutation is marked
// before it is sent, and a connection that ends leaves the mark (SPEC R2).
func (r *Replica) Unseen(ctx context.Context) (m desk.Mutation, ok bool, err error) {
	err = r.outbox.view(ctx, func(t *txn) error { m, ok, err = t.unseen(); return err })
	return m, ok, err
}

func (t *txn) unseen() (m desk.Mutation, ok bool, err error) {
	var body string
	ok, err = t.find("SELECT body FROM outbox WHERE mid = (SELECT MAX(mid) FROM outbox) AND state = ? AND attempts = 0", []any{string(Waiting)}, &body)
	if err != nil || !ok {
		return m, false, err
	}
	if err := json.Unmarshal([]byte(body), &m); err != nil {
		return m, false, fmt.Errorf("read the outbox: %w", err)
	}
	next, err := t.nextMid()
	if err != nil || m.Mid != next-1 {
		return desk.Mutation{}, false, err
	}
	return m, true, nil
}

// Refold puts a mutation in place of the unseen one whose mid it bears: it
// survives a power cut when Refold returns true, and otherwise nothing changed.
func (r *Replica) Refold(ctx context.Context, m desk.Mutation) (kept bool, err error) {
	err = r.outbox.update(ctx, func(t *txn) error {
		newest, ok, err := t.unseen()
		if kept = ok && newest.Mid == m.Mid; err != nil || !kept {
			return err
		}
		body, err := encodeMutation(m)
		if err != nil {
			return err
		}
		return t.do("UPDATE outbox SET body = ?, sum = ? WHERE mid = ?", body, rowSum(m.Mid, body), m.Mid)
	})
	r.move(err, func(a *outboxIndex) {
		if kept {
			a.add(m, false)
		}
	})
	return kept && err == nil, err
}

func (t *txn) nextMid() (int64, error) {
	var highest, kept int64
	if _, err := t.find("SELECT COALESCE(MAX(mid), 0) FROM outbox", nil, &highest); err != nil {
		return 0, err
	}
	value, err := t.kept(metaMid)
	if err != nil {
		return 0, err
	}
	fmt.Sscan(value, &kept)
	return max(highest, kept) + 1, nil
}

// NextMid is the mid the next mutation gets.
func (r *Replica) NextMid(ctx context.Context) (mid int64, err error) {
	err = r.outbox.view(ctx, func(t *txn) error { mid, err = t.nextMid(); return err })
	return mid, err
}

// RaiseMid makes mid the lowest that may still be given: after a salvage the
// hub may know of more mutations than this device.
func (r *Replica) RaiseMid(ctx context.Context, mid int64) error {
	return r.outbox.update(ctx, func(t *txn) error {
		next, err := t.nextMid()
		if err != nil || next >= mid {
			return err
		}
		return t.keepFact(metaMid, fmt.Sprint(mid-1))
	})
}

const pendingRows = "SELECT body, state, attempts, result FROM outbox WHERE state <> 'done'"

// Pending lists the mutations on their way, in mid order: those waiting, sent,
// and acknowledged but not forgotten.
func (r *Replica) Pending(ctx context.Context) (list []OutboxEntry, err error) {
	err = r.outbox.view(ctx, func(t *txn) error {
		list, err = collect(t, pendingRows+" ORDER BY mid", nil, readPending)
		return err
	})
	return list, err
}

func readPending(s scan) (OutboxEntry, error) {
	var e OutboxEntry
	var body, answer string
	if err := s(&body, &e.State, &e.Attempts, &answer); err != nil {
		return e, err
	}
	e.Size = len(body)
	if err := json.Unmarshal([]byte(body), &e.Mutation); err != nil {
		return e, fmt.Errorf("read the outbox: %w", err)
	}
	if answer == "" {
		return e, nil
	}
	var res Result
	if err := json.Unmarshal([]byte(answer), &res); err != nil {
		return e, fmt.Errorf("read the answer to mutation %d: %w", e.Mutation.Mid, err)
	}
	e.Vector, e.Status, e.Code, e.Message = res.Vector, res.Status, res.Code, res.Message
	return e, nil
}

// From reads mutations from a mid on, in order, out of outbox and journal: what
// a hub that answers GAP asks for.
func (r *Replica) From(ctx context.Context, mid int64, limit int) ([]desk.Mutation, error) {
	return r.mutations(ctx, "mid >= ? ORDER BY mid LIMIT ?", mid, limit)
}

// Mutations reads those of some mids that are there, in mid order.
func (r *Replica) Mutations(ctx context.Context, mids []int64) (list []desk.Mutation, err error) {
	for chunk := range slices.Chunk(slices.Sorted(slices.Values(mids)), 200) {
		some, err := r.mutations(ctx, "mid IN ("+marks(len(chunk))+") ORDER BY mid", anys(chunk)...)
		if err != nil {
			return nil, err
		}
		list = append(list, some...)
	}
	return list, nil
}

// Waiting reads the first mutations that wait to be sent, in mid order: as many
// as there are up to a count and a number of bytes, and at least one.
func (r *Replica) Waiting(ctx context.Context, most, bytes int) (list []desk.Mutation, err error) {
	err = r.outbox.view(ctx, func(t *txn) error {
		size := 0
		list, err = collect(t, "SELECT body FROM outbox WHERE state = ? ORDER BY mid LIMIT ?", []any{string(Waiting), most}, func(s scan) (desk.Mutation, error) {
			m, n, err := readMutation(s)
			if size += n; size > bytes && size > n {
				err = errEnough
			}
			return m, err
		})
		if errors.Is(err, errEnough) {
			list, err = list[:len(list)-1], nil
		}
		return err
	})
	return list, err
}

// errEnough ends the reading of rows before the last.
var errEnough = errors.New("enough")

func (r *Replica) mutations(ctx context.Context, which string, args ...any) (list []desk.Mutation, err error) {
	err = r.outbox.view(ctx, func(t *txn) error {
		list, err = collect(t, "SELECT body FROM outbox WHERE "+which, args, func(s scan) (desk.Mutation, error) {
			m, _, err := readMutation(s)
			return m, err
		})
		return err
	})
	return list, err
}

// readMutation reads a mutation and how many bytes it takes.
func readMutation(s scan) (m desk.Mutation, size int, err error) {
	var body string
	if err := s(&body); err != nil {
		return m, 0, err
	}
	return m, len(body), json.Unmarshal([]byte(body), &m)
}

// FirstUnanswered is the lowest mid that the hub has not answered; 0 if none.
func (r *Replica) FirstUnanswered(ctx context.Context) (mid int64, err error) {
	err = r.outbox.view(ctx, func(t *txn) error {
		_, err := t.find("SELECT COALESCE(MIN(mid), 0) FROM outbox WHERE state IN (?, ?)", []any{string(Waiting), string(Sent)}, &mid)
		return err
	})
	return mid, err
}

// NewestAcked is the newest mid the hub has acknowledged, as far as the journal
// tells; 0 if none.
func (r *Replica) NewestAcked(ctx context.Context) (mid int64, err error) {
	err = r.outbox.view(ctx, func(t *txn) error {
		_, err := t.find("SELECT COALESCE(MAX(mid), 0) FROM outbox WHERE state IN (?, ?)", []any{string(Acked), string(done)}, &mid)
		return err
	})
	return mid, err
}

// MarkSent notes that everything waiting up to a mid was sent.
func (r *Replica) MarkSent(ctx context.Context, upTo int64) error {
	return r.change(ctx, "UPDATE outbox SET state = ?, attempts = attempts + 1 WHERE state = ? AND mid <= ?", string(Sent), string(Waiting), upTo)
}

// Unsend makes everything sent wait again: at a new connection nobody knows
// what arrived over the old one.
func (r *Replica) Unsend(ctx context.Context) error {
	return r.change(ctx, "UPDATE outbox SET state = ? WHERE state = ?", string(Waiting), string(Sent))
}

func (r *Replica) change(ctx context.Context, query string, args ...any) error {
	return r.outbox.update(ctx, func(t *txn) error { return t.do(query, args...) })
}

// Ack keeps the hub's answers. An answer to what is in the journal already, or
// to what was never here, changes nothing.
func (r *Replica) Ack(ctx context.Context, results []Result) error {
	err := r.outbox.update(ctx, func(t *txn) error {
		for _, res := range results {
			body, err := json.Marshal(res)
			if err != nil {
				return fmt.Errorf("encode result %d: %w", res.Mid, err)
			}
			if err := t.do("UPDATE outbox SET state = ?, result = ? WHERE mid = ? AND state <> ?", string(Acked), string(body), res.Mid, string(done)); err != nil {
				return err
			}
		}
		return nil
	})
	r.move(err, func(a *outboxIndex) {
		for _, res := range results {
			a.take(res.Mid)
		}
	})
	if n := len(results); n > 0 && err == nil {
		r.stand.Store(max(r.stand.Load(), results[n-1].Mid))
	}
	return err
}

// Unanswer makes everything wait again that the hub has answered and that has yet
// to come down.
func (r *Replica) Unanswer(ctx context.Context) error {
	err := r.change(ctx, "UPDATE outbox SET state = ? WHERE state = ?", string(Waiting), string(Acked))
	r.move(err, func(a *outboxIndex) { a.entries = nil })
	return err
}

// Forget moves mutations to the journal and ends what is older than its days:
// some of the oldest each time, so that it costs the same however long it is. What
// is from times to come is from a clock that was wrong, and its days begin now.
func (r *Replica) Forget(ctx context.Context, mids []int64, now time.Time) error {
	at, known := r.hubTime(now)
	err := r.outbox.update(ctx, func(t *txn) error {
		for _, mid := range mids {
			if err := t.do("UPDATE outbox SET state = ?, done_at = ? WHERE mid = ?", string(done), instant(at), mid); err != nil {
				return err
			}
		}
		if !known {
			return nil
		}
		const oldest = "mid IN (SELECT mid FROM outbox ORDER BY mid LIMIT ?) AND state = ?"
		most := len(mids) + journalEnds
		if err := t.do("UPDATE outbox SET done_at = ? WHERE "+oldest+" AND done_at > ?", instant(at), most, string(done), instant(at)); err != nil {
			return err
		}
		return t.do("DELETE FROM outbox WHERE "+oldest+" AND done_at < ?", most, string(done), journalEnd(at))
	})
	r.move(err, func(a *outboxIndex) {
		for _, mid := range mids {
			a.forget(mid)
		}
	})
	return err
}
