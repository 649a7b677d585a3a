package store

import (
	"fmt"

	"holdall/desk"
)

// digest is a count of records and the sum of their hashes modulo 2^64. Neither
// engine adds without overflow, so the halves of the hashes are added apart.
type digest struct{ rows, low, high int64 }

// digestColumns selects a digest over a column of hashes.
func digestColumns(hash string) string {
	return fmt.Sprintf("COUNT(*), CAST(COALESCE(SUM(%s & 4294967295), 0) AS BIGINT), CAST(COALESCE(SUM((%s >> 32) & 4294967295), 0) AS BIGINT)", hash, hash)
}

// of is the digest of one hash.
func of(hash uint64) digest { return digest{1, int64(hash & 0xffffffff), int64(hash >> 32)} }

func (d *digest) dest() []any { return []any{&d.rows, &d.low, &d.high} }

func (d digest) sum() uint64 { return uint64(d.low) + uint64(d.high)<<32 }

func (d digest) plus(o digest) digest {
	return digest{d.rows + o.rows, d.low + o.low, d.high + o.high}
}

func (d digest) minus(o digest) digest {
	return digest{d.rows - o.rows, d.low - o.low, d.high - o.high}
}

// Parts are the sums of a bucket's hashes modulo 2^64, apart by their lowest
// eight bits: where two of them differ, so do the records whose hashes end so
// (SPEC P21).
type Parts [256]uint64

// Mark tells a record by its key and hash, without its body.
type Mark struct {
	desk.Key
	Tree desk.TicketID
	Hash uint64
}

// partsColumns selects a line of Parts; the query groups by it.
func partsColumns(hash string) string { return hash + " & 255, " + digestColumns(hash) }

// add takes in a line of partsColumns.
func (p *Parts) add(s scan) error {
	var part int64
	var d digest
	err := s(append([]any{&part}, d.dest()...)...)
	p[part] += d.sum()
	return err
}

// inParts is the condition that a hash belongs to one of the parts. They are values
// and no part of the text: which parts differ is for a device to say, and each text
// is kept (see dialect).
func inParts(hash string, parts []byte) (condition string, args []any) {
	return "(" + hash + " & 255) IN (" + marks(len(parts)) + ")", anys(parts)
}

// readMark reads kind, id, tree and hash.
func readMark(s scan) (Mark, error) {
	var m Mark
	var hash int64
	err := s(&m.Kind, &m.ID, &m.Tree, &hash)
	m.Hash = uint64(hash)
	return m, err
}
