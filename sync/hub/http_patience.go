package hub

import (
	"errors"
	"io"
	"net/http"
	"time"
)

// patience is how long a hub waits for whoever asks it, signed in or not: else one
// that announces bytes and sends none, or asks for some and reads none, would hold
// a connection, and what it is answered, for as long as it likes.
type patience struct {
	body   time.Duration // for what a request brings
	reader time.Duration // for answerAtOnce to be taken
}

var usual = patience{body: 10 * time.Second, reader: 30 * time.Second}

// answerAtOnce is how many bytes of an answer are handed on together: whoever takes
// less than a KiB a second goes on another time.
const answerAtOnce = 32 << 10

// over lets a request and its answer take as long as this and no longer. What was
// not read of a body is awaited before the answer leaves (net/http), so that has to
// be the shorter wait.
func (p patience) over(rw http.ResponseWriter, r *http.Request) (http.ResponseWriter, *http.Request) {
	control := http.NewResponseController(rw)
	if r.ContentLength != 0 {
		_ = control.SetReadDeadline(time.Now().Add(p.body)) // what is served here has deadlines
		r.Body = promptBody{r.Body, control}
	}
	return &promptAnswer{rw, control, p.reader}, r
}

// promptBody is a body that has to come in time. What follows it is the hub's own
// time.
type promptBody struct {
	io.ReadCloser
	control *http.ResponseController
}

func (b promptBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if errors.Is(err, io.EOF) {
		_ = b.control.SetReadDeadline(time.Time{})
	}
	return n, err
}

// promptAnswer is an answer that has to be taken in time.
type promptAnswer struct {
	http.ResponseWriter
	control *http.ResponseController
	reader  time.Duration
}

// Unwrap lets the connection be taken over.
func (a *promptAnswer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

func (a *promptAnswer) WriteHeader(status int) {
	a.extend()
	a.ResponseWriter.WriteHeader(status)
}

func (a *promptAnswer) Write(p []byte) (sent int, err error) {
	for {
		a.extend()
		n, err := a.ResponseWriter.Write(p[sent:min(len(p), sent+answerAtOnce)])
		if sent += n; err != nil || sent == len(p) {
			return sent, err
		}
	}
}

func (a *promptAnswer) extend() { _ = a.control.SetWriteDeadline(time.Now().Add(a.reader)) }
