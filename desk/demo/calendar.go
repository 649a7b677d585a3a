package demo

import (
	"math"
	"math/rand/v2"
	"slices"
	"time"
)

// months is how far the history goes back.
const months = 18

// zone is the clock on the company's wall; half a year of it is an hour off,
// which no figure notices and which needs no table of time zones.
var zone = time.FixedZone("CET", 3600)

// hours of the day at which tickets come in: a peak at nine, a smaller one after
// lunch, a few from the late shift.
var hours = []int{5, 6, 7, 7, 8, 8, 8, 9, 9, 9, 9, 10, 10, 10, 11, 11, 12, 13, 13, 13, 14, 14, 14, 15, 15, 16, 16, 17, 18, 21}

// newest tickets came in within the last hour, whatever hour it is: the plant
// works at night too.
const newest = 8

// start is when the company began to use the desk.
func (w *World) start() time.Time { return w.now.AddDate(0, -months, 0) }

// schedule draws when the tickets were opened, ascending. The desk has grown:
// the last weeks brought about three times what the first ones did.
func (w *World) schedule(r *rand.Rand, n int) []time.Time {
	list := make([]time.Time, 0, n)
	span := w.now.Sub(w.start()).Hours()/24 - 1
	for i := range n {
		if i < newest {
			list = append(list, w.now.Add(-time.Duration(100+r.IntN(3300))*time.Second))
			continue
		}
		days := math.Pow(r.Float64(), 1.3) * span
		list = append(list, w.officeTime(r, w.now.AddDate(0, 0, -int(days))))
	}
	slices.SortFunc(list, time.Time.Compare)
	return list
}

// officeTime is some time of the day, on a weekday mostly, before now.
func (w *World) officeTime(r *rand.Rand, day time.Time) time.Time {
	day = day.In(zone)
	if !chance(r, 8) {
		switch day.Weekday() {
		case time.Saturday:
			day = day.AddDate(0, 0, -1)
		case time.Sunday:
			day = day.AddDate(0, 0, -2)
		}
	}
	t := time.Date(day.Year(), day.Month(), day.Day(), pick(r, hours), r.IntN(60), r.IntN(60), 0, zone)
	if t.After(w.now.Add(-time.Hour)) {
		t = w.now.Add(-time.Hour - time.Duration(r.IntN(8*3600))*time.Second)
	}
	return t.UTC()
}

// atWork moves an instant to the next one at which the desk is staffed: Monday
// to Friday, seven to eighteen.
func atWork(r *rand.Rand, t time.Time) time.Time {
	t = t.In(zone)
	for t.Weekday() == time.Saturday || t.Weekday() == time.Sunday || t.Hour() >= 18 {
		t = time.Date(t.Year(), t.Month(), t.Day()+1, 7, r.IntN(50), r.IntN(60), 0, zone)
	}
	if t.Hour() < 7 {
		t = time.Date(t.Year(), t.Month(), t.Day(), 7, r.IntN(50), r.IntN(60), 0, zone)
	}
	return t.UTC()
}
