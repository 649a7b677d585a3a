package store

import (
	"fmt"

	"holdall/desk"
)

// NextNumber takes the next number of a kind for the hub itself.
func (tx *CentralTx) NextNumber(kind desk.TicketKind) (desk.Number, error) {
	n, err := tx.takeNumbers(kind, 1)
	return desk.FormatNumber(kind, n), err
}

// GrantLease cuts the next block of n numbers of a kind for a device. No number
// is ever in two blocks.
func (tx *CentralTx) GrantLease(device desk.DeviceID, kind desk.TicketKind, n int64) (desk.Lease, error) {
	if n < 1 {
		return desk.Lease{}, fmt.Errorf("lease of %d numbers", n)
	}
	first, err := tx.takeNumbers(kind, n)
	if err != nil {
		return desk.Lease{}, err
	}
	l := desk.Lease{Kind: kind, First: first, Last: first + n - 1}
	return l, tx.do("INSERT INTO lease (device, kind, first, last) VALUES (?, ?, ?, ?)", string(device), string(kind), l.First, l.Last)
}

// AdoptLease keeps a block that a device was granted in a life of the hub that a
// backup does not know, if the counter is past it (see SkipNumbers) and none of
// it is leased. A number of it that a ticket bears is refused as such.
func (tx *CentralTx) AdoptLease(device desk.DeviceID, l desk.Lease) error {
	if !keepable(l.Kind) {
		return nil
	}
	var one, next int64
	taken, err := tx.find("SELECT 1 FROM lease WHERE kind = ? AND first <= ? AND last >= ?", []any{string(l.Kind), l.Last, l.First}, &one)
	if err != nil || taken || l.First < 1 || l.Last < l.First {
		return err
	}
	if _, err := tx.find("SELECT next FROM counter WHERE kind = ?", []any{string(l.Kind)}, &next); err != nil || l.Last >= next {
		return err
	}
	return tx.do("INSERT INTO lease (device, kind, first, last) VALUES (?, ?, ?, ?)", string(device), string(l.Kind), l.First, l.Last)
}

// SkipNumbers leaves n numbers of a kind out: they may have been given in a life
// of the hub that its backup does not know.
func (tx *CentralTx) SkipNumbers(kind desk.TicketKind, n int64) error {
	_, err := tx.takeNumbers(kind, n)
	return err
}

// takeNumbers moves the counter of a kind by n and returns the first of them.
func (tx *CentralTx) takeNumbers(kind desk.TicketKind, n int64) (int64, error) {
	var next int64
	_, err := tx.find("INSERT INTO counter (kind, next) VALUES (?, ?) ON CONFLICT (kind) DO UPDATE SET next = counter.next + ? RETURNING next",
		[]any{string(kind), 1 + n, n}, &next)
	return next - n, err
}

// RaiseNumbers makes n the first number of a kind that may still be given, if
// it is not beyond that already: for tickets that came from elsewhere.
func (tx *CentralTx) RaiseNumbers(kind desk.TicketKind, n int64) error {
	return tx.do("INSERT INTO counter (kind, next) VALUES (?, ?) ON CONFLICT (kind) DO UPDATE SET next = excluded.next WHERE counter.next < excluded.next", string(kind), n)
}

// Leases lists the blocks of a device, oldest first.
func (tx *CentralTx) Leases(device desk.DeviceID) ([]desk.Lease, error) {
	return collect(tx.txn, "SELECT kind, first, last FROM lease WHERE device = ? ORDER BY kind, first", []any{string(device)},
		func(s scan) (desk.Lease, error) {
			var l desk.Lease
			return l, s(&l.Kind, &l.First, &l.Last)
		})
}

// NumberTaken reports whether a ticket bears the number.
func (tx *CentralTx) NumberTaken(number desk.Number) (bool, error) {
	var n int64
	return tx.find("SELECT 1 FROM ticket WHERE number = ?", []any{string(number)}, &n)
}
