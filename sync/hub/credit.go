package hub

import "holdall/sync/protocol"

// credit bounds what is on its way to a device (SPEC P7): a slow one is not
// buffered for.
type credit struct {
	sent  int64 // pages, ever
	sizes []int // bytes of the pages not yet answered, oldest first
	bytes int   // their sum
}

// spend counts a page and numbers it.
func (c *credit) spend(page protocol.Rows) int64 {
	size := 0
	for _, row := range page.Rows {
		size += len(row.Record.Body)
	}
	c.sent++
	c.sizes = append(c.sizes, size)
	c.bytes += size
	return c.sent
}

// answer frees what the device has taken in up to page n. A number that was
// never sent, or is answered already, frees nothing.
func (c *credit) answer(n int64) {
	if n > c.sent {
		return
	}
	for c.sent-int64(len(c.sizes)) < n {
		c.bytes -= c.sizes[0]
		c.sizes = c.sizes[1:]
	}
}

// used reports whether the device must answer first.
func (c *credit) used() bool {
	return c.bytes >= protocol.UnansweredBytes || len(c.sizes) >= protocol.UnansweredPages
}
