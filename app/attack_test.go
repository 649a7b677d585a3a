package app

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"holdall/desk"
	"holdall/mail/message"
	"holdall/store"
)

// The cases of the list of attacks on what the page may ask and be given, by
// their numbers.

// escaped is a name that must appear nowhere outside of the profile.
const escaped = "escaped-by-a-call"

// odd are words that mean something to a path, a query, a template or a parser.
var odd = []string{
	"", " ", "\x00", "\xff\xfe", "\u202egnp.exe", "�", strings.Repeat("A", 1<<16), strings.Repeat("ä", 300),
	"../../" + escaped, `..\..\` + escaped, "/tmp/" + escaped, `C:\` + escaped, "file:///tmp/" + escaped, escaped + "\x00.png", "%2e%2e%2f" + escaped, "~/" + escaped, "CON", "a/b", "a:b",
	"' OR 1=1 --", `"; DROP TABLE tickets; --`, `NEAR("a" "b")`, "col:a*", "-", "^", `"`, "*", "AND OR NOT", "{{.}}", "${jndi:x}", "%s%n%x", "<script>alert(1)</script>",
	"null", "true", "1e309", "-1", "9007199254740993", "2026-02-30T25:61:61Z", "0001-01-01T00:00:00Z", "draft", "note", "reply", "in_progress", "mine", "all", "team:", "number", "resolve", "category", "state",
}

// filled makes a value of a type out of odd words, known ids and odd numbers;
// whoever holds a password gets the canary.
func filled(random *rand.Rand, of reflect.Type, name string, known []string) reflect.Value {
	v := reflect.New(of).Elem()
	switch of.Kind() {
	case reflect.Struct:
		for i := range of.NumField() {
			if f := of.Field(i); f.IsExported() && f.Name != "Demo" { // its filling is slow, and tested
				v.Field(i).Set(filled(random, f.Type, f.Name, known))
			}
		}
	case reflect.Slice:
		for range random.IntN(4) {
			v.Set(reflect.Append(v, filled(random, of.Elem(), name, known)))
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(of))
		v.SetMapIndex(filled(random, of.Key(), name, known), filled(random, of.Elem(), name, known))
	case reflect.Pointer:
		v.Set(reflect.New(of.Elem()))
		v.Elem().Set(filled(random, of.Elem(), name, known))
	case reflect.String:
		v.SetString(word(random, name, known))
	case reflect.Bool:
		v.SetBool(random.IntN(2) == 0)
	case reflect.Int, reflect.Int32, reflect.Int64:
		v.SetInt([]int64{0, 1, -1, 2, 100, 1 << 31, -1 << 62, 1<<62 + 1}[random.IntN(8)])
	case reflect.Float64:
		v.SetFloat([]float64{0, -1, 1e300, 0.1}[random.IntN(4)])
	}
	return v
}

func word(random *rand.Rand, name string, known []string) string {
	switch {
	case name == "Password":
		return canary
	case name == "Server": // nobody is asked but this machine
		return []string{"http://127.0.0.1:1", "https://" + canary + "@127.0.0.1:1", "ftp://127.0.0.1", "127.0.0.1:1/../" + escaped, "::", "https://"}[random.IntN(6)]
	case random.IntN(2) == 0 && strings.HasSuffix(name, "ID"), random.IntN(8) == 0:
		return known[random.IntN(len(known))]
	}
	return odd[random.IntN(len(odd))]
}

// fragment is JSON that is none, or of another shape.
func fragment(random *rand.Rand, whole string) string {
	switch random.IntN(6) {
	case 0:
		return whole[:random.IntN(len(whole)+1)]
	case 1:
		return strings.Repeat(`[{"a":`, 1+random.IntN(20_000))
	case 2:
		return []string{"null", "[]", "{}", "0", `""`, "tru", "", "1e999", "-", `"\ud800"`, "[[[]]]", `{"id":{"id":{}}}`}[random.IntN(12)]
	case 3:
		return strings.ReplaceAll(whole, `"`, `\"`)
	case 4:
		return strings.ReplaceAll(strings.ReplaceAll(whole, ":true", ":[]"), `":"`, `":{"x":"`)
	}
	return whole + whole
}

// TestCase8NoCallBreaksTheProgram calls every bound method with arguments out of
// odd words, in whole and broken JSON.
func TestCase8NoCallBreaksTheProgram(t *testing.T) {
	root := t.TempDir()
	p := newPage(t, Config{Version: "test", Dir: filepath.Join(root, "profile")})
	got(p.session.StartSolo(SoloRequest{Workspace: "Nordlicht Werke", Name: "Mira Sommer", Email: "mira@example.com"})).or(t)
	id := got(p.settled().ticket.Create(CreateRequest{Title: "Pump is leaking"})).or(t).ID
	file := p.attaches(id, "note", "plan.pdf", []byte("plan"))
	must(t, p.compose.Send(ComposeRequest{TicketID: id, Kind: "note", Text: "See the plan."}))
	saved := filepath.Join(root, "saved")
	must(t, os.Mkdir(saved, 0o700))
	p.Window(func(context.Context, string, ...any) {}, func(_ context.Context, name string) (string, error) {
		return filepath.Join(saved, name), nil
	}).Startup(context.Background())
	thread := p.open(id).Thread
	known := []string{id, thread[len(thread)-1].ID, file.ID, got(p.directory.Options()).or(t).People[0].ID}
	doors := doorsOf(p.Facades())
	random := rand.New(rand.NewPCG(8, 8))
	call := func(name string, rounds int) (answered int) {
		for range rounds {
			whole := "null"
			if of := doors[name].Type(); of.NumIn() == 1 {
				whole = string(got(json.Marshal(filled(random, of.In(0), "ID", known).Interface())).or(t))
			}
			for _, argument := range []string{whole, fragment(random, whole)} {
				w := httptest.NewRecorder()
				r := httptest.NewRequest(http.MethodPost, "/api/call/"+name, strings.NewReader(argument))
				r.Host, r.Header = "127.0.0.1", http.Header{"Content-Type": {"application/json"}}
				p.HTTP(pageFiles).ServeHTTP(w, r)
				if w.Code >= http.StatusInternalServerError {
					t.Errorf("%s(%.300s): %d %.300s", name, argument, w.Code, w.Body)
				}
				if w.Code == http.StatusOK {
					answered++
				}
				if strings.Contains(w.Body.String(), canary) {
					t.Errorf("%s repeats a password: %.300s", name, w.Body)
				}
			}
		}
		return answered
	}
	answered := 0
	for _, name := range slices.Sorted(maps.Keys(doors)) {
		if !strings.HasPrefix(name, "Session/") {
			answered += call(name, 40)
		}
	}
	if answered < 100 {
		t.Errorf("only %d calls were answered: nothing was reached", answered)
	}
	for _, name := range []string{"Session/State", "Session/SignIn", "Session/StartSolo", "Session/SignOut"} {
		call(name, 10)
	}
	log := p.log.String()
	if i := strings.Index(log, "call of the page:"); i >= 0 {
		t.Errorf("a call panicked: %.500s", log[i:])
	}
	if strings.Contains(log, canary) {
		t.Error("the log holds a password")
	}
	nothingEscaped(t, root, "profile", "saved")
}

// nothingEscaped looks for files where no call may make one.
func nothingEscaped(t *testing.T, root string, ours ...string) {
	t.Helper()
	for _, entry := range got(os.ReadDir(root)).or(t) {
		if !slices.Contains(ours, entry.Name()) {
			t.Errorf("beside the profile there is %s", entry.Name())
		}
	}
	for _, folder := range []string{".", "..", os.TempDir(), "/"} {
		for _, entry := range got(os.ReadDir(folder)).or(t) {
			if strings.Contains(entry.Name(), escaped) {
				t.Errorf("%s holds %s", folder, entry.Name())
			}
		}
	}
	must(t, filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.Type()&fs.ModeSymlink != 0 {
			return fmt.Errorf("%s: %w", path, err)
		}
		if info, err := entry.Info(); err == nil && !entry.IsDir() && info.Mode()&0o111 != 0 {
			t.Errorf("%s is a program", path)
		}
		return nil
	}))
}

// TestCase12AFileIsMarkedBeforeItHasItsName, and a program is kept from where it
// cannot be marked.
func TestCase12AFileIsMarkedBeforeItHasItsName(t *testing.T) {
	folder := t.TempDir()
	unable := errors.New("this disk knows no marks")
	for _, c := range []struct {
		name  string
		fault error
		code  desk.Code
	}{{"plan.pdf", nil, ""}, {"setup.exe", nil, ""}, {"plan.docx", unable, ""}, {"setup.msi", unable, desk.CodeValidation}, {"run.command", unable, desk.CodeValidation}} {
		to, marked := filepath.Join(folder, c.name), 0
		err := copyMarked(t.Context(), to, strings.NewReader("bytes"), func(part string) error {
			marked++
			if data, err := os.ReadFile(part); err != nil || string(data) != "bytes" {
				t.Errorf("%s: marked as %q, %v", c.name, data, err)
			}
			if _, err := os.Stat(to); err == nil {
				t.Errorf("%s has its name before its mark", c.name)
			}
			return c.fault
		})
		info, missing := os.Stat(to)
		if marked != 1 || (err == nil) != (c.code == "") || err != nil && desk.CodeOf(err) != c.code || (missing == nil) != (err == nil) {
			t.Errorf("%s: marked %d times, %v, %v", c.name, marked, err, missing)
		}
		if missing == nil && info.Mode()&0o111 != 0 {
			t.Errorf("%s may run: %v", c.name, info.Mode())
		}
	}
	if left := got(filepath.Glob(filepath.Join(folder, ".holdall-*"))).or(t); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestCase12WhatCouldRunIsCalledAProgram, whatever its sender wrote around its
// ending.
func TestCase12WhatCouldRunIsCalledAProgram(t *testing.T) {
	for _, name := range []string{
		"setup.exe", "saver.SCR", "invoice.pdf.js", "page.hta", "link.lnk", "disk.iso", "start.desktop", "run.command", "app.msi", "macro.docm", "x.PS1", "page.html", "picture.svg", "help.chm", "remote.rdp", "app.AppImage",
		"invoice\u202efdp.exe", "a.exe.", "a.exe ", "../../a.bat", `C:\a.cmd`,
	} {
		if !isProgram(name) {
			t.Errorf("%q is called harmless", name)
		}
	}
	for _, name := range []string{"plan.pdf", "photo.jpg", "table.xlsx", "mail.eml", "exe", "notes.txt"} {
		if isProgram(name) {
			t.Errorf("%q is called a program", name)
		}
	}
}

// walled is a small PNG that says it is of any size.
func walled(t *testing.T, width, height uint32) []byte {
	t.Helper()
	data := drawing(t)
	binary.BigEndian.PutUint32(data[16:], width)
	binary.BigEndian.PutUint32(data[20:], height)
	binary.BigEndian.PutUint32(data[29:], crc32.ChecksumIEEE(data[12:29]))
	return data
}

// TestCases6And14NoPictureRunsOrUnfoldsToAWall, in a body or as a file: SVG is no
// picture, and nothing is unpacked to be shown.
func TestCases6And14NoPictureRunsOrUnfoldsToAWall(t *testing.T) {
	inBody := func(pictures ...[]byte) string {
		body := ""
		for _, data := range pictures {
			body += `<p>words<img src="data:image/png;base64,` + base64.StdEncoding.EncodeToString(data) + `"></p>`
		}
		return body
	}
	small, large := drawing(t), walled(t, 6_000, 5_000)
	for _, c := range []struct {
		name     string
		pictures [][]byte
		stay     int
	}{
		{"small", [][]byte{small}, 1},
		{"a wall", [][]byte{walled(t, 65_535, 65_535)}, 0},
		{"a stripe", [][]byte{walled(t, 1<<31-1, 1)}, 0},
		{"more than can be counted", [][]byte{walled(t, 1<<31-1, 1<<31-1)}, 0},
		{"many that are a wall together", [][]byte{large, large, large, small}, 2},
		{"no picture", [][]byte{[]byte("\x1f\x8b\x08 a packed file")}, 0},
		{"a wall after a small one", [][]byte{small, walled(t, 20_000, 20_000), small}, 2},
	} {
		clean := withoutWalls(message.Sanitize(inBody(c.pictures...)))
		if n := strings.Count(clean, "src="); n != c.stay || strings.Count(clean, "words") != len(c.pictures) {
			t.Errorf("%s: %d pictures stay, want %d: %.200s", c.name, n, c.stay, clean)
		}
	}
	o := newOffice(t)
	o.mails("t1", "m1", "See the files.")
	files := []struct {
		name, kind string
		data       []byte
		shown      bool
	}{
		{"small.png", "image/png", small, true},
		{"wall.png", "image/png", walled(t, 65_535, 65_535), false},
		{"packed.png", "image/png", []byte("\x1f\x8b\x08\x00 packed"), false},
		{"drawing.svg", "image/svg+xml", []byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`), false},
		{"drawing.svgz", "image/svg+xml", []byte("\x1f\x8b\x08\x00 packed"), false},
		{"archive.zip", "application/zip", []byte("PK\x03\x04"), false},
		{"page.html", "text/html", []byte("<script>alert(1)</script>"), false},
	}
	add := desk.AddMessage{Message: desk.Message{ID: "m2", Kind: desk.FromRequester, Text: "Here."}}
	must(t, o.central.Update(t.Context(), func(tx *store.CentralTx) error {
		for i, f := range files {
			add.Message.Attachments = append(add.Message.Attachments, desk.Attachment{ID: string(rune('a' + i)), Name: f.name, Type: f.kind, Size: int64(len(f.data)), SHA256: sumOf(f.data)})
			if err := errors.Join(tx.PutBlob(sumOf(f.data), f.data), tx.HoldBlob(sumOf(f.data), "m2")); err != nil {
				return err
			}
		}
		return nil
	}))
	o.does(desk.MessageAdd, "t1", add)
	ana := o.laptopOf(o.ana)
	v := ana.sees("the files are announced", "t1", func(v TicketView) bool {
		return len(v.Thread) > 0 && len(v.Thread[len(v.Thread)-1].Attachments) == len(files)
	})
	for i, a := range v.Thread[len(v.Thread)-1].Attachments {
		w := fetch(ana.page, a.URL)
		h := w.Header()
		shown := h.Get("Content-Type") == files[i].kind
		if w.Code != http.StatusOK || !bytes.Equal(w.Body.Bytes(), files[i].data) || h.Get("Content-Encoding") != "" {
			t.Errorf("%s: %d, %v", files[i].name, w.Code, h)
		}
		if shown != files[i].shown || !shown && (h.Get("Content-Type") != "application/octet-stream" || !strings.HasPrefix(h.Get("Content-Disposition"), "attachment")) {
			t.Errorf("%s is served as %v", files[i].name, h)
		}
		if h.Get("Content-Security-Policy") != "default-src 'none'; sandbox" || h.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s may do something: %v", files[i].name, h)
		}
	}
}
