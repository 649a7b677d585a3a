package outgoing

import (
	"math/rand/v2"
	"testing"
	"time"
)

// TestNoWindowSeesMoreThanTheLimit: whatever comes when, in no minute, hour or day
// leave more mails than may, and the limit is used nearly whole.
func TestNoWindowSeesMoreThanTheLimit(t *testing.T) {
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 7))
		limit := Limit{Minute: r.IntN(40), Hour: r.IntN(300), Day: r.IntN(900)}
		pause, now, meter, left := 1+r.Int64N(int64(2*time.Minute)), noon, Meter{}, []time.Time{}
		for range 600 {
			now = now.Add(time.Duration(r.Int64N(pause)))
			fresh, wait := limit.Take(meter, now)
			if wait == 0 {
				meter, left = fresh, append(left, now)
				continue
			}
			if fresh != meter {
				t.Fatalf("seed %d: a mail that waits was counted", seed)
			}
			if _, again := limit.Take(meter, now.Add(wait)); again != 0 {
				t.Fatalf("seed %d: after %v it has to wait %v more", seed, wait, again)
			}
			if _, still := limit.Take(meter, now.Add(wait-1)); still == 0 {
				t.Fatalf("seed %d: it need not have waited %v", seed, wait)
			}
		}
		within(t, seed, left, time.Minute, limit.Minute)
		within(t, seed, left, time.Hour, limit.Hour)
		within(t, seed, left, 24*time.Hour, limit.Day)
	}
}

func within(t *testing.T, seed uint64, left []time.Time, span time.Duration, most int) {
	t.Helper()
	for i := most; most > 0 && i < len(left); i++ {
		if left[i].Sub(left[i-most]) < span {
			t.Fatalf("seed %d: %d mails in %v, at most %d may", seed, most+1, left[i].Sub(left[i-most]), most)
		}
	}
}

func TestALimitIsUsed(t *testing.T) {
	for _, limit := range []Limit{{Minute: 1}, {Minute: 2}, {Minute: 30}, {Hour: 100}, {Day: 2000}} {
		now, meter, sent := noon, Meter{}, 0
		for end := noon.Add(10 * 24 * time.Hour); now.Before(end) && sent < 100_000; {
			fresh, wait := limit.Take(meter, now)
			if wait == 0 {
				meter = fresh
				sent++
			}
			now = now.Add(wait)
		}
		perDay := float64(limit.Minute)*24*60 + float64(limit.Hour)*24 + float64(limit.Day)
		if days := now.Sub(noon).Hours() / 24; float64(sent) < 0.7*perDay*days || sent < 10 {
			t.Errorf("%+v: %d mails in %.1f days", limit, sent, days)
		}
	}
}

// TestAClockThatIsSetBack costs one span, not the time it was wrong by.
func TestAClockThatIsSetBack(t *testing.T) {
	limit := Limit{Minute: 1}
	meter, _ := limit.Take(Meter{}, noon.Add(365*24*time.Hour))
	if _, wait := limit.Take(meter, noon); wait > 3*time.Minute {
		t.Errorf("it waits %v", wait)
	}
}

func TestNoLimitBoundsNothing(t *testing.T) {
	if (Limit{}).Any() || !(Limit{Day: 1}).Any() {
		t.Error("a limit is not told from none")
	}
	if _, wait := (Limit{}).Take(Meter{}, noon); wait != 0 {
		t.Errorf("no limit waits %v", wait)
	}
}
