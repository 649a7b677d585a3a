package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"image"
	"image/png"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"holdall/desk"
	"holdall/store"
)

// fetch asks for an asset.
func fetch(p *page, url string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	p.Assets().ServeHTTP(w, httptest.NewRequest(http.MethodGet, url, nil))
	return w
}

func sumOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

func drawing(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	must(t, png.Encode(&b, image.NewGray(image.Rect(0, 0, 2, 2))))
	return b.Bytes()
}

func TestFilesComeFromTheHubAndAreSafeToServe(t *testing.T) {
	o := newOffice(t)
	o.mails("t1", "m1", "See the pictures.")
	shot, script := drawing(t), []byte("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")
	must(t, o.central.Update(context.Background(), func(tx *store.CentralTx) error {
		for _, data := range [][]byte{shot, script} {
			if err := errors.Join(tx.PutBlob(sumOf(data), data), tx.HoldBlob(sumOf(data), "m2")); err != nil {
				return err
			}
		}
		return nil
	}))
	o.does(desk.MessageAdd, "t1", desk.AddMessage{Message: desk.Message{ID: "m2", Kind: desk.FromRequester, Text: "Here.", HTML: `<p>Here: <img src="cid:shot@example.com"></p>`, Attachments: []desk.Attachment{
		{ID: "a", Name: "../../Anmeldefenster.png", Type: "image/png", Size: int64(len(shot)), SHA256: sumOf(shot), CID: "shot@example.com", Inline: true},
		{ID: "b", Name: "logo.svg", Type: "image/svg+xml", Size: int64(len(script)), SHA256: sumOf(script)},
		{ID: "c", Name: "really.png", Type: "image/png", Size: int64(len(script)), SHA256: sumOf(script)},
		{ID: "d", Name: "later.pdf", Type: "application/pdf", Size: 9, SHA256: sumOf([]byte("elsewhere"))},
	}}})
	ana := o.laptopOf(o.ana)
	v := ana.sees("the files are announced", "t1", func(v TicketView) bool {
		return len(v.Thread) > 0 && len(v.Thread[len(v.Thread)-1].Attachments) == 4
	})
	files := v.Thread[len(v.Thread)-1].Attachments
	if files[0].Name != "Anmeldefenster.png" {
		t.Errorf("name %q", files[0].Name)
	}
	w := fetch(ana.page, files[0].URL)
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "image/png" || !bytes.Equal(w.Body.Bytes(), shot) {
		t.Errorf("picture: %d %v", w.Code, w.Header())
	}
	for _, f := range files[1:3] {
		w := fetch(ana.page, f.URL)
		h := w.Header()
		if w.Code != http.StatusOK || h.Get("Content-Type") != "application/octet-stream" || !strings.HasPrefix(h.Get("Content-Disposition"), "attachment") || h.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %d %v", f.Name, w.Code, h)
		}
	}
	if w := fetch(ana.page, files[3].URL); w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), "cannot be reached") {
		t.Errorf("bytes that are nowhere: %d %s", w.Code, w.Body)
	}
	if body := got(ana.ticket.Body("m2")).or(t); !strings.Contains(body.HTML, `<img src="data:image/png;base64,`) {
		t.Errorf("the picture is not in the body: %s", body.HTML)
	}
	ana.offline()
	if w := fetch(ana.page, files[0].URL); w.Code != http.StatusOK {
		t.Errorf("a file that was here is gone offline: %d", w.Code)
	}
}

// TestCase11NamesCannotDisguise, lead elsewhere or mean a device.
func TestCase11NamesCannotDisguise(t *testing.T) {
	for name, want := range map[string]string{
		"report.pdf": "report.pdf", "../../etc/passwd": "passwd", `C:\Users\x\y.doc`: "y.doc", "invoice\u202efdp.exe": "invoice_fdp.exe",
		"": "attachment", "..": "attachment", "a\x00b": "a_b", "x:ads": "x_ads", "trailing. ": "trailing",
		"/etc/passwd": "passwd", `\\canary.example\share\a.doc`: "a.doc", `\\?\C:\a.doc`: "a.doc", "C:a.doc": "C_a.doc", "a/": "a", "file.txt::$DATA": "file.txt__$DATA", "...": "attachment", " . ": "attachment",
		"con.": "_con", "AUX.h": "_AUX.h", "CLOCK$": "_CLOCK$", "COM¹": "_COM¹", "a\nb\r.txt": "a_b_.txt", "\u202dexe.pdf\u202c": "_exe.pdf_", "a\u2066b\u2069.exe": "a_b_.exe", "a\u00ad.js": "a_.js",
		"CON": "_CON", "nul.tar.gz": "_nul.tar.gz", "COM7.log": "_COM7.log", "Lpt1 .txt": "_Lpt1 .txt", "combo.txt": "combo.txt", "comet": "comet",
		"a\u200bb\ufeff.txt": "a_b_.txt", "\xff.txt": "_.txt", "zwei\u2028zeilen": "zwei_zeilen",
		strings.Repeat("ä", 150) + ".pdf": strings.Repeat("ä", 98) + ".pdf", strings.Repeat("x", 300): strings.Repeat("x", 200),
	} {
		if got := fileName(name); got != want {
			t.Errorf("fileName(%q) = %q, want %q", name, got, want)
		}
	}
}
