package app

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"holdall/desk"
	"holdall/store"
)

// drops lets a person drop a file on the composer.
func (p *page) drops(ticket, kind, name string, data []byte) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodPost, "/asset/draft/"+ticket+"/"+kind+"?name="+url.QueryEscape(name), bytes.NewReader(data))
	p.Assets().ServeHTTP(w, r)
	return w
}

func (p *page) attaches(ticket, kind, name string, data []byte) (a Attachment) {
	p.t.Helper()
	w := p.drops(ticket, kind, name, data)
	if w.Code != http.StatusCreated {
		p.t.Fatalf("attach %s: %d %s", name, w.Code, w.Body)
	}
	must(p.t, json.Unmarshal(w.Body.Bytes(), &a))
	return a
}

// fileStates are the states of a ticket's files by their names.
func (p *page) fileStates(ticket string) map[string]string {
	p.t.Helper()
	names := map[string]string{}
	for _, e := range p.open(ticket).Thread {
		for _, a := range e.Attachments {
			names[a.ID] = a.Name
		}
	}
	states := map[string]string{}
	for _, s := range got(p.files.States(ticket)).or(p.t) {
		states[names[s.ID]] = s.State
	}
	return states
}

// TestAFileAttachedOfflineGoesOutLater: SPEC P40, P47. The colleague sees that it
// is on its way, then has it.
func TestAFileAttachedOfflineGoesOutLater(t *testing.T) {
	o := newOffice(t)
	o.mails("t1", "m1", "Which valve is it?")
	ana, ben := o.laptopOf(o.ana), o.laptopOf(o.ben)
	ana.sees("the ticket is here", "t1", func(TicketView) bool { return true })
	ana.offline()
	shot := append(drawing(t), make([]byte, 3<<20)...)
	a := ana.attaches("t1", "note", "../../Ventil.png", shot)
	if a.Name != "Ventil.png" || a.Size != len(shot) || !a.Picture || a.Program {
		t.Errorf("attached %+v", a)
	}
	if w := fetch(ana.page, a.URL); w.Code != http.StatusOK || w.Header().Get("Content-Type") != "image/png" || !bytes.Equal(w.Body.Bytes(), shot) {
		t.Errorf("the draft's picture: %d %v", w.Code, w.Header())
	}
	must(t, ana.compose.Send(ComposeRequest{TicketID: "t1", Kind: "note"}))
	if v := ana.open("t1"); len(v.Drafts) != 0 || len(v.Thread[len(v.Thread)-1].Attachments) != 1 {
		t.Errorf("after sending: %+v", v.Drafts)
	}
	if list := got(ana.sync.Outbox()).or(t); len(list) != 1 || list[0].Sentence != "Added an internal note, with Ventil.png" {
		t.Errorf("unsent %+v", list)
	}
	if states := ana.fileStates("t1"); states["Ventil.png"] != "waiting" {
		t.Errorf("offline it is %v", states)
	}
	if err := ana.session.SignOut(); desk.CodeOf(err) != desk.CodeWorkflow {
		t.Errorf("signed out over an unsent file: %v", err)
	}
	ana.online()
	ana.until("the file is at the hub", func() bool { return ana.fileStates("t1")["Ventil.png"] == "here" })
	v := ben.sees("the file may be fetched", "t1", func(v TicketView) bool {
		last := v.Thread[len(v.Thread)-1]
		return len(last.Attachments) == 1 && ben.fileStates("t1")["Ventil.png"] == "away"
	})
	last := v.Thread[len(v.Thread)-1]
	if w := fetch(ben.page, last.Attachments[0].URL); w.Code != http.StatusOK || !bytes.Equal(w.Body.Bytes(), shot) {
		t.Errorf("the colleague got %d, %d bytes", w.Code, w.Body.Len())
	}
	if states := ben.fileStates("t1"); states["Ventil.png"] != "here" {
		t.Errorf("fetched, it is %v", states)
	}
	must(t, ben.files.Keep(FileRequest{MessageID: last.ID, AttachmentID: last.Attachments[0].ID, Keep: true}))
	if s := got(ben.files.States("t1")).or(t); !s[0].Kept {
		t.Error("it is not kept")
	}
	must(t, ana.session.SignOut())
}

// TestAForeignFileIsAwaitedUntilItComes: metadata ahead of bytes, as others see it.
func TestAForeignFileIsAwaitedUntilItComes(t *testing.T) {
	o := newOffice(t)
	o.mails("t1", "m1", "Hello?")
	ben := o.laptopOf(o.ben)
	o.does(desk.MessageAdd, "t1", desk.AddMessage{Message: desk.Message{ID: "n1", Kind: desk.FromRequester, Text: "See the plan.", Attachments: []desk.Attachment{
		{ID: "a", Name: "Plan.pdf", Type: "application/pdf", Size: 9, SHA256: sumOf([]byte("elsewhere")), Awaited: true},
	}}})
	v := ben.sees("it is announced", "t1", func(v TicketView) bool {
		last := v.Thread[len(v.Thread)-1]
		return len(last.Attachments) == 1 && ben.fileStates("t1")["Plan.pdf"] == "awaited"
	})
	last := v.Thread[len(v.Thread)-1]
	if w := fetch(ben.page, last.Attachments[0].URL); w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), "Plan.pdf is still on its way") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

// TestEachDraftHasItsFiles: a reply's never go with a note, and they outlive the
// program.
func TestEachDraftHasItsFiles(t *testing.T) {
	dir := t.TempDir()
	p := newPage(t, Config{Version: "test", Dir: dir})
	got(p.session.StartSolo(SoloRequest{Workspace: "Nordlicht Werke", Name: "Mira Sommer", Email: "mira@example.com"})).or(t)
	id := got(p.settled().ticket.Create(CreateRequest{Title: "Pump is leaking"})).or(t).ID
	p.attaches(id, "reply", "Anleitung.pdf", []byte("manual"))
	secret := p.attaches(id, "note", "intern.txt", []byte("secret"))
	more := p.attaches(id, "note", "CON.txt", []byte("more"))
	if more.Name != "_CON.txt" {
		t.Errorf("a device's name became %q", more.Name)
	}
	for _, bad := range []struct{ ticket, kind string }{{"nothing", "note"}, {id, "requester"}} {
		if w := p.drops(bad.ticket, bad.kind, "x", nil); w.Code < 400 {
			t.Errorf("attached to %v: %d", bad, w.Code)
		}
	}
	must(t, p.files.Detach(DetachRequest{TicketID: id, Kind: "note", AttachmentID: more.ID}))
	must(t, p.App.Close())
	p = newPage(t, Config{Version: "test", Dir: dir})
	v := p.open(id)
	if len(v.Drafts) != 2 || len(v.Drafts[0].Files) != 1 || len(v.Drafts[1].Files) != 1 || v.Drafts[1].Files[0].ID != secret.ID {
		t.Fatalf("after a start: %+v", v.Drafts)
	}
	must(t, p.compose.Send(ComposeRequest{TicketID: id, Kind: "reply", Text: "Please read this."}))
	p.settled()
	p.until("the file is at the hub inside", func() bool { return p.fileStates(id)["Anleitung.pdf"] == "here" })
	v = p.open(id)
	for _, e := range v.Thread {
		if slices.ContainsFunc(e.Attachments, func(a Attachment) bool { return a.Name == "intern.txt" }) {
			t.Error("the note's file went with the reply")
		}
	}
	if len(v.Drafts) != 1 || v.Drafts[0].Kind != "note" {
		t.Errorf("drafts %+v", v.Drafts)
	}
	must(t, p.files.Detach(DetachRequest{TicketID: id, Kind: "note", AttachmentID: secret.ID}))
	if v := p.open(id); len(v.Drafts) != 0 {
		t.Errorf("an empty draft stays: %+v", v.Drafts)
	}
}

// TestCase11FilesLieUnderTheirHash: whatever a file is called, and how often, its
// name is no name on the disk.
func TestCase11FilesLieUnderTheirHash(t *testing.T) {
	p := soloPage(t)
	id := got(p.ticket.Create(CreateRequest{Title: "Pump is leaking"})).or(t).ID
	for i, name := range []string{"plan.pdf", "plan.pdf", "PLAN.PDF", "../../plan.pdf", `C:\plan.exe`, "NUL", strings.Repeat("a", 1000), "\u202eplan"} {
		p.attaches(id, "note", name, []byte{byte(i)})
	}
	must(t, p.compose.Send(ComposeRequest{TicketID: id, Kind: "note", Text: "See."}))
	entries := got(os.ReadDir(filepath.Join(p.folder(kindSolo), "files"))).or(t)
	if len(entries) < 8 {
		t.Fatalf("%d files", len(entries))
	}
	for _, entry := range entries {
		if !regexp.MustCompile(`^[0-9a-f]{64}$`).MatchString(entry.Name()) {
			t.Errorf("a file lies as %q", entry.Name())
		}
	}
}

func TestADraftsFileThatIsGoneIsNotSent(t *testing.T) {
	p := soloPage(t)
	id := got(p.ticket.Create(CreateRequest{Title: "Pump is leaking"})).or(t).ID
	p.attaches(id, "note", "a.txt", []byte("a"))
	must(t, os.Remove(filepath.Join(p.folder(kindSolo), "files", sumOf([]byte("a")))))
	if err := p.compose.Send(ComposeRequest{TicketID: id, Kind: "note", Text: "See."}); desk.CodeOf(err) != desk.CodeGone || !strings.Contains(err.Error(), "a.txt") {
		t.Errorf("sent: %v", err)
	}
}

// TestAnAnswersFilesFitIntoAMail: what no mail server would take is refused where
// it is attached, and may still go into a note.
func TestAnAnswersFilesFitIntoAMail(t *testing.T) {
	p := soloPage(t)
	id := got(p.ticket.Create(CreateRequest{Title: "Pump is leaking"})).or(t).ID
	large := make([]byte, desk.AnswerMost+1)
	if w := p.drops(id, "reply", "plan.pdf", large); w.Code < 400 || !strings.Contains(w.Body.String(), "plan.pdf is too large: the files of an answer hold at most 18 MiB") {
		t.Errorf("attached: %d %s", w.Code, w.Body)
	}
	if a := p.attaches(id, "note", "plan.pdf", large); a.Name != "plan.pdf" {
		t.Errorf("a note cannot hold it: %+v", a)
	}
}

// TestWhatAWindowHandsOverIsCounted: it says of no body how long it is, and may end one
// early. What was cut is not called attached, and what is too large is not either.
func TestWhatAWindowHandsOverIsCounted(t *testing.T) {
	p := soloPage(t)
	id := got(p.ticket.Create(CreateRequest{Title: "Pump is leaking"})).or(t).ID
	hands := func(size string, bytes int) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		r := httptest.NewRequest(http.MethodPost, "/asset/draft/"+id+"/reply?name=plan.pdf"+size, strings.NewReader(strings.Repeat("x", bytes)))
		r.ContentLength = -1
		p.Assets().ServeHTTP(w, r)
		return w
	}
	if w := hands("&size=9", 5); w.Code < 400 || !strings.Contains(w.Body.String(), "plan.pdf changed while it was read") {
		t.Errorf("cut: %d %s", w.Code, w.Body)
	}
	if w := hands("", desk.AnswerMost+1); w.Code < 400 || !strings.Contains(w.Body.String(), "plan.pdf is too large") {
		t.Errorf("too large: %d %s", w.Code, w.Body)
	}
	if v := p.open(id); len(v.Drafts) != 0 {
		t.Errorf("attached all the same: %+v", v.Drafts)
	}
	if w := hands("&size=0", 0); w.Code != http.StatusCreated {
		t.Errorf("an empty file: %d %s", w.Code, w.Body)
	}
	must(t, p.compose.Send(ComposeRequest{TicketID: id, Kind: "reply", Text: "It is empty."}))
	p.until("the empty file is at the hub inside", func() bool { return p.fileStates(id)["plan.pdf"] == "here" })
}

// TestSavingCopiesAndRunsNothing: SECURITY, a saved file is no program.
func TestSavingCopiesAndRunsNothing(t *testing.T) {
	p := soloPage(t)
	id := got(p.ticket.Create(CreateRequest{Title: "Pump is leaking"})).or(t).ID
	a := p.attaches(id, "note", "setup.exe", []byte("MZ"))
	if !a.Program || a.Picture {
		t.Errorf("shown as %+v", a)
	}
	must(t, p.compose.Send(ComposeRequest{TicketID: id, Kind: "note", Text: "See."}))
	v := p.open(id)
	request := FileRequest{MessageID: v.Thread[len(v.Thread)-1].ID, AttachmentID: a.ID}
	if _, err := p.files.Save(request); desk.CodeOf(err) != desk.CodeWorkflow {
		t.Errorf("without a window: %v", err)
	}
	to, asked := "", ""
	p.Window(func(context.Context, string, ...any) {}, func(_ context.Context, name string) (string, error) {
		asked = name
		return to, nil
	}).Startup(context.Background())
	if saved := got(p.files.Save(request)).or(t); saved || asked != "setup.exe" {
		t.Errorf("saved nowhere: %v, asked for %q", saved, asked)
	}
	to = filepath.Join(t.TempDir(), "setup.exe")
	if saved := got(p.files.Save(request)).or(t); !saved {
		t.Error("not saved")
	}
	data, err := os.ReadFile(to)
	must(t, err)
	info, err := os.Stat(to)
	must(t, err)
	if string(data) != "MZ" || info.Mode()&0o111 != 0 {
		t.Errorf("%q, mode %v", data, info.Mode())
	}
	to = filepath.Join(t.TempDir(), "nowhere", "setup.exe")
	if _, err := p.files.Save(request); desk.CodeOf(err) != desk.CodeValidation || strings.Contains(err.Error(), ".holdall-") {
		t.Errorf("into no folder: %v", err)
	}
}

// TestAFileThatFollowsItsMessageIsUnsent: nothing is called sent while bytes wait
// on this device alone.
func TestAFileThatFollowsItsMessageIsUnsent(t *testing.T) {
	o := newOffice(t)
	o.mails("t1", "m1", "The valve leaks.")
	ana := o.laptopOf(o.ana)
	ana.sees("the ticket is here", "t1", func(TicketView) bool { return true })
	ana.offline()
	ana.attaches("t1", "note", "Ventil.csv", []byte("a;b"))
	must(t, ana.compose.Send(ComposeRequest{TicketID: "t1", Kind: "note", Text: "See there."}))
	if n := ana.sync.Status().Waiting; n != 1 {
		t.Errorf("a note and its file are %d things that wait", n)
	}
	ws := got(ana.workspace()).or(t)
	entry := ana.outbox()[0]
	must(t, ws.store.Ack(ws.ctx, []store.Result{{Mid: entry.Mutation.Mid, Status: desk.Applied}}))
	must(t, ws.store.FileStuck(ws.ctx, got(ws.store.OutgoingFiles(ws.ctx)).or(t)[0], "The server is full."))
	list := got(ana.sync.Outbox()).or(t)
	if len(list) != 1 || list[0].Sentence != "Attached Ventil.csv" || list[0].State != "waiting" || list[0].Bytes != 3 || list[0].Problem != "The server is full." || list[0].TicketID != "t1" || list[0].Number == "" || list[0].At == "" {
		t.Errorf("unsent %+v", list)
	}
	if n := ana.sync.Status().Waiting; n != 1 {
		t.Errorf("%d wait", n)
	}
	must(t, ws.store.FileSent(ws.ctx, got(ws.store.OutgoingFiles(ws.ctx)).or(t)[0], ana.now()))
	if n := ana.sync.Status().Waiting; n != 0 || len(got(ana.sync.Outbox()).or(t)) != 0 {
		t.Errorf("sent, %d wait", n)
	}
}
