package replica

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

// TestAnUploadGoesOnWhereTheHubStands: SPEC P41, P47, over a crash of this side
// and a hub that took a part and could not say so.
func TestAnUploadGoesOnWhereTheHubStands(t *testing.T) {
	c := openCabinet(t, t.TempDir(), newShelf(t))
	data := bytesOf("foto", 2<<20+5)
	sum := c.attaches("m1", data)
	parts := 0
	c.hub.fault(func(rw http.ResponseWriter, r *http.Request) bool {
		if r.Method == http.MethodPut {
			if parts++; parts == 2 {
				c.hub.mu.Lock()
				c.hub.coming[sum] = data[:2<<20] // durable, and then the hub died
				c.hub.mu.Unlock()
				panic(http.ErrAbortHandler)
			}
		}
		return false
	})
	if err := c.sendAll(t.Context()); err == nil {
		t.Error("no word that the hub was lost")
	}
	if len(c.outgoing()) != 1 {
		t.Fatal("the file is not waiting")
	}
	c.hub.heard()
	c = c.again()
	must(t, c.sendAll(t.Context()))
	if asked := c.hub.heard(); len(asked) != 2 || asked[1] != fmt.Sprint("PUT ", 2<<20) {
		t.Errorf("asked %v, want only what was missing", asked)
	}
	if c.hub.has[sum] != data || len(c.outgoing()) != 0 {
		t.Error("it is not there")
	}
}

// TestNothingOfAnUnsentFileIsLostWithTheReplica: what is on its way stands in
// outbox.db; replica.db may go.
func TestNothingOfAnUnsentFileIsLostWithTheReplica(t *testing.T) {
	c := openCabinet(t, t.TempDir(), newShelf(t))
	sum := c.attaches("m1", "kept")
	c.shut()
	for _, end := range []string{"", "-wal", "-shm"} {
		os.Remove(filepath.Join(c.dir, "replica.db"+end))
	}
	must(t, os.WriteFile(filepath.Join(c.dir, "replica.db"), bytes.Repeat([]byte("rust"), 4096), 0o600))
	c = openCabinet(t, c.dir, c.hub)
	c.quota = 0
	must(t, c.evict(t.Context(), time.Now().Add(time.Hour)))
	must(t, c.sendAll(t.Context()))
	if c.hub.has[sum] != "kept" {
		t.Error("it did not arrive")
	}
}

// TestAFileThatCannotGoHoldsUpNoOther and says why.
func TestAFileThatCannotGoHoldsUpNoOther(t *testing.T) {
	c := openCabinet(t, t.TempDir(), newShelf(t))
	large, lost, fine := c.attaches("m1", "large"), c.attaches("m2", "lost"), c.attaches("m3", "fine")
	must(t, os.Remove(c.path(lost)))
	c.hub.fault(func(rw http.ResponseWriter, r *http.Request) bool {
		if strings.HasSuffix(r.URL.Path, large) {
			refuse(rw, http.StatusTooManyRequests, desk.CodeQuota)
			return true
		}
		return false
	})
	must(t, c.sendAll(t.Context()))
	left := c.outgoing()
	if c.hub.has[fine] != "fine" || len(left) != 2 || !strings.Contains(left[0].Problem, "quota") || !strings.Contains(left[1].Problem, "attach it again") {
		t.Errorf("left %+v", left)
	}
	c.hub.fault(nil)
	must(t, c.sendAll(t.Context()))
	if left := c.outgoing(); len(left) != 1 || c.hub.has[large] != "large" {
		t.Errorf("left %+v", left)
	}
}

// TestAFileTheDiskDoesNotGiveHoldsUpNoOther, nor does one over which the hub
// stumbles (SPEC P47).
func TestAFileTheDiskDoesNotGiveHoldsUpNoOther(t *testing.T) {
	c := openCabinet(t, t.TempDir(), newShelf(t))
	broken, stumbled, fine := c.attaches("m1", "broken"), c.attaches("m2", "stumbled"), c.attaches("m3", "fine")
	must(t, os.Remove(c.path(broken)))
	must(t, os.Mkdir(c.path(broken), 0o700)) // opens and cannot be read, as a bad sector
	c.hub.fault(func(rw http.ResponseWriter, r *http.Request) bool {
		if strings.HasSuffix(r.URL.Path, stumbled) {
			refuse(rw, http.StatusInternalServerError, desk.CodeInternal)
			return true
		}
		return false
	})
	if err := c.sendAll(t.Context()); err == nil {
		t.Error("what the hub stumbled over is not tried again soon")
	}
	left := c.outgoing()
	if c.hub.has[fine] != "fine" || len(left) != 2 || !strings.Contains(left[0].Problem, "cannot be read from this disk") {
		t.Errorf("left %+v", left)
	}
}

// TestAFileWaitsUntilARestoredHubIsTold (SPEC P47, P17): a hub that does not know a
// message yet, which it has forgotten and is being told again, does not have its
// file.
func TestAFileWaitsUntilARestoredHubIsTold(t *testing.T) {
	c := openCabinet(t, t.TempDir(), newShelf(t))
	sum := c.attaches("m1", "again")
	must(t, c.sendAll(t.Context()))
	must(t, c.db.Forget(t.Context(), []int64{1}, time.Now()))
	delete(c.hub.has, sum)
	delete(c.hub.coming, sum)
	delete(c.hub.awaits, "m1")
	engine := New(c.db, rand.New(rand.NewPCG(1, 1)), "test")
	step := func(ev Event) {
		t.Helper()
		_, err := engine.Step(t.Context(), time.Now(), ev)
		must(t, err)
	}
	step(Woken{})
	step(Connected{})
	step(Received{protocol.Welcome{Protocol: protocol.Version, Person: "ana", Epoch: "second"}})
	must(t, c.sendAll(t.Context()))
	if len(c.outgoing()) != 1 {
		t.Fatal("given up before the hub was told of its message")
	}
	c = c.again() // before it was: the next start knows no more
	must(t, c.sendAll(t.Context()))
	c.hub.awaits["m1"] = "again"
	engine = New(c.db, rand.New(rand.NewPCG(1, 1)), "test")
	step(Woken{})
	step(Connected{})
	step(Received{protocol.Welcome{Protocol: protocol.Version, Person: "ana", Epoch: "second", LastMid: 1}})
	must(t, c.sendAll(t.Context()))
	if c.hub.has[sum] != "again" || len(c.outgoing()) != 0 {
		t.Error("the restored hub does not have it")
	}
}

func TestAFileWaitsForItsMessageAndNoLonger(t *testing.T) {
	c := openCabinet(t, t.TempDir(), newShelf(t))
	_, mid := c.announces("t1", "early")
	must(t, c.sendAll(t.Context()))
	if len(c.outgoing()) != 1 {
		t.Error("given up while its message is on its way")
	}
	must(t, c.db.Ack(t.Context(), []store.Result{{Mid: mid, Status: desk.Rejected}}))
	must(t, c.sendAll(t.Context()))
	if len(c.outgoing()) != 0 {
		t.Error("it waits for a message that was refused")
	}
}

// announces notes a message with a file whose bytes the hub does not await yet.
func (c *cabinet) announces(ticket desk.TicketID, data string) (sum string, mid int64) {
	c.t.Helper()
	sum, size, err := c.Keep(c.t.Context(), "a.txt", strings.NewReader(data))
	must(c.t, err)
	m, err := desk.NewMutation(desk.MessageAdd, ticket, desk.AddMessage{Message: desk.Message{ID: "m1", Kind: desk.InternalNote,
		Attachments: []desk.Attachment{{ID: "a", Name: "a.txt", Size: size, SHA256: sum}}}}, time.Now())
	must(c.t, err)
	placed, err := c.db.Append(c.t.Context(), []desk.Mutation{m})
	must(c.t, err)
	return sum, placed[0].Mid
}

// TestAFileIsAnnouncedAgainWhileTheHubIsAsked (SPEC P47): its message was refused, and
// goes to another ticket in the moment in which the hub says that nobody wants it. It
// waits for that, also where the hub has it by the time the answer is here.
func TestAFileIsAnnouncedAgainWhileTheHubIsAsked(t *testing.T) {
	for name, then := range map[string]func(*cabinet, int64){
		"and is on its way": func(*cabinet, int64) {},
		"and arrives":       func(c *cabinet, mid int64) { c.db.Stand(mid) },
	} {
		t.Run(name, func(t *testing.T) {
			c := openCabinet(t, t.TempDir(), newShelf(t))
			sum, mid := c.announces("t1", "moved")
			must(t, c.db.Ack(t.Context(), []store.Result{{Mid: mid, Status: desk.Rejected}}))
			c.hub.fault(func(http.ResponseWriter, *http.Request) bool {
				_, again := c.announces("t2", "moved")
				then(c, again)
				return false
			})
			must(t, c.sendAll(t.Context()))
			c.hub.fault(nil)
			if len(c.outgoing()) != 1 {
				t.Fatal("the file was given up")
			}
			c.hub.awaits["m1"] = "moved"
			must(t, c.sendAll(t.Context()))
			if c.hub.has[sum] != "moved" || len(c.outgoing()) != 0 {
				t.Error("it did not arrive")
			}
		})
	}
}

// TestARestoredHubIsSentItsFilesAgain: SPEC P47, P17.
func TestARestoredHubIsSentItsFilesAgain(t *testing.T) {
	c := openCabinet(t, t.TempDir(), newShelf(t))
	sum := c.attaches("m1", "again")
	must(t, c.sendAll(t.Context()))
	c.quota = 0
	must(t, c.evict(t.Context(), time.Now().Add(time.Hour)))
	delete(c.hub.has, sum)
	delete(c.hub.coming, sum)
	must(t, c.sendAll(t.Context()))
	if c.hub.has[sum] != "" {
		t.Error("sent twice to one hub")
	}
	who, err := c.db.Identity(t.Context())
	must(t, err)
	who.Epoch = "second"
	must(t, c.db.SetIdentity(t.Context(), who))
	must(t, c.sendAll(t.Context()))
	if c.hub.has[sum] != "again" {
		t.Error("the restored hub does not have it")
	}
}
