package main

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestAPulledCableCarriesNothing(t *testing.T) {
	far := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "here") }))
	t.Cleanup(far.Close)
	s := &stage{dir: t.TempDir()}
	c, err := s.layCable(strings.TrimPrefix(far.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.clear(); err != nil {
			t.Error(err)
		}
	})
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	ask := func() string {
		reply, err := client.Get(c.url())
		if err != nil {
			return "nothing"
		}
		defer reply.Body.Close()
		text, _ := io.ReadAll(reply.Body)
		return string(text)
	}
	open, err := net.Dial("tcp", c.listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer open.Close()
	if got := ask(); got != "here" {
		t.Errorf("plugged in: %s", got)
	}
	c.pull()
	if n, err := open.Read(make([]byte, 1)); err == nil {
		t.Errorf("an open connection read %d bytes", n)
	}
	if got := ask(); got != "nothing" {
		t.Errorf("pulled: %s", got)
	}
	c.plug()
	if got := ask(); got != "here" {
		t.Errorf("plugged in again: %s", got)
	}
}

func TestAStageEndsTheLastFirst(t *testing.T) {
	order := ""
	s := &stage{dir: t.TempDir()}
	for _, name := range []string{"hub ", "laptop ", "window "} {
		s.ending = append(s.ending, func() error { order += name; return nil })
	}
	if err := s.clear(); err != nil || order != "window laptop hub " {
		t.Errorf("%q, %v", order, err)
	}
}
