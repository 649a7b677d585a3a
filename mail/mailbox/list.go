package mailbox

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/emersion/go-imap/v2"
)

// listed is a mail of which only place, size and date are known.
type listed struct {
	uid  uint32
	size int64
	date time.Time
}

// list returns the mails above a UID, lowest first. Only UID, RFC822.SIZE and
// INTERNALDATE are asked for: one odd mail makes ENVELOPE or BODYSTRUCTURE
// unreadable, and with it the whole connection.
func (s *session) list(ctx context.Context, above uint32) ([]listed, error) {
	var set imap.UIDSet
	set.AddRange(imap.UID(above)+1, 0) // n:*
	found, err := s.listSet(ctx, set)
	if err != nil {
		return nil, err
	}
	// n:* names the last mail even when its UID is below n (RFC 9051 §6.4.8).
	found = slices.DeleteFunc(found, func(m listed) bool { return m.uid <= above })
	slices.SortFunc(found, func(a, b listed) int { return cmp.Compare(a.uid, b.uid) })
	return slices.CompactFunc(found, func(a, b listed) bool { return a.uid == b.uid }), nil
}

func (s *session) listSet(ctx context.Context, set imap.UIDSet) (found []listed, err error) {
	err = s.wait(ctx, func() error {
		cmd := s.client.Fetch(set, &imap.FetchOptions{UID: true, RFC822Size: true, InternalDate: true})
		for msg := cmd.Next(); msg != nil; msg = cmd.Next() {
			buf, err := msg.Collect()
			if err != nil {
				cmd.Close()
				return err
			}
			found = append(found, listed{uint32(buf.UID), buf.RFC822Size, buf.InternalDate})
		}
		return cmd.Close()
	})
	if err != nil {
		return nil, fmt.Errorf("list mails %s: %w", set.String(), err)
	}
	return found, nil
}

// batch cuts the first batch off mails: at most count of them and, unless it is
// a single one, at most size bytes. A mail over the limit is a batch of its own.
func batch(mails []listed, count int, size, limit int64) (first, rest []listed) {
	var sum int64
	for i, m := range mails {
		sum += m.size
		if i > 0 && (i == count || sum > size || m.size > limit) {
			return mails[:i], mails[i:]
		}
		if m.size > limit {
			return mails[:1], mails[1:]
		}
	}
	return mails, nil
}
