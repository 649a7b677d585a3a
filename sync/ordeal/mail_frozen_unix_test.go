//go:build unix

package ordeal

import (
	"syscall"
	"testing"
)

// TestAFrozenNodeDoublesNoAnswer freezes nodes instead of killing them, until another
// has taken over and sent: what a node does that goes on as if it still had its turn
// leaves no answer and no copy of it twice, but where a killed one would (SPEC P55).
func TestAFrozenNodeDoublesNoAnswer(t *testing.T) {
	t.Parallel()
	b := openBureau(t, postgresHub(t), 2)
	b.killer.freeze, b.killer.thaw = signalled(syscall.SIGSTOP), signalled(syscall.SIGCONT)
	b.toTheEnd(t)
}

func signalled(s syscall.Signal) func(*program) {
	return func(p *program) { _ = p.process.Process.Signal(s) } // it may be gone already
}
