package hub

import (
	"context"
	"slices"

	"holdall/desk"
	"holdall/sync/protocol"
)

// archives are those of the archives a device wants that it is heard in: as many
// as it may have, and none if it does not speak of archives.
func archives(terms protocol.Terms, wanted []desk.BucketID) []desk.BucketID {
	if terms.PushOnly || !slices.Contains(terms.Caps, protocol.CapArchive) {
		return nil
	}
	return slices.Clone(wanted[:min(len(wanted), protocol.WantMost)])
}

// want gives the archives that a device wants now, and takes the others (SPEC
// P28).
func (e *Engine) want(ctx context.Context, s *session, m protocol.Want) {
	if s.terms.PushOnly {
		return
	}
	s.archives = archives(s.terms, m.Buckets)
	e.rescope(ctx, []*session{s})
	if e.sessions[s.id] == s {
		e.withhold(s, m.Buckets)
	}
}

// withhold says of some buckets which ones the device may not have.
func (e *Engine) withhold(s *session, buckets []desk.BucketID) {
	slices.Sort(buckets)
	for _, b := range slices.Compact(buckets) {
		if _, given := s.cursors[b]; !given {
			e.do(Send{s.id, protocol.Unsub{Bucket: b}})
		}
	}
}
