package replica

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

const (
	lookEvery  = time.Minute // without a hint what waits is looked at so often
	sendTries  = 3           // of a file whose bytes came to the hub as others
	answerMost = 64 << 10    // bytes of an answer that are read
	partWait   = 2 * time.Minute
)

// errAway is a hub that takes nothing from this device now.
var errAway = errors.New("the hub is away")

// absent are the answers of whoever stands before a hub that is away, and of one
// that does not know this device.
var absent = map[int]bool{
	http.StatusUnauthorized: true, http.StatusBadGateway: true, http.StatusServiceUnavailable: true, http.StatusGatewayTimeout: true,
}

// errUnwanted is a file whose message the hub does not know: it is on its way, to a
// restored hub perhaps once more, or was refused and announces nothing.
var errUnwanted = errors.New("the hub does not know its message")

// Wake lets files that wait be looked at now: the conversation moved on, or a
// person asked for it.
func (f *Files) Wake() {
	select {
	case f.wake <- struct{}{}:
	default:
	}
}

// Run sends what waits until the context ends. A file that cannot go holds up no
// other.
func (f *Files) Run(ctx context.Context) {
	pause := time.NewTimer(lookEvery)
	defer pause.Stop()
	tries := 0
	for {
		rest := lookEvery
		switch err := f.sendAll(ctx); {
		case ctx.Err() != nil:
			return
		case err != nil:
			most := min(backoffMost, backoffLeast<<min(tries, 10))
			rest = backoffLeast/2 + rand.N(most)
			tries++
		default:
			tries = 0
		}
		pause.Reset(rest)
		select {
		case <-ctx.Done():
			return
		case <-f.wake:
		case <-pause.C:
		}
	}
}

// sendAll sends what waits. Its error says that it is to be tried again soon.
func (f *Files) sendAll(ctx context.Context) error {
	who, err := f.store.Identity(ctx)
	if err != nil {
		return err
	}
	if who.Epoch == "" {
		return nil // this device has never met its hub
	}
	if err := f.store.TellFiles(ctx, who.Epoch, time.Now()); err != nil {
		return err
	}
	list, err := f.store.OutgoingFiles(ctx)
	if err != nil {
		return err
	}
	var failed error
	for _, own := range list {
		err := f.sendOne(ctx, own)
		if errors.Is(err, errAway) || ctx.Err() != nil {
			return err
		}
		failed = errors.Join(failed, err)
	}
	return failed
}

// sendOne sends a file, or notes what keeps it here. Its error is of this file
// alone, unless the hub is away.
func (f *Files) sendOne(ctx context.Context, own store.OwnFile) error {
	stand := f.store.Standing()
	err := f.send(ctx, own)
	var refusal *desk.Error
	switch {
	case err == nil:
		err = f.store.FileSent(ctx, own, time.Now())
	case errors.Is(err, errUnwanted):
		var ended bool
		if ended, err = f.store.FileUnwanted(ctx, own, stand, time.Now()); err == nil && !ended {
			return nil
		}
	case errors.As(err, &refusal):
		err = f.stuck(ctx, own, refusal.Message)
	}
	f.settle(own.SHA256, err == nil)
	return err
}

func (f *Files) stuck(ctx context.Context, own store.OwnFile, problem string) error {
	if own.Problem == problem {
		return nil
	}
	return f.store.FileStuck(ctx, own, problem)
}

// settle ends the progress of a file and tells of it.
func (f *Files) settle(sum string, moved bool) {
	f.mu.Lock()
	_, went := f.going[sum]
	delete(f.going, sum)
	f.mu.Unlock()
	if went || moved {
		f.changed(sum)
	}
}

// send brings a file to the hub from where the hub stands (SPEC P41). nil says
// that the hub has it.
func (f *Files) send(ctx context.Context, own store.OwnFile) error {
	for tries := 1; ; tries++ {
		err := f.sendOnce(ctx, own)
		var refusal *desk.Error
		if !errors.As(err, &refusal) {
			return err
		}
		if refusal.Code == desk.CodeGone {
			return errUnwanted
		}
		if refusal.Code != desk.CodeValidation || tries == sendTries {
			return err
		}
	}
}

func (f *Files) sendOnce(ctx context.Context, own store.OwnFile) error {
	at, err := f.ask(ctx, http.MethodPost, own, nil, nil)
	if err != nil || at.Done {
		return err
	}
	file, err := f.Open(ctx, own.SHA256)
	if errors.Is(err, desk.ErrUnknown) {
		return desk.Refuse(desk.CodeInternal, "The file is not on this disk any more; attach it again.")
	}
	if err != nil {
		return f.unreadable(own, err)
	}
	defer file.Close()
	for !at.Done {
		f.mu.Lock()
		f.going[own.SHA256] = Progress{Have: at.Offset, Size: at.Size, Up: true}
		f.mu.Unlock()
		f.changed(own.SHA256)
		part := make([]byte, min(protocol.PartBytes, at.Size-at.Offset))
		if _, err := file.ReadAt(part, at.Offset); err != nil && !errors.Is(err, io.EOF) {
			return f.unreadable(own, err)
		}
		before := at.Offset
		if at, err = f.ask(ctx, http.MethodPut, own, url.Values{"offset": {strconv.FormatInt(at.Offset, 10)}}, part); err != nil {
			return err
		}
		if at.Offset <= before && !at.Done {
			return fmt.Errorf("the hub stays at %d of a file", before)
		}
	}
	return nil
}

// unreadable is a file that this disk does not give, now or any more.
func (f *Files) unreadable(own store.OwnFile, err error) error {
	f.log.Warn("a file of this device cannot be read", "file", own.SHA256, "error", err)
	return desk.Refuse(desk.CodeInternal, "The file cannot be read from this disk; look to the disk, or attach it again.")
}

// ask tells the hub of a file and hears how far it is.
func (f *Files) ask(ctx context.Context, method string, own store.OwnFile, query url.Values, part []byte) (at protocol.Standing, err error) {
	ctx, cancel := context.WithTimeout(ctx, partWait)
	defer cancel()
	if query == nil {
		query = url.Values{}
	}
	query.Set("message", string(own.Message))
	answer, err := f.request(ctx, method, own.SHA256, part, func(r *http.Request) { r.URL.RawQuery = query.Encode() })
	if err != nil {
		return at, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return at, refusalOf(answer)
	}
	err = json.NewDecoder(io.LimitReader(answer.Body, answerMost)).Decode(&at)
	return at, err
}

// request asks the hub about a file; the caller closes the answer.
func (f *Files) request(ctx context.Context, method, sum string, body []byte, with func(*http.Request)) (*http.Response, error) {
	asked, err := http.NewRequestWithContext(ctx, method, f.hub.Address.JoinPath("api/v1/blobs", sum).String(), bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	asked.Header.Set("Authorization", "Bearer "+f.hub.Token)
	with(asked)
	answer, err := f.hub.Client.Do(asked)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errAway, err)
	}
	return answer, nil
}

// refusalOf reads the hub's one object of a fault. Of its own faults and its
// want of rest it says nothing a person could mend: those are tried again.
func refusalOf(answer *http.Response) error {
	var refusal desk.Error
	err := json.NewDecoder(io.LimitReader(answer.Body, answerMost)).Decode(&refusal)
	switch {
	case absent[answer.StatusCode]:
		return fmt.Errorf("%w: the hub answered %s: %s", errAway, answer.Status, refusal.Message)
	case err != nil || refusal.Code == "" || refusal.Code == desk.CodeInternal:
		return fmt.Errorf("the hub answered %s", answer.Status)
	}
	return &refusal
}
