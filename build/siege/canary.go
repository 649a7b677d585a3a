//go:build linux

package main

import (
	"errors"
	"io"
	"log"
	"net"
	"net/http"
)

// canary answers at every address of this network, so that who calls gets as
// far as he would, and looks at the packets.
type canary struct {
	tap    *tap
	port   int
	server *http.Server
}

func listen() (*canary, error) {
	tap, err := openTap()
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp4", "0.0.0.0:0")
	if err != nil {
		return nil, errors.Join(err, tap.Close())
	}
	c := &canary{tap: tap, port: listener.Addr().(*net.TCPAddr).Port}
	c.server = &http.Server{Handler: http.HandlerFunc(answer), ErrorLog: log.New(io.Discard, "", 0)}
	go func() { _ = c.server.Serve(listener) }() // ends with Close
	return c, nil
}

// answer lets any origin read it: a script that got this far shall get on.
func answer(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Access-Control-Allow-Origin", "*")
	w.Header().Set("Connection", "close")
}

func (c *canary) Close() error { return errors.Join(c.server.Close(), c.tap.Close()) }
