package hub_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/klauspost/compress/zstd"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/hub"
	"holdall/sync/protocol"
)

// ward is a hub with Mira's hostile device, and Jan who must not notice.
type ward struct {
	*web
	jan  protocol.Conn
	news int // titles that were given since
}

func guarded(t *testing.T) *ward {
	w := serve(t)
	w.Open("t1", "first")
	w.Open("secret", "other")
	w.Do(hub.Act{Name: desk.PersonPut, Args: desk.Person{
		ID: "jan", Name: "Jan", Email: "jan@example.com", Roles: []desk.Role{desk.RoleAgent}, Teams: []desk.TeamID{"first"}}})
	_, token, err := hub.Enrol(t.Context(), w.Central, "jan", "laptop")
	if err != nil {
		t.Fatal(err)
	}
	jan := w.by(protocol.Way{URL: w.URL + "/api/v1/sync", Token: token}.Dialer())
	until[protocol.Checkpoint](t, jan)
	return &ward{web: w, jan: jan}
}

// raw opens a websocket that may say anything.
func (w *ward) raw() *websocket.Conn {
	w.Helper()
	d := websocket.Dialer{Subprotocols: []string{protocol.Subprotocol}, WriteBufferSize: 64, EnableCompression: true}
	ws, answer, err := d.DialContext(w.Context(), "ws"+strings.TrimPrefix(w.URL, "http")+"/api/v1/sync", http.Header{"Authorization": {"Bearer " + w.Token}})
	if err != nil {
		w.Fatal(err)
	}
	w.Cleanup(func() { ws.Close() })
	if offered := answer.Header.Get("Sec-Websocket-Extensions"); offered != "" {
		w.Errorf("the extension %q was negotiated", offered)
	}
	return ws
}

func (w *ward) say(ws *websocket.Conn, frame []byte) {
	w.Helper()
	if err := ws.WriteMessage(websocket.BinaryMessage, frame); err != nil {
		w.Fatal(err)
	}
}

func plain(text string) []byte { return append([]byte{0}, text...) }

// hear reads up to a message of a type.
func hear[M protocol.Message](w *ward, ws *websocket.Conn) (found M) {
	w.Helper()
	for {
		if err := ws.SetReadDeadline(time.Now().Add(10 * time.Second)); err != nil {
			w.Fatal(err)
		}
		_, frame, err := ws.ReadMessage()
		if err != nil {
			w.Fatalf("no %s came: %v", found.Type(), err)
		}
		m, err := protocol.Decode(frame)
		if err != nil {
			w.Fatal(err)
		}
		if found, ok := m.(M); ok {
			return found
		}
	}
}

// greet opens a conversation as Mira's device.
func (w *ward) greet() *websocket.Conn {
	w.Helper()
	ws := w.raw()
	w.say(ws, plain(`["HELLO",{"protocol":1,"next_mid":1,"cursors":{"team:other":{"epoch":1,"seq":0}}}]`))
	hear[protocol.Welcome](w, ws)
	return ws
}

// unharmed sees that a change still reaches Jan, and that Mira may come back.
func (w *ward) unharmed() {
	w.Helper()
	w.news++
	title := fmt.Sprintf("all is well %d", w.news)
	w.Do(hub.Act{Name: desk.ServicePut, Args: desk.Service{ID: "s", Name: title}})
	for seen := false; !seen; {
		for _, row := range until[protocol.Rows](w, w.jan).Rows {
			seen = seen || strings.Contains(string(row.Body), title)
		}
	}
	w.greet().Close()
}

// ended reads until the connection is over and returns the reason that was said.
func (w *ward) ended(ws *websocket.Conn) (bye protocol.Bye) {
	w.Helper()
	for {
		if err := ws.SetReadDeadline(time.Now().Add(20 * time.Second)); err != nil {
			w.Fatal(err)
		}
		_, frame, err := ws.ReadMessage()
		if wait, ok := errors.AsType[net.Error](err); ok && wait.Timeout() {
			w.Fatal("the connection stays open")
		}
		if err != nil {
			return bye
		}
		if m, err := protocol.Decode(frame); err == nil && m.Type() == "BYE" {
			bye = m.(protocol.Bye)
		}
	}
}

func compressed(t testing.TB, body []byte, declared bool) []byte {
	t.Helper()
	var out bytes.Buffer
	out.WriteByte(1)
	z, err := zstd.NewWriter(&out)
	if err != nil {
		t.Fatal(err)
	}
	if declared {
		return z.EncodeAll(body, []byte{1})
	}
	for range 2 {
		if _, err := z.Write(body); err != nil {
			t.Fatal(err)
		}
		if err := z.Flush(); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// fragment is a masked frame of a websocket (RFC 6455 §5.2), its mask all zero.
func fragment(fin bool, opcode byte, payload []byte) []byte {
	head := []byte{opcode, 0x80 | 126}
	if fin {
		head[0] |= 0x80
	}
	head = binary.BigEndian.AppendUint16(head, uint16(len(payload)))
	return append(append(head, 0, 0, 0, 0), payload...)
}

// SPEC P2, P3: whatever breaks a frame, or precedes HELLO, ends the conversation with its reason, and
// nobody else notices.
func TestHostileFramesEndTheirConversation(t *testing.T) {
	w := guarded(t)
	large := compressed(t, plain(`["BYE",{"message":"` + strings.Repeat("x", 5000) + `"}]`)[1:], true)
	many := `["PUSH",{"mutations":[` + strings.Repeat(`{"mid":1},`, protocol.PushMutations) + `{"mid":1}]}]`
	for _, c := range []struct {
		title string
		kind  int
		frame []byte
		code  protocol.ByeCode
	}{
		{"too large", websocket.BinaryMessage, make([]byte, protocol.MaxFrame+1), protocol.ByeFrame},
		{"much too large", websocket.BinaryMessage, make([]byte, 2*protocol.MaxFrame), protocol.ByeFrame},
		{"truncated", websocket.BinaryMessage, large[:len(large)/2], protocol.ByeFrame},
		{"text", websocket.TextMessage, []byte("hello"), protocol.ByeFrame},
		{"wrong flag", websocket.BinaryMessage, append([]byte{0x82}, `["PING",{}]`...), protocol.ByeFrame},
		{"no JSON", websocket.BinaryMessage, plain("hello"), protocol.ByeFrame},
		{"nothing", websocket.BinaryMessage, nil, protocol.ByeFrame},
		{"declared bomb", websocket.BinaryMessage, compressed(t, bytes.Repeat([]byte("a"), 64<<20), true), protocol.ByeFrame},
		{"undeclared bomb", websocket.BinaryMessage, compressed(t, bytes.Repeat([]byte("a"), 32<<20), false), protocol.ByeFrame},
		{"year 20000", websocket.BinaryMessage, plain(`["PUSH",{"mutations":[{"mid":1,"at":"20000-01-01T00:00:00Z"}]}]`), protocol.ByeFrame},
		{"too many mutations", websocket.BinaryMessage, plain(many), protocol.ByeFrame},
	} {
		t.Run(c.title, func(t *testing.T) {
			ws := w.greet()
			_ = ws.WriteMessage(c.kind, c.frame) // the hub may hang up before all of it is written
			if bye := w.ended(ws); bye.Code != c.code || bye.Message == "" {
				t.Errorf("%+v", bye)
			}
			w.unharmed()
		})
	}
	t.Run("no HELLO", func(t *testing.T) {
		ws := w.raw()
		w.say(ws, plain(`["PUSH",{"mutations":[]}]`))
		if bye := w.ended(ws); bye.Code != protocol.ByeHello {
			t.Errorf("%+v", bye)
		}
	})
	t.Run("torn off in the middle of a frame", func(t *testing.T) {
		ws := w.greet()
		frame := fragment(true, websocket.BinaryMessage, plain(`["PING",{}]`))
		if _, err := ws.NetConn().Write(frame[:len(frame)-4]); err != nil {
			t.Fatal(err)
		}
		ws.NetConn().Close()
		w.unharmed()
	})
	t.Run("fragments of two messages mixed", func(t *testing.T) {
		ws := w.greet()
		mixed := append(fragment(false, websocket.BinaryMessage, plain(`["PI`)), fragment(true, websocket.BinaryMessage, plain(`["PING",{}]`))...)
		if _, err := ws.NetConn().Write(mixed); err != nil {
			t.Fatal(err)
		}
		w.ended(ws)
		w.unharmed()
	})
}

// SPEC P2: what is only strange is passed over, and the conversation goes on.
func TestStrangeFramesArePassedOver(t *testing.T) {
	w := guarded(t)
	ws := w.greet()
	w.say(ws, plain(`["TELEPORT",{"to":"mars"}]`))
	w.say(ws, plain(`["PING",{"colour":"red"}]`))
	hear[protocol.Pong](w, ws)
	pieces := [][]byte{
		fragment(false, websocket.BinaryMessage, plain(`["PI`)), fragmentOf(websocket.PingMessage),
		fragment(false, 0, nil), fragment(true, 0, []byte(`NG",{}]`)),
	}
	if _, err := ws.NetConn().Write(bytes.Join(pieces, nil)); err != nil {
		t.Fatal(err)
	}
	hear[protocol.Pong](w, ws)
	w.unharmed()
}

// SPEC P33: a million tiny frames cost one device its connection and nobody else
// anything, whether they mean something or not.
func TestAFloodEndsItsConversation(t *testing.T) {
	w := guarded(t)
	for title, frame := range map[string][]byte{
		"of pings":          fragment(true, websocket.BinaryMessage, plain(`["PING",{}]`)),
		"of unknown types":  fragment(true, websocket.BinaryMessage, plain(`["X",{}]`)),
		"of control frames": fragmentOf(websocket.PingMessage),
	} {
		t.Run(title, func(t *testing.T) {
			ws := w.greet()
			go func() {
				thousand := bytes.Repeat(frame, 1000)
				for range 1000 {
					if _, err := ws.NetConn().Write(thousand); err != nil {
						return
					}
				}
			}()
			if bye := w.ended(ws); bye.Code != "" && bye.Code != protocol.ByeFlood {
				t.Errorf("%+v", bye)
			}
			w.unharmed()
		})
	}
}

// fragmentOf is an empty control frame.
func fragmentOf(opcode byte) []byte { return []byte{0x80 | opcode, 0x80, 0, 0, 0, 0} }

// SPEC P5, R3, P4, R12: what a device claims of itself, of its place in the order,
// of buckets and of time counts for nothing.
func TestForgedClaimsCountForNothing(t *testing.T) {
	w := guarded(t)
	ws := w.raw()
	w.say(ws, plain(`["HELLO",{"protocol":1,"next_mid":1,"cursors":{"team:other":{"epoch":1,"seq":0},"user:jan":{"epoch":1,"seq":0}}}]`))
	if welcome := hear[protocol.Welcome](w, ws); len(welcome.Buckets) != 4 {
		t.Errorf("given: %v", welcome.Buckets)
	}
	for range 2 {
		if b := hear[protocol.Unsub](w, ws).Bucket; b != "team:other" && b != "user:jan" {
			t.Errorf("%s was taken away", b)
		}
	}
	note := func(mid int, extra, ticket, id string) []byte {
		return plain(fmt.Sprintf(`["PUSH",{"mutations":[{"mid":%d,"name":"message.add","v":1,"ticket":%q%s,"args":{"message":{"id":"%s","kind":"note","author":"jan","text":"forged"}}}]}]`, mid, ticket, extra, id))
	}
	result := func(frame []byte) desk.Result {
		t.Helper()
		w.say(ws, frame)
		return hear[protocol.Ack](w, ws).Results[0]
	}
	if r := result(note(1, `,"device":"laptop-of-jan","actor":"jan","at":"0001-01-01T00:00:00Z"`, "t1", "n1")); r.Status != desk.Applied {
		t.Fatalf("%+v", r)
	}
	if m := w.Message("n1"); m.Author != "mira" {
		t.Errorf("%+v", m)
	}
	if r := result(note(2, `,"at":"9999-12-31T23:59:59Z"`, "t1", "n2")); r.Status != desk.Applied || w.Message("n2").At.After(time.Now()) {
		t.Errorf("the far future: %+v, %s", r, w.Message("n2").At)
	}
	if r := result(note(3, "", "secret", "n3")); r.Status != desk.Rejected || r.Code != desk.CodePerm {
		t.Errorf("a foreign bucket: %+v", r)
	}
	first := result(note(1, "", "t1", "another"))
	if again := result(note(1, "", "t1", "another")); first.Mid != 1 || first.Status != desk.Applied || again.Status != first.Status {
		t.Errorf("replayed: %+v", again)
	}
	w.say(ws, note(9, "", "t1", "n9"))
	if gap := hear[protocol.Gap](w, ws); gap.Want != 4 {
		t.Errorf("skipped: %+v", gap)
	}
	if r := result(note(4, "", "t1", "n4\xff\xfe")); r.Mid != 4 {
		t.Errorf("invalid UTF-8: %+v", r)
	}
	w.unharmed()
}

// SPEC P16: 2,000 half handshakes keep nobody out and are dropped.
func TestHalfHandshakesKeepNobodyOut(t *testing.T) {
	w := guarded(t)
	place := strings.TrimPrefix(w.URL, "http://")
	half := make([]net.Conn, 2000)
	for i := range half {
		conn, err := net.Dial("tcp", place)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if _, err := conn.Write([]byte("GET /api/v1/sync HTTP/1.1\r\nHost: desk\r\nUpgrade: webs")); err != nil {
			t.Fatal(err)
		}
		half[i] = conn
	}
	w.unharmed()
	deadline := time.Now().Add(30 * time.Second)
	for _, conn := range half {
		if err := conn.SetReadDeadline(deadline); err != nil {
			t.Fatal(err)
		}
		_, err := conn.Read(make([]byte, 1))
		if wait, ok := errors.AsType[net.Error](err); err == nil || ok && wait.Timeout() {
			t.Fatalf("a half handshake is kept: %v", err)
		}
	}
}

// SPEC P35: who is shut out is told within 5 seconds, whoever did it.
func TestShutOutWhileConnected(t *testing.T) {
	for title, shut := range map[string]func(*ward){
		"the device, by another process": func(w *ward) {
			err := w.Central.Update(w.Context(), func(tx *store.CentralTx) error {
				devices, err := tx.Devices("mira")
				if err != nil {
					return err
				}
				return tx.RevokeDevice(devices[0].ID)
			})
			if err != nil {
				w.Fatal(err)
			}
		},
		"the person": func(w *ward) {
			w.Mira.Disabled = true
			w.Do(hub.Act{Name: desk.PersonPut, Args: w.Mira})
		},
	} {
		t.Run(title, func(t *testing.T) {
			w := guarded(t)
			ws := w.greet()
			shut(w)
			begun := time.Now()
			if bye := hear[protocol.Bye](w, ws); bye.Code != protocol.ByeRevoked || time.Since(begun) > 5*time.Second {
				t.Errorf("%+v after %s", bye, time.Since(begun))
			}
		})
	}
	t.Run("the role", func(t *testing.T) {
		w := guarded(t)
		ws := w.greet()
		hear[protocol.Checkpoint](w, ws)
		w.Mira.Roles = []desk.Role{desk.RoleRequester}
		w.Do(hub.Act{Name: desk.PersonPut, Args: w.Mira})
		taken := map[desk.BucketID]bool{}
		for len(taken) < 4 {
			taken[hear[protocol.Unsub](w, ws).Bucket] = true
		}
		if !taken["team:first"] || !taken[desk.BucketOrg] {
			t.Errorf("%v", taken)
		}
	})
}
