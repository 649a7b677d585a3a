package replica

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"holdall/desk"
)

// TestADownloadGoesOnWhereItWasCut: SPEC P46, by range, also after a crash, and
// what is here is not asked for again.
func TestADownloadGoesOnWhereItWasCut(t *testing.T) {
	hub := newShelf(t)
	data := bytesOf("anleitung", 3<<20)
	sum := sumOf(data)
	hub.has[sum] = data
	c := openCabinet(t, t.TempDir(), hub)
	hub.fault(func(rw http.ResponseWriter, r *http.Request) bool {
		rw.Header().Set("Content-Length", fmt.Sprint(len(data)))
		io.WriteString(rw, data[:1<<20])
		panic(http.ErrAbortHandler)
	})
	ctx, cancel := context.WithCancel(t.Context())
	c.changed = func(string) {
		if p, ok := c.Progress(sum); ok && p.Have >= 512<<10 {
			cancel() // the window is closed in the middle
		}
	}
	if _, err := c.Get(ctx, sum, int64(len(data)), OnScreen); !errors.Is(err, context.Canceled) {
		t.Fatalf("cut off: %v", err)
	}
	hub.fault(nil)
	hub.heard()
	c = c.again()
	if c.read(sum) != data {
		t.Error("it is not what it was")
	}
	asked := hub.heard()
	if len(asked) != 1 || !strings.HasPrefix(asked[0], "GET bytes=") || asked[0] == "GET bytes=0-" {
		t.Errorf("asked %v, want what was missing", asked)
	}
	if c.read(sum); len(hub.heard()) != 0 {
		t.Error("asked for what is here")
	}
}

func TestAConnectionThatBreaksIsTakenUpAgain(t *testing.T) {
	hub := newShelf(t)
	data := bytesOf("wackelkontakt", 5<<19)
	hub.has[sumOf(data)] = data
	c := openCabinet(t, t.TempDir(), hub)
	cuts := 0
	hub.fault(func(rw http.ResponseWriter, r *http.Request) bool {
		var first int
		fmt.Sscanf(r.Header.Get("Range"), "bytes=%d-", &first)
		if cuts++; cuts > 5 {
			return false
		}
		rw.Header().Set("Content-Range", fmt.Sprintf("bytes %d-%d/%d", first, len(data)-1, len(data)))
		rw.Header().Set("Content-Length", fmt.Sprint(len(data)-first))
		rw.WriteHeader(http.StatusPartialContent)
		io.WriteString(rw, data[first:min(len(data), first+300<<10)])
		panic(http.ErrAbortHandler)
	})
	if c.read(sumOf(data)) != data || cuts != 6 {
		t.Errorf("after %d requests", cuts)
	}
}

// TestWrongBytesAreNeverShown: SPEC P46, from the hub as from this disk.
func TestWrongBytesAreNeverShown(t *testing.T) {
	hub := newShelf(t)
	sum := sumOf("true")
	hub.has[sum] = "false"
	c := openCabinet(t, t.TempDir(), hub)
	if _, err := c.Get(t.Context(), sum, 4, OnScreen); !errors.Is(err, desk.ErrUnknown) {
		t.Errorf("other bytes: %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(c.dir, "files", "*")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
	hub.has[sum] = "true"
	if c.read(sum) != "true" {
		t.Error("the true ones do not come")
	}
	must(t, os.WriteFile(c.path(sum), []byte("rust"), 0o600))
	must(t, os.Chtimes(c.path(sum), time.Now(), time.Now().Add(time.Hour)))
	if c.read(sum) != "true" {
		t.Error("a damaged file was shown")
	}
	if _, err := c.Get(t.Context(), sumOf("nowhere"), 1, OnScreen); !errors.Is(err, desk.ErrUnknown) {
		t.Errorf("what the hub does not give: %v", err)
	}
	for _, name := range []string{"../outbox.db", "", strings.ToUpper(sum)} {
		if _, err := c.Get(t.Context(), name, 1, OnScreen); !errors.Is(err, desk.ErrUnknown) {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestThoseWhoAskAtOnceShareADownload(t *testing.T) {
	hub := newShelf(t)
	data := bytesOf("gemeinsam", 1<<20)
	hub.has[sumOf(data)] = data
	c := openCabinet(t, t.TempDir(), hub)
	all := make(chan struct{})
	hub.fault(func(http.ResponseWriter, *http.Request) bool { <-all; return false })
	var readers sync.WaitGroup
	for range 5 {
		readers.Go(func() {
			file, err := c.Get(t.Context(), sumOf(data), 0, OnScreen)
			if err != nil {
				t.Error(err)
				return
			}
			file.Close()
		})
	}
	for asking := 0; asking < 5; {
		c.mu.Lock()
		if f := c.coming[sumOf(data)]; f != nil {
			asking = f.askers
		}
		c.mu.Unlock()
	}
	close(all)
	readers.Wait()
	if asked := hub.heard(); len(asked) != 1 {
		t.Errorf("asked %v", asked)
	}
}

// TestWhatIsOnScreenComesFirst: SPEC P46. The latest asked for before the others,
// and what nobody waits for last.
func TestWhatIsOnScreenComesFirst(t *testing.T) {
	l := &lines{free: 1}
	must(t, l.take(t.Context(), &waiter{}))
	names := []string{"ahead", "screen", "latest", "given up", "scrolled to"}
	turns := make(chan string, len(names))
	waiters := map[string]*waiter{}
	for i, name := range names {
		w := &waiter{urgency: OnScreen, turn: make(chan struct{})}
		if name == "ahead" || name == "scrolled to" {
			w.urgency = Ahead
		}
		waiters[name] = w
		ctx, cancel := context.WithCancel(t.Context())
		go func() {
			if err := l.take(ctx, w); err != nil {
				turns <- "left"
				return
			}
			turns <- name
		}()
		for len(l.queue()) != i+1-min(1, max(0, i-3)) {
		}
		if name == "given up" {
			cancel()
			if got := <-turns; got != "left" {
				t.Fatal(got)
			}
		}
		defer cancel()
	}
	l.hurry(waiters["scrolled to"], OnScreen)
	l.hurry(waiters["latest"], Ahead) // less urgent changes nothing
	for _, want := range []string{"scrolled to", "latest", "screen", "ahead"} {
		l.give()
		if got := <-turns; got != want {
			t.Errorf("%s came, want %s", got, want)
		}
	}
	l.give()
	must(t, l.take(t.Context(), &waiter{}))
}

func (l *lines) queue() []*waiter {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.waiting
}

// TestAHubThatFallsSilentIsGivenUp: whoever waits for a file is told so after some
// tries, and not left to wait for as long as the window is open.
func TestAHubThatFallsSilentIsGivenUp(t *testing.T) {
	hub := newShelf(t)
	hub.has[sumOf("silence")] = "silence"
	c := openCabinet(t, t.TempDir(), hub)
	c.stall = 50 * time.Millisecond
	hub.fault(func(_ http.ResponseWriter, r *http.Request) bool {
		<-r.Context().Done()
		return true
	})
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	if _, err := c.Get(ctx, sumOf("silence"), 7, OnScreen); !errors.Is(err, desk.ErrUnknown) || ctx.Err() != nil {
		t.Errorf("%v", err)
	}
	if asked := len(hub.heard()); asked > fetchTries {
		t.Errorf("asked %d times", asked)
	}
}
