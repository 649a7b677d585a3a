package message

import "fmt"

// Excess is a budget of the reader that a mail goes beyond: so much of one thing
// that it was made to exhaust whoever reads it, or is no letter to anybody. The
// Message beside it holds what was read until then, which is not the mail.
type Excess struct {
	Of string // what there is too much of, with its measure
}

func (e *Excess) Error() string { return "the mail has " + e.Of }

// exceeds notes the first budget that is spent.
func (m *Message) exceeds(e *Excess) {
	m.problem(e.Error())
	if m.over == nil {
		m.over = e
	}
}

// size is a number of bytes as a person says it.
func size(n int) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%d MiB", n>>20)
	case n >= 1<<10:
		return fmt.Sprintf("%d KiB", n>>10)
	}
	return fmt.Sprintf("%d bytes", n)
}
