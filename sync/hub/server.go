package hub

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

const (
	checkpointEvery = 15 * time.Second // a session without changes gets a checkpoint so often
	pollEvery       = time.Second      // what others commit is seen so soon, hint or not
	inboxDepth      = 1024             // events that wait while a commit is under way
	gatherAtMost    = 256              // events of one step
	farewell        = time.Second      // for telling that the hub goes down
	linkDepth       = 256              // messages that wait for a slow connection
	linkHeard       = 4                // messages of a connection that wait for the engine
)

// ErrStopped is a hub that has been stopped.
var ErrStopped = errors.New("the hub is stopped")

// Server feeds an Engine from connections and carries out its effects. Events
// that arrive while a commit is under way are taken together by the next one.
type Server struct {
	engine  *Engine
	log     *slog.Logger
	inbox   chan Event
	stopped chan struct{}
	next    atomic.Int64

	mu      sync.Mutex
	links   map[SessionID]*link
	waiting map[int64]chan Done
	watch   map[int64]func([]desk.BucketID)

	hints    hints
	dutyLife time.Duration
}

// NewServer makes a hub over a central database; Run sets it going.
func NewServer(ctx context.Context, central *store.Central, log *slog.Logger) (*Server, error) {
	engine, err := New(ctx, central)
	if err != nil {
		return nil, err
	}
	s := &Server{
		engine: engine, log: log, inbox: make(chan Event, inboxDepth), stopped: make(chan struct{}),
		links: map[SessionID]*link{}, waiting: map[int64]chan Done{}, watch: map[int64]func([]desk.BucketID){},
		hints: hints{topics: map[string]map[int64]func([]byte){}, moved: map[desk.BucketID]int64{}}, dutyLife: dutyLife,
	}
	s.Subscribe(topicPresence, s.sighted)
	return s, nil
}

// Central is the database of the hub.
func (s *Server) Central() *store.Central { return s.engine.store }

// Watch calls back after every commit with the buckets it moved, and when
// another node hints at one of its own, until the returned function is called. It must not wait for anything, nor watch.
func (s *Server) Watch(moved func([]desk.BucketID)) (stop func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := s.next.Add(1)
	s.watch[id] = moved
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.watch, id)
	}
}

// Run lets the hub work until the context ends; then every connection is told.
func (s *Server) Run(ctx context.Context) error {
	defer s.stop()
	var sweeping sync.WaitGroup
	sweeping.Go(func() {
		if err := s.Alone(ctx, "files", s.sweep); err != nil {
			s.log.Error("stopped: sweep files", "error", err)
		}
	})
	sweeping.Go(func() {
		if err := s.Alone(ctx, "archive", s.archive); err != nil {
			s.log.Error("stopped: archive tickets", "error", err)
		}
	})
	defer sweeping.Wait()
	defer s.join()()
	tick, poll := time.NewTicker(checkpointEvery), time.NewTicker(pollEvery)
	defer tick.Stop()
	defer poll.Stop()
	for {
		var events []Event
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
			events = append(events, Ticked{})
		case <-poll.C:
			events = append(events, Polled{})
		case ev := <-s.inbox:
			events = append(events, ev)
		}
		// A step is never cut short: what was begun is committed and answered.
		events = s.gather(events)
		s.carryOutAll(s.engine.Step(context.WithoutCancel(ctx), time.Now(), events...))
		s.taken(events)
	}
}

func (s *Server) gather(events []Event) []Event {
	for len(events) < gatherAtMost {
		select {
		case ev := <-s.inbox:
			events = append(events, ev)
		default:
			return events
		}
	}
	return events
}

// carryOutAll carries effects out in their order; what goes to one connection in a
// row goes together.
func (s *Server) carryOutAll(effects []Effect) {
	for i := 0; i < len(effects); i++ {
		first, ok := effects[i].(Send)
		if !ok {
			s.carryOut(effects[i])
			continue
		}
		messages := []protocol.Message{first.Message}
		for ; i+1 < len(effects); i++ {
			next, ok := effects[i+1].(Send)
			if !ok || next.Session != first.Session {
				break
			}
			messages = append(messages, next.Message)
		}
		s.send(first.Session, messages)
	}
}

func (s *Server) send(to SessionID, messages []protocol.Message) {
	if l := s.link(to); l != nil && !l.offer(messages...) {
		s.log.Info("a connection is too slow and will resume", "session", to)
		l.cut()
	}
}

func (s *Server) carryOut(effect Effect) {
	switch effect := effect.(type) {
	case Hangup:
		if l := s.link(effect.Session); l != nil {
			l.finish()
		}
	case Done:
		s.mu.Lock()
		answer := s.waiting[effect.ID]
		delete(s.waiting, effect.ID)
		s.mu.Unlock()
		if answer != nil {
			answer <- effect
		}
	case Failed:
		s.log.Error("a fault of the hub", "error", effect.Err)
	case Glimpsed:
		s.glimpsed(effect.Glimpse)
	case Nudge:
		time.AfterFunc(effect.After, s.nudge)
	case Moved:
		if !effect.Elsewhere {
			s.hint(effect.Heads)
		}
		s.tell(sortedKeys(effect.Heads))
	}
}

// tell lets those who watch know what moved.
func (s *Server) tell(buckets []desk.BucketID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, moved := range s.watch {
		moved(buckets)
	}
}

// nudge lets the engine go on with what was due now.
func (s *Server) nudge() {
	select {
	case s.inbox <- Nudged{}:
	case <-s.stopped:
	}
}

func (s *Server) link(id SessionID) *link {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.links[id]
}

// stopping is what everybody is told when the hub goes down.
var stopping = protocol.Bye{Code: protocol.ByeStopping, Message: "The hub is being restarted.", RetryAfter: 2}

// stop tells every connection that the hub goes down, and waits for a moment
// until they are told: afterwards the process may end.
func (s *Server) stop() {
	close(s.stopped)
	s.mu.Lock()
	links := slices.Collect(maps.Values(s.links))
	s.mu.Unlock()
	for _, l := range links {
		l.offer(stopping)
		l.finish()
	}
	told := make(chan struct{})
	go func() {
		defer close(told)
		for _, l := range links {
			l.writer.Wait()
		}
	}()
	select {
	case <-told:
	case <-time.After(farewell):
	}
}

// post hands an event to the engine.
func (s *Server) post(ctx context.Context, ev Event) error {
	select {
	case s.inbox <- ev:
		return nil
	case <-s.stopped:
		return ErrStopped
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Submit executes mutations of the hub's own and returns after the durable
// commit.
func (s *Server) Submit(ctx context.Context, actor desk.Principal, mutations ...desk.Mutation) ([]desk.Result, error) {
	return s.SubmitWith(ctx, actor, mutations, nil)
}

// SubmitWith is Submit with more to write in the same transaction: a mail's
// ledger row turns converted together with what it was converted into.
func (s *Server) SubmitWith(ctx context.Context, actor desk.Principal, mutations []desk.Mutation, with func(*store.CentralTx) error) ([]desk.Result, error) {
	id, answer := s.next.Add(1), make(chan Done, 1)
	s.mu.Lock()
	s.waiting[id] = answer
	s.mu.Unlock()
	defer s.waitNoMore(id)
	if err := s.post(ctx, Submitted{ID: id, Actor: actor, Mutations: mutations, With: with}); err != nil {
		return nil, err
	}
	select {
	case done := <-answer:
		return done.Results, done.Err
	case <-s.stopped:
		return nil, ErrStopped
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// waitNoMore forgets who waited for an answer, whether it came or not.
func (s *Server) waitNoMore(id int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.waiting, id)
}
