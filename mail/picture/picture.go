// Package picture fetches a picture that a mail refers to, and promises to tell
// its sender as little as can be and to be led nowhere: only to a public address
// of the internet, by HTTP or HTTPS, without cookies, referrer or sign-in, and
// back with nothing but a picture that can do nothing but be seen.
//
// A name is resolved once and the very address that was judged is dialled, so
// that a name which changes its answer between the two gains nothing (DNS
// rebinding). It is asked for by a person only, never because a mail is shown.
package picture

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	_ "image/gif" // the formats that are looked into
	_ "image/jpeg"
	_ "image/png"
	"io"
	"math"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"syscall"
	"time"

	_ "golang.org/x/image/bmp"
	_ "golang.org/x/image/webp"
)

// Picture is what came back.
type Picture struct {
	Type string // one of Types
	Data []byte
}

// Types are the pictures that can be shown. SVG is none of them: it can load and
// run.
var Types = []string{"image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp"}

// The limits of one picture.
const (
	Most      = 5 << 20    // bytes
	Pixels    = 50_000_000 // unfolded
	redirects = 3
	wait      = 15 * time.Second
)

var (
	// ErrForbidden is an address that nothing is fetched from.
	ErrForbidden = errors.New("the address leads to no public place of the internet")
	// ErrNoPicture is an answer that is none of Types, or too large.
	ErrNoPicture = errors.New("there is no picture at the address")
)

// Fetcher fetches pictures. The zero value is for use.
type Fetcher struct {
	// Allow judges an address that a name led to; nil: Public.
	Allow func(netip.Addr) bool
}

// Fetch reads the picture at an address. It fails with ErrForbidden or
// ErrNoPicture, or because the network does.
func (f *Fetcher) Fetch(ctx context.Context, address string) (Picture, error) {
	ctx, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	ask, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil || !plain(ask.URL) {
		return Picture{}, ErrForbidden
	}
	ask.Header.Set("User-Agent", "Mozilla/5.0") // says no more than any browser
	ask.Header.Set("Accept", "image/png, image/jpeg, image/gif, image/webp, image/bmp")
	transport := f.transport()
	defer transport.CloseIdleConnections()
	answer, err := (&http.Client{Transport: transport, CheckRedirect: follow}).Do(ask)
	if err != nil {
		return Picture{}, fmt.Errorf("fetch a picture from %s: %w", ask.URL.Host, cause(err))
	}
	defer answer.Body.Close()
	return read(answer)
}

// cause is an error without the address it speaks of, whose path may name the
// reader.
func cause(err error) error {
	var told *url.Error
	if errors.As(err, &told) {
		return told.Err
	}
	return err
}

func read(answer *http.Response) (Picture, error) {
	if answer.StatusCode != http.StatusOK || answer.ContentLength > Most {
		return Picture{}, fmt.Errorf("%w: %s", ErrNoPicture, answer.Status)
	}
	data, err := io.ReadAll(io.LimitReader(answer.Body, Most+1))
	if err != nil {
		return Picture{}, fmt.Errorf("read a picture: %w", err)
	}
	// The bytes decide: a header is the sender's word.
	kind := http.DetectContentType(data)
	if len(data) > Most || !slices.Contains(Types, kind) || !Bearable(bytes.NewReader(data)) {
		return Picture{}, ErrNoPicture
	}
	return Picture{kind, data}, nil
}

// Bearable reports whether a picture is what it says and of a size that a window
// can hold: few bytes may unfold to a wall (SECURITY case 14).
func Bearable(data io.Reader) bool {
	n := Unfolded(data)
	return n > 0 && n <= Pixels
}

// Unfolded is how many pixels a picture says it has, 0 if it is none.
func Unfolded(data io.Reader) int {
	size, _, err := image.DecodeConfig(data)
	if err != nil || size.Width <= 0 || size.Height <= 0 || size.Width > math.MaxInt32 || size.Height > math.MaxInt32 {
		return 0
	}
	return size.Width * size.Height
}

// plain reports whether an address is one that a browser would show in full: no
// sign-in in it, and no odd scheme.
func plain(u *url.URL) bool {
	return (u.Scheme == "https" || u.Scheme == "http") && u.User == nil && u.Hostname() != ""
}

func follow(next *http.Request, before []*http.Request) error {
	if len(before) > redirects || !plain(next.URL) {
		return ErrForbidden
	}
	next.Header.Del("Referer")
	return nil
}

// transport goes through no proxy: that would resolve names by its own lights.
func (f *Fetcher) transport() *http.Transport {
	dialer := &net.Dialer{Timeout: wait / 3, Control: f.judge}
	return &http.Transport{
		DialContext: dialer.DialContext, TLSHandshakeTimeout: wait / 3, ResponseHeaderTimeout: wait / 2,
		MaxResponseHeaderBytes: 64 << 10, DisableKeepAlives: true,
	}
}

// judge looks at the address that is about to be dialled, after its name was
// resolved.
func (f *Fetcher) judge(_, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return ErrForbidden
	}
	allow := f.Allow
	if allow == nil {
		allow = Public
	}
	if !allow(at.Addr()) || at.Port() != 80 && at.Port() != 443 && f.Allow == nil {
		return ErrForbidden
	}
	return nil
}
