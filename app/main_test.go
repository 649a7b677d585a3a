package app

import (
	"testing"

	"go.uber.org/goleak"
)

// Whatever a test sets going has ended when it ends: workspaces, hubs, streams.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }
