package replica

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"net/http"
	"os"
	"time"

	"holdall/desk"
)

const (
	stallWait  = 30 * time.Second // for more of a file
	fetchTries = 3                // in a row that bring nothing
	tellEach   = 256 << 10        // bytes between two words of progress
)

// errOtherBytes is a file of which the bytes that came are not those of its sum.
var errOtherBytes = errors.New("the bytes are not those that were asked for")

// fetching is a file on its way here, for all who wait for it.
type fetching struct {
	waiter   *waiter
	progress Progress
	over     chan struct{}
	err      error
	askers   int
	cancel   context.CancelFunc
}

// Get opens a file, fetching it if it is not here; size is what its message says
// of it. Those who ask at once share one download, and one that was cut off goes
// on where it was. desk.ErrUnknown says that the hub cannot be reached, or gives
// nobody here such a file.
func (f *Files) Get(ctx context.Context, sum string, size int64, u Urgency) (*os.File, error) {
	file, err := f.Open(ctx, sum)
	if !errors.Is(err, desk.ErrUnknown) || !desk.IsSHA256(sum) {
		return file, err
	}
	if err := f.fetched(ctx, sum, size, u); err != nil {
		return nil, err
	}
	return f.Open(ctx, sum)
}

// fetched waits until a file was fetched. When nobody waits any more it is left.
func (f *Files) fetched(ctx context.Context, sum string, size int64, u Urgency) error {
	for {
		c := f.join(sum, size, u)
		if c == nil {
			return desk.ErrUnknown
		}
		select {
		case <-c.over:
		case <-ctx.Done():
		}
		f.leave(c)
		if ctx.Err() != nil || !errors.Is(c.err, context.Canceled) {
			return errors.Join(ctx.Err(), c.err)
		}
	}
}

// join adds one who waits for a file; nil when the folder is being closed.
func (f *Files) join(sum string, size int64, u Urgency) *fetching {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.life.Err() != nil {
		return nil
	}
	c := f.coming[sum]
	if c == nil {
		c = &fetching{waiter: &waiter{urgency: u, turn: make(chan struct{})}, progress: Progress{Size: size}, over: make(chan struct{})}
		life, cancel := context.WithCancel(f.life)
		c.cancel, f.coming[sum] = cancel, c
		f.work.Go(func() { f.bring(life, sum, c) })
	}
	c.askers++
	f.lines.hurry(c.waiter, u)
	return c
}

func (f *Files) leave(c *fetching) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if c.askers--; c.askers == 0 {
		c.cancel()
	}
}

// bring fetches a file and tells those who wait.
func (f *Files) bring(ctx context.Context, sum string, c *fetching) {
	err := f.lines.take(ctx, c.waiter)
	if err == nil {
		err = f.download(ctx, sum, c)
		f.lines.give()
	}
	if err != nil && ctx.Err() == nil && !errors.Is(err, desk.ErrUnknown) {
		f.log.Info("a file could not be fetched", "file", sum, "error", err)
	}
	f.mu.Lock()
	c.err = err
	delete(f.coming, sum)
	f.mu.Unlock()
	c.cancel()
	close(c.over)
	f.changed(sum)
}

// download fetches what is missing of a file, again while that brings more.
func (f *Files) download(ctx context.Context, sum string, c *fetching) error {
	for tries := 0; ; tries++ {
		before := c.have(f)
		err := f.piece(ctx, sum, c)
		var refusal *desk.Error
		switch {
		case err == nil, ctx.Err() != nil, errors.As(err, &refusal), errors.Is(err, desk.ErrUnknown):
			return err
		case c.have(f) > before:
			tries = 0
		case tries+1 >= fetchTries:
			return fmt.Errorf("%w: %v", desk.ErrUnknown, err) // not as one that was given up
		}
	}
}

func (c *fetching) have(f *Files) int64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	return c.progress.Have
}

// piece goes on with the part that is here, by one request.
func (f *Files) piece(ctx context.Context, sum string, c *fetching) error {
	part, err := os.OpenFile(f.path(sum)+partSuffix, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return noRoom(err)
	}
	defer part.Close()
	digest := sha256.New()
	have, err := io.Copy(digest, part)
	if err != nil {
		return err
	}
	ctx, cut := context.WithCancel(ctx)
	defer cut()
	stall := time.AfterFunc(f.stall, cut)
	defer stall.Stop()
	answer, err := f.request(ctx, http.MethodGet, sum, nil, func(r *http.Request) {
		if have > 0 {
			r.Header.Set("Range", fmt.Sprintf("bytes=%d-", have))
		}
	})
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	switch {
	case answer.StatusCode == http.StatusPartialContent && begins(answer, have):
	case answer.StatusCode == http.StatusRequestedRangeNotSatisfiable && have > 0: // it may be here whole
		return f.finish(ctx, part, digest, sum, have)
	case answer.StatusCode == http.StatusOK:
		digest.Reset()
		have = 0
		if _, err := part.Seek(0, io.SeekStart); err != nil {
			return err
		}
		if err := part.Truncate(0); err != nil {
			return err
		}
	default:
		return refusedFetch(answer)
	}
	have, err = pour(io.MultiWriter(part, digest), answer.Body, have, func(have int64) {
		stall.Reset(f.stall)
		f.note(sum, c, have)
	})
	if err != nil {
		return noRoom(err)
	}
	return f.finish(ctx, part, digest, sum, have)
}

// begins reports whether an answer goes on where we stand (RFC 9110 §14.4).
func begins(answer *http.Response, have int64) bool {
	var first int64
	_, err := fmt.Sscanf(answer.Header.Get("Content-Range"), "bytes %d-", &first)
	return err == nil && first == have
}

// refusedFetch: what the hub does not give, this device does not have.
func refusedFetch(answer *http.Response) error {
	err := refusalOf(answer)
	if desk.CodeOf(err) == desk.CodeGone {
		return desk.ErrUnknown
	}
	return err
}

// pour copies what comes and tells how far it is.
func pour(to io.Writer, from io.Reader, have int64, tell func(int64)) (int64, error) {
	for {
		tell(have)
		n, err := io.CopyN(to, from, tellEach)
		have += n
		if errors.Is(err, io.EOF) {
			return have, nil
		}
		if err != nil {
			return have, err
		}
	}
}

func (f *Files) note(sum string, c *fetching, have int64) {
	f.mu.Lock()
	c.progress.Have = have
	f.mu.Unlock()
	f.changed(sum)
}

// finish gives a fetched file its name, if it is what was asked for.
func (f *Files) finish(ctx context.Context, part *os.File, digest hash.Hash, sum string, size int64) error {
	name := part.Name()
	if hex.EncodeToString(digest.Sum(nil)) != sum {
		return errors.Join(errOtherBytes, part.Close(), os.Remove(name))
	}
	if err := part.Close(); err != nil {
		return err
	}
	return noRoom(f.place(ctx, name, sum, size))
}

// noRoom makes a sentence of a disk that has no room for what is fetched.
func noRoom(err error) error {
	if !noSpace(err) {
		return err
	}
	return desk.Refuse(desk.CodeQuota, "The disk of this computer has no room for this file; make some, then open it again.")
}
