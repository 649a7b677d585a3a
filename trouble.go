package main

import (
	_ "embed"
	"html/template"
	"io/fs"
	"net/http"
	"path"
)

// troublePage is all that the window shows when the profile cannot be opened.
//
//go:embed trouble.html
var troublePage string

var troubleTemplate = template.Must(template.New("trouble").Parse(troublePage))

// apology answers every request but those for the page's own styles with one
// sentence. Nothing of the program behind it can be called.
func apology(page fs.FS, sentence string) http.Handler {
	styles, _ := fs.Glob(page, "assets/*.css") // its only error is a malformed pattern
	files := http.FileServerFS(page)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if path.Ext(r.URL.Path) == ".css" || path.Ext(r.URL.Path) == ".woff2" {
			files.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(http.StatusOK)
		_ = troubleTemplate.Execute(w, map[string]any{"Styles": styles, "Sentence": sentence})
	})
}
