package simulation

import (
	"fmt"
	"runtime/debug"
)

// violation is a promise that a world has broken.
type violation struct {
	seed      uint64
	step      int
	invariant string // I1 to I16 of the design; "fault" where an engine failed
	text      string
}

func (v *violation) Error() string {
	return fmt.Sprintf("seed %d, step %d: %s: %s", v.seed, v.step, v.invariant, v.text)
}

// fail ends the world, or the story it belongs to: a promise is broken.
func (w *world) fail(invariant, format string, args ...any) {
	v := &violation{w.seed, w.step, invariant, fmt.Sprintf(format, args...)}
	if w.t != nil {
		w.t.Fatal(v)
	}
	panic(v)
}

// check ends the world if something failed that may not fail.
func (w *world) check(err error) {
	if err != nil {
		w.fail("fault", "%v", err)
	}
}

// recovered turns a violation into an error. An engine that panics breaks the
// first promise of all.
func recovered(err *error) {
	switch v := recover().(type) {
	case nil:
	case *violation:
		*err = v
	default:
		*err = &violation{invariant: "fault", text: fmt.Sprintf("%v\n%s", v, debug.Stack())}
	}
}
