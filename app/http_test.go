package app

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

var pageFiles = fstest.MapFS{"index.html": {Data: []byte("<!doctype html><title>Holdall</title>")}}

// ask posts to a page served over HTTP.
func ask(t *testing.T, server *httptest.Server, door, body string, heads ...string) (int, string, http.Header) {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, server.URL+"/api/call/"+door, strings.NewReader(body))
	must(t, err)
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(heads); i += 2 {
		r.Header.Set(heads[i], heads[i+1])
		if heads[i] == "Host" {
			r.Host = heads[i+1]
		}
	}
	answer, err := server.Client().Do(r)
	must(t, err)
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	must(t, err)
	return answer.StatusCode, string(text), answer.Header
}

func serve(t *testing.T, p *page) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(p.HTTP(pageFiles))
	t.Cleanup(server.Close)
	return server
}

func TestEveryDoorOfTheContractIsThere(t *testing.T) {
	doors := doorsOf(newPage(t, Config{}).Facades())
	want := strings.Fields(`
		Archive/Fetch Archive/List Archive/SetDays Archive/Want
		Compose/Address Compose/Aside Compose/Discard Compose/Drafts Compose/Forward Compose/Held Compose/Offers Compose/Resting Compose/SaveDraft Compose/Send Compose/Speak Compose/TakeBack
		Directory/Options Directory/Requesters
		Files/Detach Files/Keep Files/Retry Files/Save Files/States
		Mailboxes/Ask Mailboxes/Asked Mailboxes/Connect Mailboxes/Decide Mailboxes/GiveUp Mailboxes/Guess Mailboxes/List Mailboxes/Pause Mailboxes/Remove Mailboxes/Renew Mailboxes/Rules Mailboxes/SaveRules Mailboxes/Setup Mailboxes/TryRules
		Queue/Page Queue/Place Queue/Sidebar
		Search/Find
		Session/MoveToServer Session/SignIn Session/SignInAgain Session/SignOut Session/StartSolo Session/State
		Sync/Answers Sync/Now Sync/Outbox Sync/RestoredSeen Sync/Status
		Templates/List Templates/Save
		Ticket/AcceptMessage Ticket/AnswerMeeting Ticket/Attend Ticket/Body Ticket/Check Ticket/Create Ticket/Headers Ticket/Keep Ticket/Label Ticket/Log Ticket/MarkSeen Ticket/Merge Ticket/Move Ticket/MoveAside Ticket/MoveMessage Ticket/Open Ticket/Origin Ticket/Patch Ticket/Pictures Ticket/Retry Ticket/Source Ticket/SplitMessage Ticket/TakeMessage
		Tray/AddToMerged Tray/Dismiss Tray/List Tray/OpenAgain Tray/Resolve Tray/Retry
	`)
	for _, name := range want {
		door, ok := doors[name]
		if !ok {
			t.Errorf("there is no %s", name)
			continue
		}
		if door.Type().NumIn() > 1 {
			t.Errorf("%s takes %d arguments, want one request at most", name, door.Type().NumIn())
		}
	}
	if len(doors) != len(want) {
		t.Errorf("%d doors, want %d: a new one must be wanted", len(doors), len(want))
	}
}

func TestACallAnswersJSONUnderTheContentPolicy(t *testing.T) {
	server := serve(t, soloPage(t))
	status, body, head := ask(t, server, "Ticket/Create", `{"title":"Toner for KI-2-014"}`)
	var made Created
	must(t, json.Unmarshal([]byte(body), &made))
	if status != http.StatusOK || made.Number != "INC0000001" {
		t.Errorf("%d %s", status, body)
	}
	if head.Get("Content-Security-Policy") != contentPolicy {
		t.Errorf("policy %q", head.Get("Content-Security-Policy"))
	}
	status, body, _ = ask(t, server, "Queue/Page", `{"view":"all"}`)
	if status != http.StatusOK || !strings.Contains(body, "Toner for KI-2-014") {
		t.Errorf("%d %s", status, body)
	}
	status, body, _ = ask(t, server, "Session/State", "null")
	if status != http.StatusOK || !strings.Contains(body, `"open":true`) {
		t.Errorf("%d %s", status, body)
	}
	answer, err := server.Client().Get(server.URL + "/")
	must(t, err)
	defer answer.Body.Close()
	if text, _ := io.ReadAll(answer.Body); !strings.Contains(string(text), "<title>Holdall") {
		t.Errorf("page %s", text)
	}
}

func TestARefusalHasACodeASentenceAndAStatus(t *testing.T) {
	server := serve(t, soloPage(t))
	for _, c := range []struct {
		door, body, code string
		status           int
	}{
		{"Ticket/Create", `{"title":"  "}`, "validation", http.StatusUnprocessableEntity},
		{"Ticket/Open", `"nowhere"`, "gone", http.StatusNotFound},
		{"Ticket/Erase", `"t1"`, "gone", http.StatusNotFound},
		{"App/Close", `null`, "gone", http.StatusNotFound},
		{"Queue/Page", `{"view":"all","sort":"title; DROP TABLE ticket"}`, "validation", http.StatusUnprocessableEntity},
		{"Queue/Page", `{"view":`, "validation", http.StatusUnprocessableEntity},
		{"Compose/Send", `{"ticketId":"nowhere","kind":"shout","text":"x"}`, "validation", http.StatusUnprocessableEntity},
		{"Session/StartSolo", `{"demo":true}`, "workflow", http.StatusConflict},
	} {
		status, body, _ := ask(t, server, c.door, c.body)
		var p Problem
		must(t, json.Unmarshal([]byte(body), &p))
		if status != c.status || p.Code != c.code || !strings.HasSuffix(p.Message, ".") {
			t.Errorf("%s %s: %d %s, want %d %s", c.door, c.body, status, body, c.status, c.code)
		}
	}
}

func TestAForeignPageIsRefused(t *testing.T) {
	server := serve(t, soloPage(t))
	for _, heads := range [][]string{
		{"Origin", "https://evil.example"},
		{"Origin", "null"},
		{"Origin", "http://127.0.0.1:1"},
		{"Host", "desk.evil.example"},
		{"Sec-Fetch-Site", "cross-site"},
	} {
		if status, body, _ := ask(t, server, "Ticket/Create", `{"title":"From elsewhere"}`, heads...); status != http.StatusForbidden {
			t.Errorf("%v: %d %s", heads, status, body)
		}
	}
	if status, body, _ := ask(t, server, "Ticket/Create", `{"title":"From a form"}`, "Content-Type", "text/plain"); status < 400 {
		t.Errorf("a form of another page may post: %d %s", status, body)
	}
	if status, _, _ := ask(t, server, "Session/State", `null`, "Origin", server.URL, "Sec-Fetch-Site", "same-origin"); status != http.StatusOK {
		t.Errorf("our own page is refused with %d", status)
	}
}

func TestAnEditIsSignalledOverTheStream(t *testing.T) {
	p := soloPage(t)
	server := serve(t, p)
	stream, err := server.Client().Get(server.URL + "/api/events")
	must(t, err)
	defer stream.Body.Close()
	if kind := stream.Header.Get("Content-Type"); kind != "text/event-stream" {
		t.Errorf("content type %q", kind)
	}
	lines := bufio.NewScanner(stream.Body)
	if !lines.Scan() || !strings.HasPrefix(lines.Text(), ":") {
		t.Fatalf("the stream begins with %q", lines.Text())
	}
	got(p.ticket.Create(CreateRequest{Title: "Badge reader"})).or(t)
	over := time.AfterFunc(patience, func() { stream.Body.Close() })
	defer over.Stop()
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), `data: {"topic":"ticket","id":"`) {
			return
		}
	}
	t.Errorf("the stream ended without news of the ticket: %v", lines.Err())
}
