package desk

import "testing"

func TestNumbersAsPeopleReadThem(t *testing.T) {
	for want, got := range map[Number]Number{
		"INC0001042": FormatNumber(Incident, 1042), "REQ0000001": FormatNumber(Request, 1), "INC12345678": FormatNumber(Incident, 12345678),
	} {
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestWhatIsLeftOfALease(t *testing.T) {
	l := Lease{Kind: Incident, First: 101, Last: 100 + LeaseBlock}
	for next, want := range map[int64]int64{0: 20, 101: 20, 102: 19, 116: LeaseRefill, 120: 1, 121: 0, 500: 0} {
		if got := l.Left(next); got != want {
			t.Errorf("next %d: %d left, want %d", next, got, want)
		}
	}
	if got := (Lease{First: 5, Last: 4}).Left(0); got != 0 {
		t.Errorf("an empty lease has %d left", got)
	}
}
