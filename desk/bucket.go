package desk

import "slices"

// BucketID names a stream of records that reaches whoever subscribes to it. The
// hub alone decides who does; a device asks for none but archives.
type BucketID string

const (
	BucketOrg    BucketID = "org"    // people, teams, services, requesters, workspace
	BucketTriage BucketID = "triage" // tickets that no team has taken
	BucketMail   BucketID = "mail"   // mailboxes, and the mails nothing could be made of
)

// TeamBucket holds the tickets of a team.
func TeamBucket(t TeamID) BucketID { return BucketID("team:" + string(t)) }

// UserBucket holds what concerns one person: tickets assigned to or watched by
// them, or disputed with them, and their refused mutations.
func UserBucket(p PersonID) BucketID { return BucketID("user:" + string(p)) }

// Buckets lists the buckets a ticket and its whole tree belong to, sorted
// (SPEC R6: one pure function). One that is archived leaves its queue and those
// who had it in hand, except where it is disputed or pinned (SPEC P28).
func (t Ticket) Buckets() []BucketID {
	home := BucketTriage
	if t.Team != "" {
		home = TeamBucket(t.Team)
	}
	people := slices.Concat(t.Disputed, t.Pinned)
	if t.Archived == "" {
		people = append(people, t.Watchers...)
	} else {
		home = ArchiveBucket(home, t.Archived)
	}
	if t.Archived == "" && t.Assignee != "" {
		people = append(people, t.Assignee)
	}
	buckets := []BucketID{home}
	for _, p := range people {
		buckets = append(buckets, UserBucket(p))
	}
	slices.Sort(buckets)
	return slices.Compact(buckets)
}

// Buckets lists what the principal subscribes to, sorted; all is every team of
// the desk, for those whose sight is not bounded by teams.
func (p Principal) Buckets(all []TeamID) []BucketID {
	if !p.Works() && !p.SeesAll() {
		return nil
	}
	teams := p.Teams
	if p.SeesAll() {
		teams = slices.Concat(teams, all)
	}
	buckets := []BucketID{BucketOrg, BucketTriage, UserBucket(p.Person)}
	if p.SeesMail() {
		buckets = append(buckets, BucketMail)
	}
	for _, t := range teams {
		buckets = append(buckets, TeamBucket(t))
	}
	slices.Sort(buckets)
	return slices.Compact(buckets)
}
