package outgoing

import "time"

// Limit is how many mails may leave a mailbox in any minute, hour or day, as
// providers bound it; 0 is no bound.
type Limit struct {
	Minute int `json:"minute"`
	Hour   int `json:"hour"`
	Day    int `json:"day"`
}

// Meter is how far a mailbox has used its Limit: for each span, the moment at
// which its bucket is full again. It is kept with the mails, so that a restart
// does not begin a new day.
type Meter struct {
	Minute time.Time `json:"minute,omitzero"`
	Hour   time.Time `json:"hour,omitzero"`
	Day    time.Time `json:"day,omitzero"`
}

// Later is what both have used.
func (m Meter) Later(o Meter) Meter {
	for _, pair := range [][2]*time.Time{{&m.Minute, &o.Minute}, {&m.Hour, &o.Hour}, {&m.Day, &o.Day}} {
		if pair[0].Before(*pair[1]) {
			*pair[0] = *pair[1]
		}
	}
	return m
}

// Any reports whether there is a bound at all.
func (l Limit) Any() bool { return l != Limit{} }

// Take takes a mail from every bucket, or from none and says how long to wait.
func (l Limit) Take(m Meter, now time.Time) (Meter, time.Duration) {
	before, wait := m, time.Duration(0)
	for _, span := range []struct {
		most int
		long time.Duration
		full *time.Time
	}{{l.Minute, time.Minute, &m.Minute}, {l.Hour, time.Hour, &m.Hour}, {l.Day, 24 * time.Hour, &m.Day}} {
		if span.most > 0 {
			bucket := bucketOf(span.most, span.long)
			wait = max(wait, bucket.take(span.full, now))
		}
	}
	if wait > 0 {
		return before, wait
	}
	return m, 0
}

// bucket is a token bucket told by one time (the generic cell rate algorithm):
// it holds burst tokens and regains one every gap.
type bucket struct {
	burst int
	gap   time.Duration
	span  time.Duration
}

// bucketOf divides a bound between what may leave at once and what flows after
// it, so that no window of the span sees more than the bound: a bucket of the
// whole bound would let twice as many through.
func bucketOf(most int, span time.Duration) bucket {
	burst := max(1, most/4)
	flow := time.Duration(most - burst + 1)
	return bucket{burst, (span + flow - 1) / flow, span}
}

// take moves the moment the bucket is full again by one token, and says how long
// that token is not there yet. A clock that was set back costs one span at most.
func (b bucket) take(full *time.Time, now time.Time) time.Duration {
	at := *full
	if at.Before(now) {
		at = now
	}
	if latest := now.Add(b.gap * time.Duration(b.burst)).Add(b.span); at.After(latest) {
		at = latest
	}
	at = at.Add(b.gap)
	wait := at.Sub(now) - b.gap*time.Duration(b.burst)
	*full = at
	return max(0, wait)
}
