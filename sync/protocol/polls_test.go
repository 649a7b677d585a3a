package protocol

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"
)

// fetched asks once for what comes after frame n, as a device would.
func fetched(p *Polls, name, n string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	p.Serve(w, httptest.NewRequest(http.MethodGet, "/?n="+n, nil), name, "laptop")
	return w
}

// SPEC P34: a connection without a request for 30 seconds is over, on both sides
// and in the register; one that is only quiet is not.
func TestAPollWithoutRequestsIsOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		polls := NewPolls()
		name, conn := polls.Open("laptop")
		for range 4 {
			if w := fetched(polls, name, "0"); w.Code != http.StatusNoContent {
				t.Fatalf("quiet: %d", w.Code)
			}
			time.Sleep(20 * time.Second)
		}
		begun := time.Now()
		if _, err := conn.Receive(t.Context()); !errors.Is(err, ErrClosed) {
			t.Errorf("%v", err)
		}
		if waited := time.Since(begun); waited > pollGone {
			t.Errorf("it was over after %s", waited)
		}
		synctest.Wait()
		if w := fetched(polls, name, "0"); w.Code != http.StatusGone || len(polls.open) != 0 {
			t.Errorf("%d, %d in the register", w.Code, len(polls.open))
		}
	})
}

// SPEC P34: of two requests that wait the newer one is answered, so that a device
// whose proxy cut it off is not waited for.
func TestTheNewerRequestIsAnswered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		polls := NewPolls()
		name, conn := polls.Open("laptop")
		answers := [2]chan *httptest.ResponseRecorder{}
		for i := range answers {
			answers[i] = make(chan *httptest.ResponseRecorder, 1)
			go func() { answers[i] <- fetched(polls, name, "0") }()
			synctest.Wait()
		}
		if w := <-answers[0]; w.Code != http.StatusNoContent || w.Body.Len() > 0 {
			t.Errorf("the older one: %d", w.Code)
		}
		if err := conn.Send(t.Context(), Pong{}); err != nil {
			t.Fatal(err)
		}
		if w := <-answers[1]; w.Code != http.StatusOK || w.Body.Len() == 0 {
			t.Errorf("the newer one: %d", w.Code)
		}
		if w := fetched(polls, name, "0"); w.Body.Len() == 0 {
			t.Error("what was not acknowledged is gone")
		}
		if w := fetched(polls, name, "1"); w.Code != http.StatusNoContent {
			t.Errorf("what was acknowledged came again: %d", w.Code)
		}
	})
}

// TestAPollWithANumberThatIsNoneIsGone, whatever is done by it.
func TestAPollWithANumberThatIsNoneIsGone(t *testing.T) {
	polls := NewPolls()
	name, conn := polls.Open("laptop")
	defer conn.Close()
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodDelete} {
		for _, n := range []string{"", "x", "-1", "-9223372036854775808", "9223372036854775808"} {
			w := httptest.NewRecorder()
			polls.Serve(w, httptest.NewRequest(method, "/?n="+n, nil), name, "laptop")
			if w.Code != http.StatusGone {
				t.Errorf("%s %q: %d", method, n, w.Code)
			}
		}
	}
}

// A device that fetches nothing is buffered for up to a bound and no longer than
// a connection may be without a request.
func TestAPollBuffersSoMuch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, conn := NewPolls().Open("laptop")
		for n := range pollDepth {
			if err := conn.Send(t.Context(), Gap{Want: int64(n)}); err != nil {
				t.Fatal(err)
			}
		}
		begun := time.Now()
		err := conn.Send(t.Context(), Pong{})
		if err == nil || !errors.Is(err, ErrClosed) && !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%v", err)
		}
		if waited := time.Since(begun); waited != pollGone {
			t.Errorf("it gave up after %s", waited)
		}
	})
}
