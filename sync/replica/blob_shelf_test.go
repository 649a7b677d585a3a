package replica

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

func sumOf(data string) string {
	sum := sha256.Sum256([]byte(data))
	return hex.EncodeToString(sum[:])
}

// bytesOf are the bytes of a file, none like another's.
func bytesOf(name string, size int) string {
	return strings.Repeat(name+" ", size/(len(name)+1)+1)[:size]
}

// shelf is a hub's files over real HTTP, with the faults a test asks for.
type shelf struct {
	t      *testing.T
	url    *url.URL
	mu     sync.Mutex
	has    map[string]string
	coming map[string]string // what was sent so far
	awaits map[string]string // the sum a message awaits
	asked  []string
	before func(rw http.ResponseWriter, r *http.Request) bool // true: it has answered

}

func newShelf(t *testing.T) *shelf {
	s := &shelf{t: t, has: map[string]string{}, coming: map[string]string{}, awaits: map[string]string{}}
	server := httptest.NewServer(http.HandlerFunc(s.serve))
	s.url, _ = url.Parse(server.URL)
	t.Cleanup(server.Close)
	return s
}

func (s *shelf) serve(rw http.ResponseWriter, r *http.Request) {
	sum := r.URL.Path[strings.LastIndex(r.URL.Path, "/")+1:]
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	s.mu.Lock()
	s.asked = append(s.asked, r.Method+" "+r.Header.Get("Range")+r.URL.Query().Get("offset"))
	before := s.before
	s.mu.Unlock()
	if before != nil && before(rw, r) {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	switch data, here := s.has[sum]; {
	case r.Method == http.MethodGet && !here, r.Method != http.MethodGet && sumOf(s.awaits[r.URL.Query().Get("message")]) != sum:
		refuse(rw, http.StatusNotFound, desk.CodeGone)
	case r.Method == http.MethodGet:
		http.ServeContent(rw, r, "", time.Time{}, strings.NewReader(data))
	default:
		if r.Method == http.MethodPut && r.URL.Query().Get("offset") == fmt.Sprint(len(s.coming[sum])) {
			s.coming[sum] += string(body)
		}
		if sumOf(s.coming[sum]) == sum {
			s.has[sum] = s.coming[sum]
		}
		_, done := s.has[sum]
		json.NewEncoder(rw).Encode(protocol.Standing{Offset: int64(len(s.coming[sum])), Size: int64(len(s.awaits[r.URL.Query().Get("message")])), Done: done})
	}
}

func refuse(rw http.ResponseWriter, status int, code desk.Code) {
	rw.WriteHeader(status)
	json.NewEncoder(rw).Encode(desk.Refuse(code, "The shelf says %s.", code))
}

func (s *shelf) fault(before func(http.ResponseWriter, *http.Request) bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.before = before
}

func (s *shelf) heard() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	asked := s.asked
	s.asked = nil
	return asked
}

// cabinet is a device's files over a folder that a test may open again.
type cabinet struct {
	*Files
	t   *testing.T
	dir string
	db  *store.Replica
	hub *shelf
}

func openCabinet(t *testing.T, dir string, hub *shelf) *cabinet {
	t.Helper()
	db, err := store.OpenReplica(t.Context(), dir)
	must(t, err)
	c := &cabinet{t: t, dir: dir, db: db, hub: hub}
	who, err := db.Identity(t.Context())
	must(t, err)
	who.Device, who.Epoch = "d1", "first"
	must(t, db.SetIdentity(t.Context(), who))
	c.Files, err = OpenFiles(t.Context(), db, filepath.Join(dir, "files"), HTTPHub{Address: hub.url, Token: "t", Client: http.DefaultClient},
		FilesMost, slog.New(slog.DiscardHandler), func(string) {})
	must(t, err)
	t.Cleanup(c.shut)
	return c
}

func (c *cabinet) shut() {
	c.Close()
	c.db.Close()
}

func (c *cabinet) again() *cabinet {
	c.shut()
	return openCabinet(c.t, c.dir, c.hub)
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (c *cabinet) read(sum string) string {
	c.t.Helper()
	file, err := c.Get(c.t.Context(), sum, 0, OnScreen)
	must(c.t, err)
	defer file.Close()
	data, err := io.ReadAll(file)
	must(c.t, err)
	return string(data)
}

// attaches writes a message with a file that is kept here.
func (c *cabinet) attaches(message desk.MessageID, data string) string {
	c.t.Helper()
	sum, size, err := c.Keep(c.t.Context(), "a.txt", strings.NewReader(data))
	must(c.t, err)
	m, err := desk.NewMutation(desk.MessageAdd, "t1", desk.AddMessage{Message: desk.Message{ID: message, Kind: desk.InternalNote,
		Attachments: []desk.Attachment{{ID: "a", Name: "a.txt", Size: size, SHA256: sum}}}}, time.Now())
	must(c.t, err)
	placed, err := c.db.Append(c.t.Context(), []desk.Mutation{m})
	must(c.t, err)
	must(c.t, c.db.Ack(c.t.Context(), []store.Result{{Mid: placed[0].Mid, Status: desk.Applied}}))
	c.hub.mu.Lock()
	c.hub.awaits[string(message)] = data
	c.hub.mu.Unlock()
	return sum
}

func (c *cabinet) outgoing() []store.OwnFile {
	c.t.Helper()
	list, err := c.db.OutgoingFiles(c.t.Context())
	must(c.t, err)
	return list
}
