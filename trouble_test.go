package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"holdall/app"
)

func TestAnApologyIsOnlyText(t *testing.T) {
	page := fstest.MapFS{
		"assets/index-1.css": {Data: []byte("body{}")},
		"assets/index-1.js":  {Data: []byte("window.secret")},
		"index.html":         {Data: []byte("<script src=assets/index-1.js></script>")},
	}
	door := app.Policy(apology(page, `The profile "<script>alert(1)</script>" & more cannot be opened.`))
	for _, path := range []string{"/", "/index.html", "/assets/index-1.js", "/asset/none"} {
		answer := httptest.NewRecorder()
		door.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, path, nil))
		body := answer.Body.String()
		if answer.Code != http.StatusOK || strings.Contains(body, "<script") || strings.Contains(body, "secret") {
			t.Errorf("%s: %d %s", path, answer.Code, body)
		}
		if !strings.Contains(body, "&lt;script&gt;alert(1)&lt;/script&gt;") || !strings.Contains(body, `href="/assets/index-1.css"`) {
			t.Errorf("%s: %s", path, body)
		}
		if !strings.Contains(answer.Header().Get("Content-Security-Policy"), "default-src 'none'") {
			t.Errorf("%s: no policy", path)
		}
	}
}

func TestAnApologyHasThePagesStyles(t *testing.T) {
	page := fstest.MapFS{"assets/index-1.css": {Data: []byte("body{}")}}
	answer := httptest.NewRecorder()
	apology(page, "It is full.").ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/assets/index-1.css", nil))
	if answer.Body.String() != "body{}" || !strings.HasPrefix(answer.Header().Get("Content-Type"), "text/css") {
		t.Errorf("%s %s", answer.Header().Get("Content-Type"), answer.Body)
	}
}
