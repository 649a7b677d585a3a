package hub_test

import (
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"holdall/desk"
	"holdall/sync/hub"
	"holdall/sync/hub/stand"
)

// stalls begins to send the first part of a file and sends none of its bytes.
func (w *web) stalls(sum string, m desk.MessageID, token string) net.Conn {
	w.Helper()
	return w.dials(fmt.Sprintf("PUT /api/v1/blobs/%s?message=%s&offset=0 HTTP/1.1\nHost: desk\nAuthorization: Bearer %s\nContent-Length: %d", sum, m, token, mib))
}

// answered reads the status of the answer to what was begun.
func (w *web) answered(conn net.Conn) int {
	w.Helper()
	if err := conn.SetReadDeadline(time.Now().Add(20 * time.Second)); err != nil {
		w.Fatal(err)
	}
	var status int
	if _, err := fmt.Fscanf(conn, "HTTP/1.1 %d", &status); err != nil {
		w.Fatal("no answer: ", err)
	}
	return status
}

// TestOfADeviceOnePartIsHeld (SPEC P41): however many it begins to send, only the newest is
// waited for, so that what a device has the hub hold is bounded. A part of which the
// connection broke keeps no other from going on.
func TestOfADeviceOnePartIsHeld(t *testing.T) {
	w := serve(t)
	w.Open("t1", "first")
	data := bytesOf("anlage", mib+3)
	sum := w.announces("n1", data)
	w.Handler.Patient(time.Second, 10*time.Second)
	begun := w.stalls(sum, "n1", w.Token)
	w.Until("it is held", func() bool { return w.Handler.Carried() == 1 })
	for range 40 {
		newer := w.stalls(sum, "n1", w.Token)
		if status := w.answered(begun); status != http.StatusServiceUnavailable {
			t.Fatalf("an older one was answered %d", status)
		}
		begun = newer
	}
	w.Until("the newest is held", func() bool { return w.Handler.Carried() == 1 })
	if s, status := w.stands(sum, "n1", w.Token, 0, data[:mib]); status != http.StatusOK || s.Offset != mib {
		t.Errorf("from another connection: %d %+v", status, s)
	}
	if status := w.answered(begun); status != http.StatusServiceUnavailable {
		t.Errorf("the one before it was answered %d", status)
	}
	w.Until("none is held", func() bool { return w.Handler.Carried() == 0 })
}

// TestOfAllDevicesSomePartsAreHeld: who comes when there is no room is told so in
// good time, as by a hub that is away for a moment.
func TestOfAllDevicesSomePartsAreHeld(t *testing.T) {
	w := serve(t)
	w.Handler.Carrying(2, 50*time.Millisecond)
	w.Open("t1", "first")
	data := bytesOf("anlage", mib+3)
	sum := w.announces("n1", data)
	var slow []net.Conn
	for range 2 {
		_, token, err := hub.Enrol(t.Context(), w.Central, w.Mira.ID, "tablet")
		must(t, err)
		slow = append(slow, w.stalls(sum, "n1", token))
	}
	w.Until("both are held", func() bool { return w.Handler.Carried() == 2 })
	path := "/api/v1/blobs/" + sum + "?message=n1&offset=0"
	if status, body := w.Ask("PUT", path, w.Token, data[:mib]); status != http.StatusServiceUnavailable || !strings.Contains(body, "goes on in a moment") {
		t.Errorf("%d %s", status, body)
	}
	for _, conn := range slow {
		conn.Close()
	}
	w.Until("there is room again", func() bool {
		s, status := w.stands(sum, "n1", w.Token, 0, data[:mib])
		return status == http.StatusOK && s.Offset == mib
	})
}

// TestADeviceFetchesSomeFilesAtOnce: of each a part stands in memory.
func TestADeviceFetchesSomeFilesAtOnce(t *testing.T) {
	w := serve(t)
	w.Open("t1", "first")
	data := bytesOf("film", desk.FileMost) // more than sockets hold
	sum := w.announces("n1", data)
	for at := 0; at < len(data); at += mib {
		w.stands(sum, "n1", w.Token, at, data[at:at+mib])
	}
	var open []net.Conn
	statuses := map[int]int{}
	for range 20 {
		conn := w.dials(fmt.Sprintf("GET /api/v1/blobs/%s HTTP/1.1\nHost: desk\nAuthorization: Bearer %s", sum, w.Token))
		open = append(open, conn)
		statuses[w.answered(conn)]++
	}
	if statuses[200] != 16 || statuses[503] != 4 {
		t.Errorf("%v", statuses)
	}
	for _, conn := range open {
		conn.Close()
	}
	w.Until("they are over", func() bool {
		status, got := w.Ask("GET", "/api/v1/blobs/"+sum, w.Token, "")
		return status == 200 && got == data
	})
}

// TestAFileIsNotHereWhoseBytesWent: between the last part and the word of it that the
// bytes are here, another message of the device may say another size of them, or a
// sweep find that they rested. A message that has its file has its bytes (SPEC P40).
func TestAFileIsNotHereWhoseBytesWent(t *testing.T) {
	w := serve(t)
	w.Open("t1", "first")
	sum := w.announces("n1", "three")
	w.Write("t1", desk.Message{ID: "n2", Kind: desk.InternalNote, Text: "Another size.", Attachments: []desk.Attachment{{ID: "f", Name: "a", Size: 4, SHA256: sum}}})
	w.Stop()
	resting, err := hub.NewServer(t.Context(), w.Central, slog.New(slog.DiscardHandler))
	must(t, err)
	later := *w.House
	later.Server = resting
	next := (&house{w.TB, &later}).serve()
	next.Token = w.Token
	answer := make(chan int)
	go func() {
		_, status := next.stands(sum, "n1", w.Token, 0, "three")
		answer <- status
	}()
	w.Until("all of it came", func() bool { return resting.Queued() == 1 })
	if s, status := next.stands(sum, "n2", w.Token, -1, ""); status != http.StatusOK || s.Offset != 0 {
		t.Errorf("the other message: %d %+v", status, s)
	}
	later.Run()
	if status := <-answer; status != http.StatusBadRequest {
		t.Errorf("it was answered %d", status)
	}
	if w.Message("n1").Whole() {
		t.Error("the message has a file of which there is no byte")
	}
	if s, status := next.stands(sum, "n1", w.Token, 0, "three"); status != http.StatusOK || !s.Done || !w.Message("n1").Whole() {
		t.Errorf("sent again: %d %+v", status, s)
	}
}

// TestAFileOfAnImpossibleSizeStopsNobody: sums of sizes stay sums.
func TestAFileOfAnImpossibleSizeStopsNobody(t *testing.T) {
	w := serve(t)
	w.Open("t1", "first")
	w.Handler.Limit(1 << 40)
	m, err := desk.NewMutation(desk.MessageAdd, "t1", desk.AddMessage{Message: desk.Message{ID: "n1", Kind: desk.InternalNote, Text: "Two files.", Attachments: []desk.Attachment{
		{ID: "a", Name: "a", Size: 1, SHA256: stand.Sum("a")}, {ID: "b", Name: "b", Size: 1<<63 - 1, SHA256: stand.Sum("b")},
	}}}, day)
	must(t, err)
	m.Device, m.Mid = "d", 1
	results, err := w.Server.Submit(t.Context(), desk.PrincipalOf(w.Mira, "d"), m)
	if err != nil || results[0].Code != desk.CodeQuota {
		t.Errorf("%+v, %v", results, err)
	}
	w.stands(stand.Sum("b"), "n1", w.Token, -1, "")
	sum := w.announces("n2", "little")
	if s, status := w.stands(sum, "n2", w.Token, 0, "little"); status != http.StatusOK || !s.Done {
		t.Errorf("another's file: %d %+v", status, s)
	}
}
