package main

import (
	"errors"
	"io"
	"net"
	"sync"
)

// cable leads to a server and can be pulled: then nothing answers at its end,
// as on a train.
type cable struct {
	listener net.Listener
	to       string
	mu       sync.Mutex
	pulled   bool
	conns    map[net.Conn]bool
	running  sync.WaitGroup
}

// layCable leads from a free port of this machine to an address.
func (s *stage) layCable(to string) (*cable, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	c := &cable{listener: listener, to: to, conns: map[net.Conn]bool{}}
	c.running.Go(c.accept)
	s.ending = append(s.ending, c.end)
	return c, nil
}

func (c *cable) url() string { return "http://" + c.listener.Addr().String() }

func (c *cable) accept() {
	for {
		near, err := c.listener.Accept()
		if err != nil {
			return
		}
		far, err := net.Dial("tcp", c.to)
		if err != nil || !c.keep(near, far) {
			near.Close()
			if far != nil {
				far.Close()
			}
			continue
		}
		c.running.Go(func() { c.carry(near, far) })
		c.running.Go(func() { c.carry(far, near) })
	}
}

func (c *cable) keep(conns ...net.Conn) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, conn := range conns {
		c.conns[conn] = true
	}
	return !c.pulled
}

// carry ends both directions with the first that ends.
func (c *cable) carry(from, to net.Conn) {
	_, _ = io.Copy(to, from) // an end is an end
	from.Close()
	to.Close()
}

// pull cuts every connection and lets no new one through.
func (c *cable) pull() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pulled = true
	for conn := range c.conns {
		conn.Close()
	}
	clear(c.conns)
}

// plug lets connections through again.
func (c *cable) plug() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pulled = false
}

func (c *cable) end() error {
	c.pull()
	err := c.listener.Close()
	c.running.Wait()
	if errors.Is(err, net.ErrClosed) {
		return nil
	}
	return err
}
