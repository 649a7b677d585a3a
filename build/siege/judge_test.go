//go:build linux

package main

import (
	"encoding/binary"
	"net/netip"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
)

// besieged is a ground on which every wall was reported of, and held.
func besieged() *ground {
	g := newGround([]mail{{"load: a", "{{canary}}"}, {"css: b", "{{name}}"}, {"script: c", "{{run}}"}, {"mutation: d", "{{host}}"}, {"frame: e", ""}}, fstest.MapFS{}, &canary{port: 80})
	for n := range walls {
		g.reports[n] = report{Href: "http://127.0.0.1" + at(n)}
	}
	g.reports[len(walls)-1] = report{Href: at(len(walls) - 1), Ran: 1, knocks: 1}
	return g
}

// heardAtLast are the packets of mails without walls.
func heardAtLast() map[string]int {
	return map[string]int{"127.16.1.1:80": 1, "name m2.w16.canary.example": 1, "127.16.3.1:80": 2, "127.16.4.1:80": 1, "127.16.5.1:80": 1}
}

func TestOnlySilenceHolds(t *testing.T) {
	for _, c := range []struct {
		name  string
		plant func(*ground, map[string]int)
		want  string // in the fault; "" is none
	}{
		{"silence", func(*ground, map[string]int) {}, ""},
		{"the browser on its own account", func(_ *ground, p map[string]int) { p["name update.example.com"] = 9 }, ""},
		{"a connection", func(_ *ground, p map[string]int) { p["127.10.1.1:80"] = 1 }, `everything: "load: a" was heard 1 times`},
		{"a lookup", func(_ *ground, p map[string]int) { p["name m2.w14.canary.example"] = 2 }, `the program's sanitiser alone: "css: b" was heard 2 times`},
		{"a script", func(g *ground, _ map[string]int) { g.reports[1] = report{Href: at(1), Ran: 1} }, "policy and sandbox: 1 scripts ran"},
		{"a call", func(g *ground, _ map[string]int) { g.reports[3] = report{Href: at(3), knocks: 2} }, "2 called into the program"},
		{"a link", func(g *ground, _ map[string]int) { g.reports[0] = report{Href: at(0), Doors: 1} }, "1 elements of mails lead somewhere"},
		{"a page led away", func(g *ground, _ map[string]int) { g.reports[2] = report{Href: "http://127.12.1.1/top"} }, "the page is at"},
		{"a page that never reported", func(g *ground, _ map[string]int) { delete(g.reports, 4) }, "the page is at"},
		{"a deaf canary", func(_ *ground, p map[string]int) { clear(p) }, "asleep"},
		{"mails of one kind", func(_ *ground, p map[string]int) { delete(p, "127.16.5.1:80") }, "asleep"},
		{"mute scripts", func(g *ground, _ map[string]int) { g.reports[6] = report{Href: at(6), knocks: 1} }, "asleep"},
	} {
		g, packets := besieged(), heardAtLast()
		c.plant(g, packets)
		err := g.judge(packets)
		if faults := strings.Join(g.faults, "\n"); (err == nil) != (c.want == "") || !strings.Contains(faults, c.want) {
			t.Errorf("%s: %v, faults %q", c.name, err, faults)
		}
	}
}

// TestTheTapKnowsWhoIsMeant: what is noted of packets, made by hand.
func TestTheTapKnowsWhoIsMeant(t *testing.T) {
	tcp := func(flags byte) []byte {
		data := make([]byte, 20)
		binary.BigEndian.PutUint16(data[2:], 8080)
		data[13] = flags
		return data
	}
	ip := func(to string, protocol byte, data []byte) []byte {
		a := netip.MustParseAddr(to)
		if a.Is4() {
			head := make([]byte, 20)
			head[0], head[9] = 0x45, protocol
			copy(head[16:], a.AsSlice())
			return append(head, data...)
		}
		head := make([]byte, 40)
		head[0], head[6] = 0x60, protocol
		copy(head[24:], a.AsSlice())
		return append(head, data...)
	}
	query := append(make([]byte, 8+12), "\x02m7\x03W16\x06canary\x07example\x00\x00\x01"...)
	binary.BigEndian.PutUint16(query[2:], 53)
	for _, c := range []struct {
		packet []byte
		want   string // "" is nothing
	}{
		{ip("127.12.3.1", syscall.IPPROTO_TCP, tcp(0x02)), "127.12.3.1:8080"},
		{ip("::1", syscall.IPPROTO_TCP, tcp(0x02)), "[::1]:8080"},
		{ip("127.12.3.1", syscall.IPPROTO_TCP, tcp(0x12)), ""}, // an answer
		{ip("127.12.3.1", syscall.IPPROTO_TCP, tcp(0x10)[:9]), ""},
		{ip("127.0.0.1", syscall.IPPROTO_UDP, query), "name m7.w16.canary.example"},
		{ip("127.12.3.1", syscall.IPPROTO_UDP, tcp(0)), "127.12.3.1:8080"},
		{ip("127.0.0.1", syscall.IPPROTO_ICMP, tcp(0)), ""},
		{[]byte{0x4f, 0, 0}, ""},
	} {
		tap := &tap{packets: map[string]int{}}
		tap.note(c.packet)
		if got := tap.packets; c.want == "" && len(got) > 0 || c.want != "" && got[c.want] != 1 {
			t.Errorf("%x: noted %v, want %q", c.packet, got, c.want)
		}
	}
	if wall, number, known := culprit("name m7.w16.canary.example"); wall != 6 || number != 6 || !known {
		t.Errorf("of wall %d, mail %d, %v", wall, number, known)
	}
	if _, _, known := culprit("127.0.0.1:80"); known {
		t.Error("this machine's own address is taken for a mail's")
	}
}
