//go:build linux

package main

import (
	"fmt"
	"net"
	"net/http"
)

// serve shows the mails over HTTP, and says where.
func (g *ground) serve() error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("serve the page: %w", err)
	}
	g.canary.tap.leave(listener.Addr().(*net.TCPAddr).AddrPort())
	server := &http.Server{Handler: g.handler}
	go func() { _ = server.Serve(listener) }() // ends with Close
	defer server.Close()
	fmt.Println("the mails are at http://" + listener.Addr().String())
	return g.wait()
}
