package protocol

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// Times of the long poll (SPEC P34).
const (
	pollHolds = 25 * time.Second // an empty answer after so long, below what proxies bear
	pollGone  = 30 * time.Second // without a request the connection is over
	pollBody  = 10 * time.Second // for the body of a request
	pollDepth = 64               // frames that wait in each direction
	pollEnds  = 4                // connections of one device: of more the oldest is over
)

// Polls holds the hub's ends of connections that are carried by plain requests,
// because something on the way refuses the websocket.
type Polls struct {
	mu     sync.Mutex
	open   map[string]*pollEnd
	opened int64 // ever
}

// NewPolls makes an empty register.
func NewPolls() *Polls { return &Polls{open: map[string]*pollEnd{}} }

// Open begins a connection of an authenticated device. Its name is as good as a
// secret, but each request brings the device's token all the same.
func (p *Polls) Open(device string) (name string, conn Conn) {
	end := &pollEnd{device: device, up: make(chan []byte, pollDepth), bring: make(chan struct{}, 1), eased: make(chan struct{}, 1), turned: make(chan struct{}), over: make(chan struct{}), budget: newBudget()}
	name = rand.Text()
	end.expiry = time.AfterFunc(pollGone, func() {
		end.Close()
		p.mu.Lock()
		defer p.mu.Unlock()
		delete(p.open, name)
	})
	p.mu.Lock()
	defer p.mu.Unlock()
	p.opened++
	end.number = p.opened
	p.open[name] = end
	p.crowd(device)
	return name, end
}

// crowd ends the oldest connection of a device that has too many: what each holds is
// bounded, and so is what all of them do.
func (p *Polls) crowd(device string) {
	count, oldest := 0, ""
	for name, end := range p.open {
		if end.device != device {
			continue
		}
		if count++; oldest == "" || end.number < p.open[oldest].number {
			oldest = name
		}
	}
	if count > pollEnds {
		p.open[oldest].Close()
		delete(p.open, oldest)
	}
}

// Farewell hands a last message to whoever waits for one, so that no request is
// held back while the hub goes down.
func (p *Polls) Farewell(m Message) error {
	frame, err := Encode(m)
	if err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, end := range p.open {
		end.last(frame)
	}
	return nil
}

// Serve answers a request of a device about a connection of its own: GET fetches
// frames, POST brings some, DELETE ends it. Whatever else is asked for is gone.
func (p *Polls) Serve(w http.ResponseWriter, r *http.Request, name, device string) {
	p.mu.Lock()
	end := p.open[name]
	p.mu.Unlock()
	number, err := strconv.ParseInt(r.URL.Query().Get("n"), 10, 64)
	if end == nil || end.device != device || err != nil || number < 0 {
		w.WriteHeader(http.StatusGone)
		return
	}
	end.expiry.Reset(pollHolds + pollGone)
	defer end.expiry.Reset(pollGone)
	w.Header().Set("Cache-Control", "no-store")
	switch r.Method {
	case http.MethodGet:
		end.answer(w, r, number)
	case http.MethodPost:
		end.accept(w, r, number)
	default:
		end.Close()
		w.WriteHeader(http.StatusNoContent)
	}
}

// pollEnd is the hub's end of a connection over plain requests.
type pollEnd struct {
	device string
	number int64       // by which it was opened
	up     chan []byte // frames of the device, in order
	over   chan struct{}
	once   sync.Once
	expiry *time.Timer
	budget *budget

	bring chan struct{} // held by the one request that brings frames, body and all
	waits atomic.Int64  // bytes of frames that wait in up
	eased chan struct{} // one of them was taken
	taken int64         // frames of the device, ever
	wrong error         // what it broke; read after over

	mu     sync.Mutex
	down   [][]byte // not fetched, or not known to have arrived
	base   int64    // frames that have arrived, ever
	asks   int      // requests to fetch, ever: a newer one ends an older
	turned chan struct{}
}

// turn wakes whoever waits for a change; the lock is held.
func (p *pollEnd) turn() {
	close(p.turned)
	p.turned = make(chan struct{})
}

// Send keeps frames until they are fetched.
func (p *pollEnd) Send(ctx context.Context, messages ...Message) error {
	for _, m := range messages {
		if err := p.keep(ctx, m); err != nil {
			return err
		}
	}
	return nil
}

func (p *pollEnd) keep(ctx context.Context, m Message) error {
	frame, err := Encode(m)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, pollGone)
	defer cancel()
	for {
		p.mu.Lock()
		turned, room := p.turned, len(p.down) < pollDepth
		if room {
			p.down = append(p.down, frame)
			p.turn()
		}
		p.mu.Unlock()
		if room {
			return nil
		}
		select {
		case <-turned:
		case <-p.over:
			return ErrClosed
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// last keeps one frame more than there is room for.
func (p *pollEnd) last(frame []byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.down = append(p.down, frame)
	p.turn()
}

// Receive waits for the next message of the device.
func (p *pollEnd) Receive(ctx context.Context) (Message, error) {
	for {
		frame, err := p.next(ctx)
		if err != nil {
			return nil, err
		}
		if err := p.budget.spend(); err != nil {
			return nil, err
		}
		m, err := Decode(frame)
		if !errors.Is(err, ErrUnknownType) {
			return m, err
		}
	}
}

func (p *pollEnd) next(ctx context.Context) ([]byte, error) {
	select {
	case frame := <-p.up:
		p.waits.Add(int64(-len(frame)))
		select {
		case p.eased <- struct{}{}:
		default:
		}
		if frame == nil {
			return nil, p.wrong
		}
		return frame, nil
	case <-p.over:
		return nil, ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Close takes nothing more; what was sent can still be fetched for a while.
func (p *pollEnd) Close() error {
	p.once.Do(func() { close(p.over) })
	return nil
}

// accept takes over frames from number n on. What came before is passed over, so
// that a request may be repeated; where one is missing nothing is taken.
func (p *pollEnd) accept(w http.ResponseWriter, r *http.Request, n int64) {
	if !p.begin(r) {
		w.WriteHeader(http.StatusGone)
		return
	}
	defer func() { <-p.bring }()
	frames, err := readBatch(w, r)
	if n > p.taken+1 {
		w.WriteHeader(http.StatusConflict)
		return
	}
	if errors.Is(err, ErrFrame) {
		p.wrong, frames = err, append(frames, nil)
	}
	for _, frame := range frames[min(p.taken+1-n, int64(len(frames))):] {
		select {
		case p.up <- frame:
			p.waits.Add(int64(len(frame)))
			p.taken++
		case <-p.over:
			w.WriteHeader(http.StatusGone)
			return
		case <-r.Context().Done():
			return
		}
	}
	if err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// begin waits for the turn of a request to bring its body: of many at once one is
// read, and none while more than a batch waits of those before it, so that they make
// the hub hold no more than that and one body. false: it is too late.
func (p *pollEnd) begin(r *http.Request) bool {
	select {
	case p.bring <- struct{}{}:
	case <-p.over:
		return false
	case <-r.Context().Done():
		return false
	}
	for p.waits.Load() > batchBytes {
		select {
		case <-p.eased:
			continue
		case <-p.over:
		case <-r.Context().Done():
		}
		<-p.bring
		return false
	}
	return true
}

func readBatch(w http.ResponseWriter, r *http.Request) ([][]byte, error) {
	slow := http.NewResponseController(w)
	if err := slow.SetReadDeadline(time.Now().Add(pollBody)); err != nil {
		return nil, err
	}
	frames, err := unpackBatch(http.MaxBytesReader(w, r.Body, BodyMost))
	return frames, errors.Join(err, slow.SetReadDeadline(time.Time{}))
}

// answer hands out what comes after frame n, which with all before it is thereby
// known to have arrived. It waits for a while if there is nothing.
func (p *pollEnd) answer(w http.ResponseWriter, r *http.Request, n int64) {
	patience := time.NewTimer(pollHolds)
	defer patience.Stop()
	p.mu.Lock()
	p.asks++
	mine := p.asks
	p.turn()
	for {
		if arrived := n - p.base; arrived > 0 && arrived <= int64(len(p.down)) {
			p.down, p.base = p.down[arrived:], n
			p.turn()
		}
		waiting, turned, replaced := p.down, p.turned, p.asks != mine
		p.mu.Unlock()
		if len(waiting) > 0 && !replaced {
			w.Header().Set("Content-Type", "application/octet-stream")
			body, _ := pack(waiting)
			w.Write(body)
			return
		}
		select {
		case <-p.over:
			w.WriteHeader(http.StatusGone)
			return
		default:
		}
		if replaced {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		select {
		case <-turned:
		case <-p.over:
		case <-patience.C:
			w.WriteHeader(http.StatusNoContent)
			return
		case <-r.Context().Done():
			return
		}
		p.mu.Lock()
	}
}
