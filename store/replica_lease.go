package store

import (
	"context"

	"holdall/desk"
)

// GrantLease keeps a block of ticket numbers. A block that is told twice, as by
// a hub that is not sure it arrived, is one block.
func (r *Replica) GrantLease(ctx context.Context, l desk.Lease) error {
	return r.change(ctx, "INSERT INTO lease (kind, first, last, next, sum) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
		string(l.Kind), l.First, l.Last, l.First, rowSum(string(l.Kind), l.First, l.Last, l.First))
}

// TakeNumber takes the next leased number; it is never given again, even if the
// power fails now. Without one it is a desk.Error of CodeQuota.
func (r *Replica) TakeNumber(ctx context.Context, kind desk.TicketKind) (number desk.Number, err error) {
	err = r.outbox.update(ctx, func(t *txn) error {
		var first, last, next int64
		found, err := t.find("SELECT first, last, next FROM lease WHERE kind = ? AND next <= last ORDER BY first LIMIT 1", []any{string(kind)}, &first, &last, &next)
		if err != nil {
			return err
		}
		if !found {
			return desk.Refuse(desk.CodeQuota, "This device has no ticket numbers left for a new %s; connect once to the hub to get more.", kind)
		}
		number = desk.FormatNumber(kind, next)
		return t.do("UPDATE lease SET next = ?, sum = ? WHERE kind = ? AND first = ?", next+1, rowSum(string(kind), first, last, next+1), string(kind), first)
	})
	return number, err
}

// leasesTold is how many blocks of a kind are told: a hub that was restored has
// forgotten the newest ones only.
const leasesTold = 25

// Leases lists the newest blocks of ticket numbers this device was granted, used
// up or not.
func (r *Replica) Leases(ctx context.Context, kind desk.TicketKind) (list []desk.Lease, err error) {
	err = r.outbox.view(ctx, func(t *txn) error {
		list, err = collect(t, "SELECT first, last FROM lease WHERE kind = ? ORDER BY first DESC LIMIT ?", []any{string(kind), leasesTold},
			func(s scan) (desk.Lease, error) {
				l := desk.Lease{Kind: kind}
				return l, s(&l.First, &l.Last)
			})
		return err
	})
	return list, err
}

// LeaseLeft counts the leased numbers of a kind that are still free.
func (r *Replica) LeaseLeft(ctx context.Context, kind desk.TicketKind) (left int64, err error) {
	err = r.outbox.view(ctx, func(t *txn) error {
		_, err := t.find("SELECT COALESCE(SUM(last - next + 1), 0) FROM lease WHERE kind = ? AND next <= last", []any{string(kind)}, &left)
		return err
	})
	return left, err
}
