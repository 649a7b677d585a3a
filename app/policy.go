package app

import "net/http"

// contentPolicy lets the page load nothing from outside and nobody frame, send
// or script anything but the page itself (SECURITY.md 3.5). It is the second of
// the three layers around a mail's HTML.
const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; " +
	"img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; frame-src 'self' about:; " +
	"base-uri 'none'; form-action 'none'; object-src 'none'"

// Policy sets the content policy on every answer, in the window and over HTTP.
func Policy(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", contentPolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		next.ServeHTTP(w, r)
	})
}
