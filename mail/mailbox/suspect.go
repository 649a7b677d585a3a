package mailbox

// strikes is how often a mail may end the connection, fetched alone, before it
// is handed over as a Problem.
const strikes = 3

// suspect looks for the mail whose bytes end the connection. The library reads
// nothing more after an answer it cannot parse, so the search goes on over the
// next connections: each failure halves the batch, each success doubles it.
type suspect struct {
	size   int // 0: no suspicion
	uid    uint32
	fails  int
	reason error
	again  bool // the last failure was in the bytes of mails
}

// count is how many mails the next batch may have.
func (s *suspect) count(most int) int {
	if s.size == 0 {
		return most
	}
	return min(s.size, most)
}

// guilty returns why a single mail shall not be fetched again, or nil.
func (s *suspect) guilty(mails []listed) error {
	if len(mails) == 1 && mails[0].uid == s.uid && s.fails >= strikes {
		return s.reason
	}
	return nil
}

func (s *suspect) note(mails []listed, err error) {
	s.again = err != nil
	switch {
	case err == nil && s.size > 0:
		s.size *= 2
		if s.size > 1<<12 {
			s.size = 0
		}
	case err == nil:
	case len(mails) > 1:
		s.size = len(mails) / 2
	case mails[0].uid == s.uid:
		s.fails++
		s.reason = err
	default:
		s.size, s.uid, s.fails, s.reason = 1, mails[0].uid, 1, err
	}
}
