package hub_test

import (
	"crypto/sha256"
	"encoding"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/hub"
	"holdall/sync/hub/stand"
	"holdall/sync/protocol"
)

// bytesOf are the bytes of a file, none like another's.
func bytesOf(name string, size int) string {
	return strings.Repeat(name+" ", size/(len(name)+1)+1)[:size]
}

// announces lets Mira write a note with a file.
func (w *web) announces(m desk.MessageID, data string) string {
	w.Helper()
	sum := stand.Sum(data)
	w.Write("t1", desk.Message{ID: m, Kind: desk.InternalNote, Text: "See the file.", Attachments: []desk.Attachment{
		{ID: string(m) + "-f", Name: "Messwerte.csv", Type: "text/csv", Size: int64(len(data)), SHA256: sum},
	}})
	return sum
}

// stands asks how far the hub is, or sends a part where there is one.
func (w *web) stands(sum string, m desk.MessageID, token string, offset int, part string) (protocol.Standing, int) {
	w.Helper()
	method, path := "POST", "/api/v1/blobs/"+sum+"?message="+string(m)
	if offset >= 0 {
		method, path = "PUT", fmt.Sprint(path, "&offset=", offset)
	}
	status, body := w.Ask(method, path, token, part)
	var s protocol.Standing
	if status == http.StatusOK {
		if err := json.Unmarshal([]byte(body), &s); err != nil {
			w.Fatal(err)
		}
	}
	return s, status
}

const mib = protocol.PartBytes

// TestAFileComesInPartsAndIsKeptOnce: SPEC P40, P41. Each part is durable when it
// is answered, so the hub may die between any two of them.
func TestAFileComesInPartsAndIsKeptOnce(t *testing.T) {
	w := serve(t)
	w.Open("t1", "first")
	data := bytesOf("anlage", 2*mib+17)
	sum := w.announces("n1", data)
	if s, status := w.stands(sum, "n1", w.Token, -1, ""); status != 200 || s != (protocol.Standing{Size: int64(len(data))}) {
		t.Fatalf("at first: %d %+v", status, s)
	}
	if status, _ := w.Ask("GET", "/api/v1/blobs/"+sum, w.Token, ""); status != 404 {
		t.Errorf("before it is there: %d", status)
	}
	w.stands(sum, "n1", w.Token, 0, data[:mib])
	w = w.again()
	for _, again := range []int{0, 2 * mib} { // a part told twice, one too early
		if s, status := w.stands(sum, "n1", w.Token, again, data[:mib]); status != 200 || s.Offset != mib || s.Done {
			t.Errorf("offset %d out of turn: %d %+v", again, status, s)
		}
	}
	w.stands(sum, "n1", w.Token, mib, data[mib:2*mib])
	w = w.again()
	if s, _ := w.stands(sum, "n1", w.Token, -1, ""); s.Offset != 2*mib || s.Done {
		t.Errorf("after two parts: %+v", s)
	}
	if s, status := w.stands(sum, "n1", w.Token, 2*mib, data[2*mib:]); status != 200 || !s.Done {
		t.Errorf("after the last: %d %+v", status, s)
	}
	if !w.Message("n1").Whole() {
		t.Error("the message does not say that its file is here")
	}
	if s, _ := w.stands(sum, "n1", w.Token, -1, ""); !s.Done {
		t.Errorf("asked once more: %+v", s)
	}
	if status, body := w.Ask("GET", "/api/v1/blobs/"+sum, w.Token, ""); status != 200 || body != data {
		t.Errorf("it came back as %d, %d bytes", status, len(body))
	}
	piece := fmt.Sprintf("bytes=%d-%d", mib-3, mib+4)
	if status, body := w.Ask("GET", "/api/v1/blobs/"+sum, w.Token, "", "Range", piece); status != 206 || body != data[mib-3:mib+5] {
		t.Errorf("a piece over the seam: %d %q", status, body)
	}
}

// again is another hub on the same database, as after a crash.
func (w *web) again() *web {
	w.Helper()
	next := (&house{w.TB, w.Again()}).serve()
	next.Device, next.Token = w.Device, w.Token
	return next
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestAFileThatEndedWithoutAWordIsFinished: the hub died after the last part and
// before the message said so.
func TestAFileThatEndedWithoutAWordIsFinished(t *testing.T) {
	w := serve(t)
	w.Open("t1", "first")
	sum := w.announces("n1", "three")
	digest := sha256.New()
	digest.Write([]byte("three"))
	state, err := digest.(encoding.BinaryMarshaler).MarshalBinary()
	must(t, err)
	must(t, w.Central.Update(t.Context(), func(tx *store.CentralTx) error {
		u, err := tx.BeginUpload(w.Device, sum, 5, day)
		if err != nil {
			return err
		}
		return tx.AddPart(&u, []byte("three"), state, day)
	}))
	if s, status := w.stands(sum, "n1", w.Token, -1, ""); status != 200 || !s.Done || !w.Message("n1").Whole() {
		t.Errorf("%d %+v", status, s)
	}
}

func TestAnEmptyFileIsAFile(t *testing.T) {
	w := serve(t)
	w.Open("t1", "first")
	sum := w.announces("n1", "")
	if s, status := w.stands(sum, "n1", w.Token, -1, ""); status != 200 || !s.Done {
		t.Errorf("%d %+v", status, s)
	}
	if status, body := w.Ask("GET", "/api/v1/blobs/"+sum, w.Token, ""); status != 200 || body != "" {
		t.Errorf("%d %q", status, body)
	}
}

// TestOtherBytesAreNotTaken: SPEC P41. Nothing of them stays, and the file comes
// in the end.
func TestOtherBytesAreNotTaken(t *testing.T) {
	w := serve(t)
	w.Open("t1", "first")
	data := bytesOf("wahr", mib+5)
	sum := w.announces("n1", data)
	for name, part := range map[string]string{"short": data[:9], "long": data[:mib] + "x", "nothing": ""} {
		if s, status := w.stands(sum, "n1", w.Token, 0, part); status != 400 {
			t.Errorf("a part that is %s: %d %+v", name, status, s)
		}
	}
	if _, status := w.stands(sum, "n1", w.Token, -1, ""); status != 200 {
		t.Errorf("ask again: %d", status)
	}
	if status, body := w.Ask("PUT", "/api/v1/blobs/"+sum+"?message=n1&offset=x", w.Token, "x"); status != 400 {
		t.Errorf("no offset: %d %s", status, body)
	}
	w.stands(sum, "n1", w.Token, 0, bytesOf("falsch", mib))
	if s, status := w.stands(sum, "n1", w.Token, mib, data[mib:]); status != 400 {
		t.Errorf("other bytes: %d %+v", status, s)
	}
	if s, status := w.stands(sum, "n1", w.Token, -1, ""); status != 200 || s.Offset != 0 || w.Message("n1").Whole() {
		t.Errorf("after it: %d %+v", status, s)
	}
	w.stands(sum, "n1", w.Token, 0, data[:mib])
	if s, status := w.stands(sum, "n1", w.Token, mib, data[mib:]); status != 200 || !s.Done {
		t.Errorf("the true ones: %d %+v", status, s)
	}
}

// TestNamingASumOpensNothing: SPEC P42, P43. Who has not the bytes learns nothing
// of them, by no answer.
func TestNamingASumOpensNothing(t *testing.T) {
	w := serve(t)
	w.Open("t1", "first")
	secret := bytesOf("geheim", 40)
	sum := stand.Sum(secret)
	w.Do(hub.Act{Name: desk.TicketCreate, Ticket: "t2", Args: desk.CreateTicket{Kind: desk.Incident, Title: "Payroll", Team: "other"}},
		hub.Act{Name: desk.MessageAdd, Ticket: "t2", Args: desk.AddMessage{Message: desk.Message{ID: "m2", Kind: desk.FromRequester, Text: "The list.",
			Attachments: []desk.Attachment{{ID: "a", Name: "list.csv", Size: 40, SHA256: sum}}}}})
	must(t, w.Central.Update(t.Context(), func(tx *store.CentralTx) error {
		if err := tx.PutBlob(sum, []byte(secret)); err != nil {
			return err
		}
		return tx.HoldBlob(sum, "m2")
	}))
	w.announces("n1", secret)                           // she names what she has not got
	other := w.announces("n2", bytesOf("nirgends", 40)) // nobody has this
	here, status := w.stands(sum, "n1", w.Token, -1, "")
	there, also := w.stands(other, "n2", w.Token, -1, "")
	if status != 200 || also != 200 || here != there {
		t.Errorf("a file she may not see: %d %+v; one that is nowhere: %d %+v", status, here, also, there)
	}
	if status, _ := w.Ask("GET", "/api/v1/blobs/"+sum, w.Token, ""); status != 404 {
		t.Errorf("her note opened the file: %d", status)
	}
	for name, path := range map[string]string{
		"another's message": sum + "?message=m2", "no message": sum + "?message=nothing", "a file it does not name": stand.Sum("x") + "?message=n1", "none named": sum + "?x=",
	} {
		_, absent := w.Ask("GET", "/api/v1/blobs/"+stand.Sum("nothing"), w.Token, "")
		for _, method := range []string{"POST", "PUT"} {
			status, body := w.Ask(method, "/api/v1/blobs/"+path+"&offset=0", w.Token, "x")
			if status != 404 || body != absent {
				t.Errorf("%s, %s: %d %s", method, name, status, body)
			}
		}
	}
	if _, status := w.stands(sum, "n1", "guess", -1, ""); status != 401 {
		t.Errorf("without a token: %d", status)
	}
	// Having the bytes, she sends them as anybody would.
	if s, status := w.stands(sum, "n1", w.Token, 0, secret); status != 200 || !s.Done {
		t.Errorf("with the bytes: %d %+v", status, s)
	}
	if status, body := w.Ask("GET", "/api/v1/blobs/"+sum, w.Token, ""); status != 200 || body != secret {
		t.Errorf("now it is hers: %d", status)
	}
}

// TestWhatSheCanReadIsNotSentAgain: SPEC P43.
func TestWhatSheCanReadIsNotSentAgain(t *testing.T) {
	w := serve(t)
	w.Open("t1", "first")
	sum := w.announces("n1", "the same")
	w.stands(sum, "n1", w.Token, 0, "the same")
	w.announces("n2", "the same")
	if s, status := w.stands(sum, "n2", w.Token, -1, ""); status != 200 || !s.Done || !w.Message("n2").Whole() {
		t.Errorf("%d %+v", status, s)
	}
	w.Write("t1", desk.Message{ID: "n3", Kind: desk.InternalNote, Text: "Another size.", Attachments: []desk.Attachment{{ID: "f", Name: "a", Size: 99, SHA256: sum}}})
	if s, status := w.stands(sum, "n3", w.Token, -1, ""); status != 400 {
		t.Errorf("a size that is not the file's: %d %+v", status, s)
	}
}

// TestTwoDevicesSendTheSame: neither spoils the other's, and it is kept once.
func TestTwoDevicesSendTheSame(t *testing.T) {
	w := serve(t)
	w.Open("t1", "first")
	data := bytesOf("doppelt", mib+9)
	sum := w.announces("n1", data)
	w.announces("n2", data)
	_, second, err := hub.Enrol(t.Context(), w.Central, w.Mira.ID, "tablet")
	must(t, err)
	w.stands(sum, "n1", w.Token, 0, data[:mib])
	w.stands(sum, "n2", second, 0, bytesOf("verdorben", mib))
	if s, status := w.stands(sum, "n1", w.Token, mib, data[mib:]); status != 200 || !s.Done {
		t.Errorf("the first: %d %+v", status, s)
	}
	if s, status := w.stands(sum, "n2", second, -1, ""); status != 200 || !s.Done {
		t.Errorf("the second: %d %+v", status, s)
	}
	if status, body := w.Ask("GET", "/api/v1/blobs/"+sum, second, ""); status != 200 || body != data {
		t.Errorf("%d, %d bytes", status, len(body))
	}
}

func TestTheHubsRoomIsBounded(t *testing.T) {
	w := serve(t)
	w.Open("t1", "first")
	w.Handler.Limit(1 << 20)
	sum := w.announces("n1", bytesOf("viel", 1<<20+1))
	status, body := w.Ask("POST", "/api/v1/blobs/"+sum+"?message=n1", w.Token, "")
	if status != 429 || !strings.Contains(body, "1 MiB") || !strings.Contains(body, "admin") {
		t.Errorf("%d %s", status, body)
	}
	small := w.announces("n2", "little")
	if s, status := w.stands(small, "n2", w.Token, 0, "little"); status != 200 || !s.Done {
		t.Errorf("a little one: %d %+v", status, s)
	}
}

// TestWhatNobodyRefersToGoes: SPEC P45. A raw mail stays with its ledger row.
func TestWhatNobodyRefersToGoes(t *testing.T) {
	w := serve(t)
	w.Open("t1", "first")
	sum := w.announces("n1", "kept")
	w.stands(sum, "n1", w.Token, 0, "kept")
	half := w.announces("n2", bytesOf("halb", mib+1))
	w.stands(half, "n2", w.Token, 0, bytesOf("halb", mib+1)[:mib])
	loose := stand.Sum("loose")
	raw := []byte("Subject: raw\n\n")
	must(t, w.Central.Update(t.Context(), func(tx *store.CentralTx) error {
		if err := tx.PutBlob(loose, []byte("loose")); err != nil {
			return err
		}
		_, err := tx.FileMail(store.Ledger{Account: "a", Mailbox: "INBOX", UIDValidity: 1, UID: 1, SHA256: stand.Sum(string(raw)), State: store.MailFiled, ReceivedAt: day}, raw)
		return err
	}))
	there := func(sum string) (here bool) {
		must(t, w.Central.View(t.Context(), func(tx *store.CentralTx) error {
			_, err := tx.BlobOf(sum)
			here = err == nil
			return nil
		}))
		return here
	}
	now := time.Now()
	for days, want := range []bool{true, true, false} {
		must(t, hub.Sweep(t.Context(), w.Central, now.Add(time.Duration(days)*16*24*time.Hour)))
		if there(loose) != want || !there(sum) || !there(stand.Sum(string(raw))) {
			t.Errorf("on day %d: loose %v, held %v, raw %v", days*16, there(loose), there(sum), there(stand.Sum(string(raw))))
		}
	}
	if s, status := w.stands(half, "n2", w.Token, -1, ""); status != 200 || s.Offset != 0 {
		t.Errorf("an upload that rested: %d %+v", status, s)
	}
}

// TestAnswersAreForgottenWhenNobodyAsksForThem (SPEC R3): what every device said in
// a year does not stand at the hub for ever.
func TestAnswersAreForgottenWhenNobodyAsksForThem(t *testing.T) {
	h := build(t).run()
	now := time.Now()
	must(t, h.Central.Update(t.Context(), func(tx *store.CentralTx) error {
		for mid := range int64(2300) {
			at := now.AddDate(0, 0, -91)
			if mid >= 2200 {
				at = now.AddDate(0, 0, -89)
			}
			must(t, tx.PutResult("laptop", desk.Result{Mid: mid, Status: desk.Applied}, "", at))
		}
		return nil
	}))
	must(t, hub.Sweep(t.Context(), h.Central, now))
	must(t, h.Central.View(t.Context(), func(tx *store.CentralTx) error {
		for mid := range int64(2300) {
			if _, kept, err := tx.Result("laptop", mid); kept != (mid >= 2200) || err != nil {
				t.Fatalf("the answer to %d is kept: %v, %v", mid, kept, err)
			}
		}
		return nil
	}))
}
