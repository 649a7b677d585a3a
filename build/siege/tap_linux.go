package main

import (
	"encoding/binary"
	"fmt"
	"maps"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"
)

// tap sees every packet of this network, whatever it is for.
type tap struct {
	socket  int
	reading sync.WaitGroup
	mu      sync.Mutex
	own     []netip.AddrPort // where the page itself is served
	packets map[string]int   // that asked for something, by whom they asked
	last    time.Time        // of those that a mail is to blame for
}

const everyProtocol = 0x0300 // ETH_P_ALL in the order of the network

func openTap() (*tap, error) {
	socket, err := syscall.Socket(syscall.AF_PACKET, syscall.SOCK_DGRAM|syscall.SOCK_CLOEXEC, everyProtocol)
	if err != nil {
		return nil, fmt.Errorf("look at packets: %w", err)
	}
	patience := syscall.Timeval{Usec: 50_000} // so that it sees when it is to end
	if err := syscall.SetsockoptTimeval(socket, syscall.SOL_SOCKET, syscall.SO_RCVTIMEO, &patience); err != nil {
		return nil, fmt.Errorf("look at packets: %w", err)
	}
	t := &tap{socket: socket, packets: map[string]int{}}
	t.reading.Go(t.read)
	return t, nil
}

func (t *tap) read() {
	packet := make([]byte, 64<<10)
	for {
		n, from, err := syscall.Recvfrom(t.socket, packet, 0)
		switch {
		case err == syscall.EAGAIN || err == syscall.EINTR:
			if t.ended() {
				return
			}
		case err != nil:
			return
		default:
			if link, ok := from.(*syscall.SockaddrLinklayer); !ok || link.Pkttype != syscall.PACKET_OUTGOING {
				t.note(packet[:n])
			}
		}
	}
}

func (t *tap) ended() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.packets == nil
}

// note keeps what a packet asks of whom: each that opens a connection or stands
// for itself.
func (t *tap) note(packet []byte) {
	to, protocol, data, ok := unwrap(packet)
	if !ok || len(data) < 8 {
		return
	}
	at := netip.AddrPortFrom(to, binary.BigEndian.Uint16(data[2:]))
	what := at.String()
	switch protocol {
	case syscall.IPPROTO_TCP:
		const syn, ack = 0x02, 0x10
		if len(data) < 20 || data[13]&(syn|ack) != syn {
			return
		}
	case syscall.IPPROTO_UDP:
		if at.Port() == 53 {
			what = "name " + asked(data[8:])
		}
	default:
		return // an answer that nobody is there
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.packets == nil || slices.Contains(t.own, at) {
		return
	}
	t.packets[what]++
	if _, _, known := culprit(what); known {
		t.last = time.Now()
	}
}

// quiet returns when no mail has been heard for a while: some things of a page
// load only after others have failed. A mail that calls without end is not
// waited for.
func (t *tap) quiet() {
	const still, most = 1500 * time.Millisecond, 20 * time.Second
	for begun := time.Now(); time.Since(begun) < most; time.Sleep(still / 10) {
		t.mu.Lock()
		last := t.last
		t.mu.Unlock()
		if time.Since(last) > still && time.Since(begun) > still {
			return
		}
	}
}

// unwrap takes the outer header off (RFC 791, RFC 8200; no extensions are sent
// on this machine).
func unwrap(packet []byte) (to netip.Addr, protocol byte, data []byte, ok bool) {
	switch {
	case len(packet) >= 20 && packet[0]>>4 == 4:
		head := int(packet[0]&15) * 4
		if head > len(packet) {
			return to, 0, nil, false
		}
		return netip.AddrFrom4([4]byte(packet[16:20])), packet[9], packet[head:], true
	case len(packet) >= 40 && packet[0]>>4 == 6:
		return netip.AddrFrom16([16]byte(packet[24:40])), packet[6], packet[40:], true
	}
	return to, 0, nil, false
}

// asked is the name that a lookup is for (RFC 1035 §4.1).
func asked(query []byte) string {
	var labels []string
	for at := 12; at < len(query) && query[at] > 0; {
		end := at + 1 + int(query[at])
		if end > len(query) {
			break
		}
		labels = append(labels, string(query[at+1:end]))
		at = end
	}
	return strings.ToLower(strings.Join(labels, "."))
}

// leave lets the page itself be loaded from an address.
func (t *tap) leave(at netip.AddrPort) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.own = append(t.own, at)
}

// seen is all that was asked for, by whom it was asked.
func (t *tap) seen() map[string]int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return maps.Clone(t.packets)
}

func (t *tap) Close() error {
	t.mu.Lock()
	t.packets = nil
	t.mu.Unlock()
	t.reading.Wait()
	return syscall.Close(t.socket)
}

var (
	byAddress = regexp.MustCompile(`^127\.(\d+)\.(\d+)\.1:\d+$`)
	byName    = regexp.MustCompile(`^name m(\d+)\.w(\d+)\.canary\.example$`)
)

// culprit is the wall and the mail that a packet is due to, as they are counted.
func culprit(what string) (wall, number int, known bool) {
	if m := byAddress.FindStringSubmatch(what); m != nil {
		_, err := fmt.Sscan(m[1]+" "+m[2], &wall, &number)
		return wall - firstNet, number - 1, err == nil && wall >= firstNet
	}
	if m := byName.FindStringSubmatch(what); m != nil {
		_, err := fmt.Sscan(m[2]+" "+m[1], &wall, &number)
		return wall - firstNet, number - 1, err == nil && wall >= firstNet
	}
	return 0, 0, false
}
