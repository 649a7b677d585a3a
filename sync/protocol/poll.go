package protocol

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// Times of the device's end of a long poll.
const (
	pollPatience = 30 * time.Second // how long requests may fail in a row
	pollPause    = 100 * time.Millisecond
	pollPauses   = 2 * time.Second // at most, between two tries
	pollLeave    = 2 * time.Second
)

// pollConn is the device's end of a connection over plain requests (SPEC P34).
type pollConn struct {
	client *http.Client
	url    string // of the connection
	token  string
	out    chan []byte
	ctx    context.Context // ends with the connection
	end    context.CancelCauseFunc
	sender sync.WaitGroup

	in  [][]byte // fetched, to be received
	got int64    // frames fetched, ever
}

// dialPoll opens a connection over plain requests.
func dialPoll(ctx context.Context, w Way) (Conn, error) {
	client := &http.Client{
		Transport:     &http.Transport{Proxy: Proxy, TLSClientConfig: w.TLS, ForceAttemptHTTP2: true, IdleConnTimeout: 2 * pollHolds},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	c := &pollConn{client: client, url: w.pollURL(), token: w.Token, out: make(chan []byte, pollDepth)}
	ctx, cancel := context.WithTimeout(ctx, pollPatience)
	defer cancel()
	answer, err := c.ask(ctx, http.MethodPost, nil)
	if err != nil {
		return nil, fmt.Errorf("connect to the hub by plain requests: %w", err)
	}
	var made struct{ Connection string }
	if err := json.Unmarshal(answer, &made); err != nil || made.Connection == "" {
		return nil, fmt.Errorf("connect to the hub by plain requests: it answered %.80q", answer)
	}
	c.url += "/" + made.Connection
	c.ctx, c.end = context.WithCancelCause(context.Background())
	c.sender.Go(c.send)
	return c, nil
}

// ask sends one request and reads its answer, nil if it has no content.
func (c *pollConn) ask(ctx context.Context, method string, body []byte, number ...int64) ([]byte, error) {
	url := c.url
	if len(number) > 0 {
		url += "?n=" + strconv.FormatInt(number[0], 10)
	}
	r, err := http.NewRequestWithContext(ctx, method, url, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header = authorised(c.token)
	answer, err := c.client.Do(r)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	switch answer.StatusCode {
	case http.StatusOK, http.StatusCreated:
		return io.ReadAll(io.LimitReader(answer.Body, BodyMost))
	case http.StatusNoContent:
		return nil, nil
	case http.StatusUnauthorized:
		return nil, ErrUnauthorized
	case http.StatusGone, http.StatusConflict:
		return nil, ErrClosed
	}
	return nil, fmt.Errorf("the hub answered %s", answer.Status)
}

// insist repeats a request until it is answered: a proxy that drops one ends no
// connection.
func (c *pollConn) insist(ctx context.Context, method string, body []byte, number int64) ([]byte, error) {
	begun := time.Now()
	for pause := pollPause; ; pause = min(2*pause, pollPauses) {
		try, cancel := context.WithTimeout(ctx, pollHolds+writeWait)
		answer, err := c.ask(try, method, body, number)
		cancel()
		final := errors.Is(err, ErrUnauthorized) || errors.Is(err, ErrClosed)
		if err == nil || final || ctx.Err() != nil || time.Since(begun) > pollPatience {
			return answer, err
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// send brings the hub what was handed over, in order, until the connection ends.
func (c *pollConn) send() {
	number := int64(1)
	for {
		var frames [][]byte
		select {
		case frame := <-c.out:
			frames = append(frames, frame)
		case <-c.ctx.Done():
			c.leave()
			return
		}
		for more := len(c.out); more > 0; more-- {
			frames = append(frames, <-c.out)
		}
		for len(frames) > 0 {
			body, n := pack(frames)
			if _, err := c.insist(c.ctx, http.MethodPost, body, number); err != nil {
				c.end(err)
				break
			}
			frames, number = frames[n:], number+int64(n)
		}
	}
}

// leave tells the hub that nobody will come for the rest.
func (c *pollConn) leave() {
	ctx, cancel := context.WithTimeout(context.Background(), pollLeave)
	defer cancel()
	// Where it cannot be told, the hub finds out by itself.
	_, _ = c.ask(ctx, http.MethodDelete, nil, 0)
	c.client.CloseIdleConnections()
}

func (c *pollConn) Send(ctx context.Context, messages ...Message) error {
	for _, m := range messages {
		if err := c.hand(ctx, m); err != nil {
			return err
		}
	}
	return nil
}

func (c *pollConn) hand(ctx context.Context, m Message) error {
	frame, err := Encode(m)
	if err != nil {
		return err
	}
	select {
	case c.out <- frame:
		return nil
	case <-c.ctx.Done():
		return context.Cause(c.ctx)
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (c *pollConn) Receive(ctx context.Context) (Message, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(c.ctx, cancel)()
	for {
		for len(c.in) == 0 {
			if err := c.fetch(ctx); err != nil {
				return nil, err
			}
		}
		frame := c.in[0]
		c.in = c.in[1:]
		m, err := Decode(frame)
		if !errors.Is(err, ErrUnknownType) {
			return m, err
		}
	}
}

// fetch asks for what comes after the frames that have arrived.
func (c *pollConn) fetch(ctx context.Context) error {
	body, err := c.insist(ctx, http.MethodGet, nil, c.got)
	if c.ctx.Err() != nil {
		return context.Cause(c.ctx)
	}
	if err != nil {
		return err
	}
	if c.in, err = unpackBatch(bytes.NewReader(body)); err != nil {
		return err
	}
	c.got += int64(len(c.in))
	return nil
}

func (c *pollConn) Close() error {
	c.end(ErrClosed)
	return nil
}
