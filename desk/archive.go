package desk

import (
	"slices"
	"strings"
	"time"
)

// Month is a month in UTC: 2026-11.
type Month string

const monthLayout = "2006-01"

// MonthOf is the month of an instant.
func MonthOf(at time.Time) Month { return Month(at.UTC().Format(monthLayout)) }

// ArchivePrefix begins the name of every archive, and of no other bucket.
const ArchivePrefix BucketID = "closed:"

// ArchiveBucket holds the tickets of a team, or of triage, that ended in a month
// and are on no desk any more. It reaches whoever asks for it (SPEC P28).
func ArchiveBucket(home BucketID, m Month) BucketID {
	return ArchivePrefix + home + ":" + BucketID(m)
}

// Archive tells an archive's team bucket, or triage, and its month; false: the
// bucket is no archive.
func (b BucketID) Archive() (home BucketID, m Month, ok bool) {
	rest, ok := strings.CutPrefix(string(b), string(ArchivePrefix))
	cut := strings.LastIndexByte(rest, ':')
	if !ok || cut < 0 {
		return "", "", false
	}
	home, m = BucketID(rest[:cut]), Month(rest[cut+1:])
	at, err := time.Parse(monthLayout, string(m))
	ofQueue := home == BucketTriage || strings.HasPrefix(string(home), string(TeamBucket("")))
	return home, m, ofQueue && err == nil && MonthOf(at) == m
}

// WithArchives adds to the buckets somebody is given the archives of these that
// are wanted; what else is wanted is passed over.
func WithArchives(given, wanted []BucketID) []BucketID {
	all := slices.Clone(given)
	for _, b := range wanted {
		if home, _, ok := b.Archive(); ok && slices.Contains(given, home) {
			all = append(all, b)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// EndedAt is when a ticket ended, by done-time; false: it goes on.
func (t Ticket) EndedAt() (time.Time, bool) {
	if !t.State.Ended() {
		return time.Time{}, false
	}
	if moved, ok := t.Edits[FieldState]; ok {
		return moved.At, true
	}
	return t.UpdatedAt, true
}
