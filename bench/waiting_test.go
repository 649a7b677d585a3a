package bench

import (
	"bytes"
	"fmt"
	"os"
	"runtime/metrics"
	"strconv"
	"testing"
	"time"

	"holdall/desk/demo"
	"holdall/mail/mailbox"
)

// waits takes in a mailbox that is full when it is connected: the last mails must
// cost no more than the first, nothing may pile up in memory, and what the window
// tells of the time that remains must be of use.
func waits(tb testing.TB, v volume) []line {
	server := mailServer(tb)
	must(tb, server.AddUser("full@example.com", mailPassword))
	for made := 0; made < v.waiting; {
		mails := demo.Company(uint64(made+1), demo.Size{Requesters: 100}, time.Now()).Mails(min(1000, v.waiting-made))
		for i, raw := range mails {
			must(tb, server.Deliver("full@example.com", "INBOX", again(raw, made+i)))
		}
		made += len(mails)
	}
	s := &survey{n: v.waiting, began: time.Now()}
	took := convert(tb, v.waiting, func(status mailbox.Status) { s.look(tb, status) }, account(server, "full@example.com"))
	first, last := s.parts[0], s.parts[fifths-1]
	slower := last.took.Seconds() / max(first.took.Seconds(), 1e-3)
	fuller := float64(last.live) / float64(max(first.live, 1))
	wrong := s.left.Seconds() / max(s.halfway.Seconds(), 1e-3)
	if wrong < 1 {
		wrong = 1 / max(wrong, 1e-3)
	}
	return []line{{
		what: count(v.waiting) + " mails that wait in a mailbox, to tickets", figure: count(int(perSecond(v.waiting, took))) + " mails/s",
		limit: fmt.Sprintf("the first fifth fetched in %.1f s, the last in %.1f s", first.took.Seconds(), last.took.Seconds()), ratio: slower, goal: "≤ 1.50", holds: slower <= 1.5,
	}, {
		what: "what is held in memory meanwhile", figure: fmt.Sprintf("%d MiB in the last fifth, of %d of the process", last.live>>20, last.resident>>20),
		limit: fmt.Sprintf("%d MiB in the first, of %d", first.live>>20, first.resident>>20), ratio: fuller, goal: "≤ 1.25", holds: fuller <= 1.25,
	}, {
		what: "time that remains, told halfway", figure: fmt.Sprintf("%.1f s", s.left.Seconds()),
		limit: fmt.Sprintf("it was %.1f s", s.halfway.Seconds()), ratio: wrong, goal: "within 1.50 either way", holds: wrong <= 1.5,
	}}
}

const fifths = 5

// survey follows a mailbox that is read, by fifths.
type survey struct {
	n     int
	began time.Time // of the part that is read
	part  int
	parts [fifths]struct {
		took           time.Duration
		live, resident int // the most of it
	}
	left    time.Duration // that remained by what was told halfway
	half    time.Time
	halfway time.Duration // that did remain then, until all was fetched
}

func (s *survey) look(tb testing.TB, status mailbox.Status) {
	if s.part == fifths {
		return
	}
	p := &s.parts[s.part]
	p.live, p.resident = max(p.live, live()), max(p.resident, resident(tb))
	if s.half.IsZero() && status.Delivered*2 >= s.n {
		s.half, s.left = time.Now(), status.Remaining()
	}
	for s.part < fifths && status.Delivered*fifths >= s.n*(s.part+1) {
		s.parts[s.part].took = time.Since(s.began)
		s.parts[s.part].live, s.parts[s.part].resident = max(s.parts[s.part].live, p.live), max(s.parts[s.part].resident, p.resident)
		s.part, s.began = s.part+1, time.Now()
	}
	if s.part == fifths {
		s.halfway = time.Since(s.half)
	}
}

// live is the memory of what is still in use, as the collector last found it: the
// process has more, by how busy the machine lets the collector be.
func live() int {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	return int(sample[0].Value.Uint64())
}

// resident is the memory of this process that is not swapped out or given back.
func resident(tb testing.TB) int {
	tb.Helper()
	stat, err := os.ReadFile("/proc/self/statm")
	must(tb, err)
	pages, err := strconv.Atoi(string(bytes.Fields(stat)[1]))
	must(tb, err)
	return pages * os.Getpagesize()
}
