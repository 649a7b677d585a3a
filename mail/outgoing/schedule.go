package outgoing

import (
	"math/rand/v2"
	"time"
)

// Schedule says when a mail is tried again that a server did not take, and when
// it is given up. Zero durations take the defaults written beside them.
type Schedule struct {
	First  time.Duration // 1 min: the longest pause before the second try
	Most   time.Duration // 4 h: the longest pause of all
	GiveUp time.Duration // 4 days after the first try (RFC 5321 §4.5.4.1: four to five)
}

func (s Schedule) withDefaults() Schedule {
	if s.First <= 0 {
		s.First = time.Minute
	}
	if s.Most <= 0 {
		s.Most = 4 * time.Hour
	}
	if s.GiveUp <= 0 {
		s.GiveUp = 4 * 24 * time.Hour
	}
	return s
}

// Slower is the schedule with longer pauses at first.
func (s Schedule) Slower(times int) Schedule {
	s = s.withDefaults()
	s.First = min(s.Most, s.First*time.Duration(times))
	return s
}

// Shortest is the pause after which something new is worth a try for all.
func (s Schedule) Shortest() time.Duration { return s.withDefaults().First }

// Patience is how long after its first try a mail is given up.
func (s Schedule) Patience() time.Duration { return s.withDefaults().GiveUp }

// Longest is the pause that is never exceeded.
func (s Schedule) Longest() time.Duration { return s.withDefaults().Most }

// ceiling is the longest pause after so many tries, from 1.
func (s Schedule) ceiling(tries int) time.Duration {
	pause := s.First
	for ; tries > 1 && pause < s.Most; tries-- {
		pause *= 2
	}
	return min(pause, s.Most)
}

// Next is when a mail is tried again after so many tries, the first of them at
// since: anything up to a bound that doubles with each ("full jitter"), so that
// what a server put off together does not come back together; never at once, and
// never before the server asked for. The last try is when it is to be given up;
// after that again is false.
func (s Schedule) Next(now, since time.Time, tries int, asked time.Duration) (next time.Time, again bool) {
	s = s.withDefaults()
	end := since.Add(s.GiveUp)
	if !now.Before(end) {
		return time.Time{}, false
	}
	pause := max(s.First/10, rand.N(s.ceiling(tries)+1))
	if next = now.Add(pause); next.After(end) {
		next = end
	}
	if wished := now.Add(asked); wished.After(next) {
		next = wished
	}
	return next, true
}
