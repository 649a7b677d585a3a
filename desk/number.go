package desk

import (
	"fmt"
	"strconv"
	"strings"
)

// Number is the name people use for a ticket, such as INC0001042. It is
// permanent from the moment the ticket is made, online or not.
type Number string

// numberPrefix is the prefix of a kind's numbers.
var numberPrefix = map[TicketKind]string{Incident: "INC", Request: "REQ"}

// FormatNumber writes the n-th number of a kind.
func FormatNumber(kind TicketKind, n int64) Number {
	return Number(fmt.Sprintf("%s%07d", numberPrefix[kind], n))
}

// ParseNumber reads a number back into its kind and count.
func ParseNumber(n Number) (TicketKind, int64, error) {
	for kind, prefix := range numberPrefix {
		digits, ok := strings.CutPrefix(string(n), prefix)
		if !ok {
			continue
		}
		if count, err := strconv.ParseInt(digits, 10, 64); err == nil && count > 0 && FormatNumber(kind, count) == n {
			return kind, count, nil
		}
	}
	return "", 0, invalid("number", "%q is not a ticket number; numbers look like INC0001042.", n)
}

// Lease is a block of ticket numbers that one device alone may give out
// (SPEC: number leases). A number is never given twice.
type Lease struct {
	Kind  TicketKind `json:"kind"`
	First int64      `json:"first"`
	Last  int64      `json:"last"` // inclusive
}

// The size of a leased block and the rest at which the next one is granted.
const (
	LeaseBlock  = 20
	LeaseRefill = 5
)

// Left counts the numbers still free when next is the first unused one.
func (l Lease) Left(next int64) int64 { return max(0, l.Last-max(next, l.First)+1) }
