package ordeal

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/Shopify/toxiproxy/v2"
	"github.com/Shopify/toxiproxy/v2/toxics"
	"github.com/rs/zerolog"
)

func init() { toxics.Register("held", new(held)) }

// held lets nothing through and loses nothing: what is sent into a network that
// is parted waits there, and goes on when it has healed (RFC 9293 §3.8.1).
type held struct{}

// Pipe holds until it is taken away.
func (*held) Pipe(stub *toxics.ToxicStub) { <-stub.Interrupt }

// letThrough passes on what comes until the connection is to be cut, and of that
// piece as much as cuts lets.
func letThrough(stub *toxics.ToxicStub, cuts func(data []byte) (let int, cut bool)) {
	for {
		select {
		case <-stub.Interrupt:
			return
		case chunk := <-stub.Input:
			if chunk == nil {
				stub.Close()
				return
			}
			let, cut := cuts(chunk.Data)
			if chunk.Data = chunk.Data[:let]; let > 0 {
				stub.Output <- chunk
			}
			if cut {
				stub.Close()
				return
			}
		}
	}
}

// link is the network between a program and the server it talks to.
type link struct {
	t     testing.TB
	proxy *toxiproxy.Proxy
	parts []string // toxics in it
}

// lay leads from a free port of loopback to an address.
func lay(t testing.TB, to string) *link {
	t.Helper()
	server := toxiproxy.NewServer(toxiproxy.NewMetricsContainer(nil), zerolog.Nop())
	l := &link{t: t, proxy: toxiproxy.NewProxy(server, "link", "127.0.0.1:0", to)}
	must(t, l.proxy.Start())
	t.Cleanup(func() { l.heal(); l.proxy.Stop() })
	return l
}

func (l *link) url() string { return "http://" + l.proxy.Listen }

// partition is a way for a network to fail.
type partition string

const (
	whole partition = "none"
	in    partition = "in"  // nothing reaches the laptop
	out   partition = "out" // nothing leaves it
	all   partition = "all" // neither
	torn  partition = "cut" // connections end, new ones are refused
)

var partitions = []partition{whole, in, out, all, torn}

// part lets the network fail.
func (l *link) part(p partition) {
	l.t.Helper()
	switch p {
	case in:
		l.toxic("held", "downstream", "{}")
	case out:
		l.toxic("held", "upstream", "{}")
	case all:
		l.toxic("held", "downstream", "{}")
		l.toxic("held", "upstream", "{}")
	case torn:
		l.proxy.Stop()
	}
}

// toxic puts something into one direction.
func (l *link) toxic(kind, direction, attributes string) {
	l.t.Helper()
	made, err := l.proxy.Toxics.AddToxicJson(strings.NewReader(
		fmt.Sprintf(`{"type": %q, "stream": %q, "attributes": %s}`, kind, direction, attributes)))
	must(l.t, err)
	l.parts = append(l.parts, made.Name)
}

// heal lets everything through again.
func (l *link) heal() {
	for _, name := range l.parts {
		must(l.t, l.proxy.Toxics.RemoveToxic(context.Background(), name))
	}
	l.parts = nil
	if !l.proxy.Enabled {
		must(l.t, l.proxy.Start())
	}
}
