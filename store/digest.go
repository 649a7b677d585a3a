package store

import "fmt"

// digest is a count of records and the sum of their hashes modulo 2^64. Neither
// engine adds without overflow, so the halves of the hashes are added apart.
type digest struct{ rows, low, high int64 }

// digestColumns selects a digest over a column of hashes.
func digestColumns(hash string) string {
	return fmt.Sprintf("COUNT(*), CAST(COALESCE(SUM(%s & 4294967295), 0) AS BIGINT), CAST(COALESCE(SUM((%s >> 32) & 4294967295), 0) AS BIGINT)", hash, hash)
}

func (d *digest) dest() []any { return []any{&d.rows, &d.low, &d.high} }

func (d digest) sum() uint64 { return uint64(d.low) + uint64(d.high)<<32 }
