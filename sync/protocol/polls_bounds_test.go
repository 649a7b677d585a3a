package protocol

import (
	"bytes"
	"encoding/binary"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
)

// counted tells how many bytes of all bodies were read.
type counted struct {
	io.Reader
	sum *atomic.Int64
}

func (c counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.sum.Add(int64(n))
	return n, err
}

// brought brings a body as a device would.
func brought(polls *Polls, name, n string, body io.Reader) int {
	w := httptest.NewRecorder()
	polls.Serve(&deadlines{w}, httptest.NewRequest(http.MethodPost, "/?n="+n, body), name, "laptop")
	return w.Code
}

func bodyOf(frames ...[]byte) (body []byte) {
	for _, frame := range frames {
		body = append(binary.BigEndian.AppendUint32(body, uint32(len(frame))), frame...)
	}
	return body
}

// TestOfManyBodiesOneIsRead: a device that brings many at once, of which nobody takes
// any, makes the hub hold one of them, however many connections it opens (SPEC P34).
func TestOfManyBodiesOneIsRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		polls := NewPolls()
		large := bodyOf(make([]byte, MaxFrame), make([]byte, 1<<20))
		var read atomic.Int64
		var asking sync.WaitGroup
		for range 3 * pollEnds {
			name, _ := polls.Open("laptop")
			for range 10 {
				asking.Go(func() { brought(polls, name, "1", counted{bytes.NewReader(large), &read}) })
			}
			synctest.Wait()
		}
		if held := len(polls.open); held != pollEnds {
			t.Errorf("%d connections of one device", held)
		}
		// Each of those that were open may have begun with one.
		if most := int64(3 * pollEnds * len(large)); read.Load() > most {
			t.Errorf("%d bytes were read, more than %d", read.Load(), most)
		}
		other, _ := polls.Open("desktop")
		if polls.open[other] == nil || len(polls.open) != pollEnds+1 {
			t.Error("another device's connections are counted too")
		}
		for _, end := range polls.open {
			end.Close()
		}
		asking.Wait()
	})
}

// TestFramesOfWaitingBodiesComeInOrder, each once, though the requests that bring
// them wait for each other.
func TestFramesOfWaitingBodiesComeInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		polls := NewPolls()
		name, conn := polls.Open("laptop")
		ping, err := Encode(Ping{})
		if err != nil {
			t.Fatal(err)
		}
		codes := make(chan int, 2)
		go func() { codes <- brought(polls, name, "1", bytes.NewReader(bodyOf(ping, ping, ping))) }()
		synctest.Wait()
		go func() { codes <- brought(polls, name, "2", bytes.NewReader(bodyOf(ping, ping, ping))) }()
		for range 4 {
			if m, err := conn.Receive(t.Context()); err != nil || m.Type() != "PING" {
				t.Fatalf("%v, %v", m, err)
			}
		}
		for range 2 {
			if code := <-codes; code != http.StatusNoContent {
				t.Errorf("answered with %d", code)
			}
		}
		conn.Close()
	})
}
