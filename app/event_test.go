package app

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

// heard counts what a listener got.
func heard(s *signals) (all *[]Signal) {
	all = &[]Signal{}
	s.listen(func(sig Signal) { *all = append(*all, sig) })
	return all
}

func TestManySignalsBecomeFew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		s := newSignals()
		all := heard(s)
		go s.run(ctx)
		for range 1000 {
			s.emit(TopicQueue, "")
			time.Sleep(time.Millisecond)
		}
		time.Sleep(rest)
		synctest.Wait()
		if n := len(*all); n < 10 || n > 21 {
			t.Errorf("1000 signals in a second became %d, want about 20", n)
		}
		cancel()
	})
}

func TestTheLastSignalIsNeverLost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		s := newSignals()
		all := heard(s)
		go s.run(ctx)
		s.emit(TopicTicket, "t1")
		synctest.Wait()
		s.emit(TopicTicket, "t2")
		time.Sleep(2 * rest)
		s.emit(TopicTicket, "t3")
		s.emit(TopicTicket, "t4")
		time.Sleep(2 * rest)
		want := []Signal{{TopicTicket, "t1"}, {TopicTicket, "t2"}, {TopicTicket, ""}}
		if len(*all) < 3 || (*all)[0] != want[0] || (*all)[1] != want[1] || (*all)[len(*all)-1].ID == "t3" {
			t.Errorf("heard %v", *all)
		}
		cancel()
	})
}

func TestWhoLeavesHearsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		s := newSignals()
		count := 0
		leave := s.listen(func(Signal) { count++ })
		go s.run(ctx)
		s.emit(TopicSync, "")
		synctest.Wait()
		leave()
		s.emit(TopicSync, "")
		time.Sleep(2 * rest)
		if count != 1 {
			t.Errorf("heard %d signals, want the first only", count)
		}
		cancel()
	})
}
