package outgoing

import (
	"testing"
	"time"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// TestPausesGrowToHoursAndEnd walks the whole life of a mail that is never taken.
func TestPausesGrowToHoursAndEnd(t *testing.T) {
	fewest, longest := 1<<30, time.Duration(0)
	for range 50 {
		now, tries := noon, 1
		for ; ; tries++ {
			next, again := Schedule{}.Next(now, noon, tries, 0)
			if !again {
				break
			}
			pause := next.Sub(now)
			if ceiling := (Schedule{}).withDefaults().ceiling(tries); pause <= 0 || pause > ceiling || pause > 4*time.Hour {
				t.Fatalf("pause %v after %d tries, at most %v", pause, tries, ceiling)
			}
			longest = max(longest, pause)
			now = next
		}
		if got := now.Sub(noon); got != 4*24*time.Hour {
			t.Fatalf("the last try was after %v", got)
		}
		fewest = min(fewest, tries)
	}
	if fewest < 24 || fewest > 80 || longest < 2*time.Hour {
		t.Errorf("%d tries at least, %v the longest pause", fewest, longest)
	}
}

// TestMailsDoNotComeBackTogether: those a server put off at one moment.
func TestMailsDoNotComeBackTogether(t *testing.T) {
	parts := map[int64]int{}
	for range 1000 {
		next, _ := Schedule{}.Next(noon, noon, 9, 0)
		parts[int64(next.Sub(noon)/(24*time.Minute))]++
	}
	for part := range int64(10) { // of a ceiling of four hours
		if n := parts[part]; n < 50 || n > 170 {
			t.Errorf("%d of 1,000 come in the part %d of 10", n, part)
		}
	}
}

func TestAServersWishCounts(t *testing.T) {
	for range 100 {
		if next, again := (Schedule{}).Next(noon, noon, 1, 3*time.Hour); !again || next.Before(noon.Add(3*time.Hour)) {
			t.Fatalf("next %v, %v", next, again)
		}
	}
	end := noon.Add(4 * 24 * time.Hour)
	if next, again := (Schedule{}).Next(end.Add(-time.Minute), noon, 40, time.Hour); !again || !next.Equal(end.Add(59*time.Minute)) {
		t.Errorf("the last try at %v, %v", next, again)
	}
	if _, again := (Schedule{}).Next(end, noon, 40, time.Hour); again {
		t.Error("it is not given up")
	}
	if _, again := (Schedule{GiveUp: time.Hour}).Next(noon.Add(time.Hour), noon, 3, 0); again {
		t.Error("what is configured does not count")
	}
}
