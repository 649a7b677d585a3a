package hub

import (
	"context"
	"io"
	"net/http"
	"sync"
	"time"

	"holdall/desk"
)

const (
	loadsMost   = 64 // parts of files on their way up at once, of all devices
	loadWait    = 10 * time.Second
	fetchesMost = 16 // files on their way down to one device: it wants three, and some may be of connections that broke
)

// errCrowded is told to a device while as much is on its way as the hub holds.
var errCrowded = desk.Refuse(desk.CodeQuota, "The hub has as many files on their way as it can hold just now; this one goes on in a moment.")

// loads bounds what is held for those who send files and fetch them. Of a device one
// part is on its way up, the newest: an older one is of a connection that broke, or
// of a program that wants more than its share.
type loads struct {
	room chan struct{} // holds one for each part
	wait time.Duration // for room

	mu      sync.Mutex
	up      map[desk.DeviceID]*load
	fetches map[desk.DeviceID]int
}

// load is the part a device is sending.
type load struct {
	device  desk.DeviceID
	control *http.ResponseController
	given   bool          // room, and so its bytes are read
	cut     chan struct{} // closed when a newer one came
	over    chan struct{} // closed when it is answered
}

func newLoads() *loads {
	return &loads{room: make(chan struct{}, loadsMost), wait: loadWait, up: map[desk.DeviceID]*load{}, fetches: map[desk.DeviceID]int{}}
}

// take reads the part that a device sends, when the one it was sending is over and
// there is room. done lets go of it.
func (l *loads) take(r *http.Request, device desk.DeviceID, control *http.ResponseController) (part []byte, done func(), err error) {
	mine := &load{device: device, control: control, cut: make(chan struct{}), over: make(chan struct{})}
	l.mu.Lock()
	older := l.up[device]
	if l.up[device] = mine; older != nil {
		older.end()
	}
	l.mu.Unlock()
	if err = l.enter(r.Context(), mine, older); err == nil {
		part, err = mine.read(r.Body)
	}
	if err != nil {
		l.leave(mine)
		return nil, nil, err
	}
	return part, func() { l.leave(mine) }, nil
}

// end cuts the part off; the lock is held.
func (o *load) end() {
	close(o.cut)
	if o.given {
		_ = o.control.SetReadDeadline(time.Unix(1, 0)) // what is served here has deadlines
	}
}

func (o *load) read(body io.Reader) ([]byte, error) {
	part, err := io.ReadAll(body)
	if err == nil {
		return part, nil
	}
	select {
	case <-o.cut:
		return nil, errCrowded
	default:
		return nil, errPart
	}
}

// enter waits for room; the bytes have to come within partWait of it.
func (l *loads) enter(ctx context.Context, mine, older *load) error {
	ctx, cancel := context.WithTimeout(ctx, l.wait)
	defer cancel()
	if older != nil {
		select {
		case <-older.over:
		case <-mine.cut:
			return errCrowded
		case <-ctx.Done():
			return errCrowded
		}
	}
	select {
	case l.room <- struct{}{}:
	case <-mine.cut:
		return errCrowded
	case <-ctx.Done():
		return errCrowded
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	mine.given = true
	if l.up[mine.device] != mine {
		return errCrowded
	}
	return mine.control.SetReadDeadline(time.Now().Add(partWait))
}

func (l *loads) leave(mine *load) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if close(mine.over); l.up[mine.device] == mine {
		delete(l.up, mine.device)
	}
	if mine.given {
		<-l.room
	}
}

// fetch lets a device fetch a file; done is called when it has it.
func (l *loads) fetch(device desk.DeviceID) (done func(), err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.fetches[device] >= fetchesMost {
		return nil, errCrowded
	}
	l.fetches[device]++
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		if l.fetches[device]--; l.fetches[device] == 0 {
			delete(l.fetches, device)
		}
	}, nil
}
