package picture

import (
	"bytes"
	"encoding/base64"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
)

var pixel, _ = base64.StdEncoding.DecodeString("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")

func anywhere(netip.Addr) bool { return true }

// gallery serves pictures, and things that are none.
func gallery(t *testing.T) (address string, asked *atomic.Pointer[http.Request]) {
	asked = &atomic.Pointer[http.Request]{}
	routes := http.NewServeMux()
	routes.HandleFunc("/gif", func(w http.ResponseWriter, r *http.Request) {
		asked.Store(r)
		w.Header().Set("Set-Cookie", "reader=1")
		w.Write(pixel)
	})
	routes.HandleFunc("/lies", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "image/png")
		w.Write([]byte("<html><script>alert(1)</script>"))
	})
	routes.HandleFunc("/svg", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "image/svg+xml")
		w.Write([]byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`))
	})
	routes.HandleFunc("/large", func(w http.ResponseWriter, _ *http.Request) {
		w.Write(pixel)
		w.Write(bytes.Repeat([]byte{0}, Most))
	})
	wall := bytes.Clone(pixel)
	copy(wall[6:], "\xff\xff\xff\xff") // 65,535 on a side
	routes.HandleFunc("/wall", func(w http.ResponseWriter, _ *http.Request) { w.Write(wall) })
	routes.HandleFunc("/gone", http.NotFound)
	routes.Handle("/moved", http.RedirectHandler("/gif", http.StatusFound))
	routes.Handle("/round", http.RedirectHandler("/round", http.StatusFound))
	routes.Handle("/file", http.RedirectHandler("file:///etc/passwd", http.StatusFound))
	server := httptest.NewServer(routes)
	t.Cleanup(server.Close)
	return server.URL, asked
}

func TestAPictureIsFetchedAndNothingElse(t *testing.T) {
	address, asked := gallery(t)
	f := &Fetcher{Allow: anywhere}
	for path, want := range map[string]error{
		"/gif": nil, "/moved": nil, "/lies": ErrNoPicture, "/svg": ErrNoPicture, "/large": ErrNoPicture, "/wall": ErrNoPicture, "/gone": ErrNoPicture,
		"/round": ErrForbidden, "/file": ErrForbidden,
	} {
		p, err := f.Fetch(t.Context(), address+path)
		if !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", path, err, want)
		}
		if want == nil && (p.Type != "image/gif" || !bytes.Equal(p.Data, pixel)) {
			t.Errorf("%s: %s, %d bytes", path, p.Type, len(p.Data))
		}
	}
	for name := range asked.Load().Header {
		if !strings.Contains(" User-Agent Accept Accept-Encoding Connection ", " "+name+" ") {
			t.Errorf("the sender is told %s", name)
		}
	}
}

func TestNothingIsFetchedFromOddAddresses(t *testing.T) {
	f := &Fetcher{Allow: anywhere}
	for _, address := range []string{
		"", "picture.png", "file:///etc/passwd", "ftp://127.0.0.1/a.png", "gopher://127.0.0.1/", "data:image/png;base64,AA==", "https://", "http://me:secret@127.0.0.1/a.png", "http://[::1",
	} {
		if _, err := f.Fetch(t.Context(), address); !errors.Is(err, ErrForbidden) {
			t.Errorf("%q: %v", address, err)
		}
	}
}

// TestAMailLeadsNobodyInside: SECURITY case 44. Whatever the address is written
// as, what is dialled is judged.
func TestAMailLeadsNobodyInside(t *testing.T) {
	address, asked := gallery(t)
	_, port, _ := strings.Cut(strings.TrimPrefix(address, "http://"), ":")
	f := &Fetcher{}
	for _, host := range []string{"127.0.0.1", "localhost", "127.1", "0x7f000001", "2130706433", "0", "[::1]", "[::ffff:127.0.0.1]", "[::]"} {
		if _, err := f.Fetch(t.Context(), "http://"+host+":"+port+"/gif"); err == nil {
			t.Errorf("%s was reached", host)
		}
	}
	if asked.Load() != nil {
		t.Error("the server on this machine was asked")
	}
	outside := httptest.NewServer(http.RedirectHandler(address+"/gif", http.StatusFound))
	defer outside.Close()
	first := true
	f.Allow = func(netip.Addr) bool { // the first place is public, the second is not
		was := first
		first = false
		return was
	}
	if _, err := f.Fetch(t.Context(), outside.URL); !errors.Is(err, ErrForbidden) || asked.Load() != nil {
		t.Errorf("a redirect led inside: %v", err)
	}
}

func TestWhatIsPublic(t *testing.T) {
	for _, a := range []string{"8.8.8.8", "93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:8.8.8.8"} {
		if !Public(netip.MustParseAddr(a)) {
			t.Errorf("%s is public", a)
		}
	}
	for _, a := range []string{
		"127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "0.1.2.3", "224.0.0.1", "255.255.255.255", "198.18.0.1", "192.0.2.1",
		"::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1", "2001:0:1::1",
	} {
		if Public(netip.MustParseAddr(a)) {
			t.Errorf("%s is not public", a)
		}
	}
}

// TestAnErrorNamesNoReader: an address may carry who reads.
func TestAnErrorNamesNoReader(t *testing.T) {
	_, err := (&Fetcher{}).Fetch(t.Context(), "http://127.0.0.1:1/open/annika-petersen-token")
	if err == nil || strings.Contains(err.Error(), "annika") {
		t.Errorf("%v", err)
	}
}
