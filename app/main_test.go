package app

import (
	"testing"

	"holdall/desk"

	"go.uber.org/goleak"
)

// Whatever a test sets going has ended when it ends: workspaces, hubs, streams.
func TestMain(m *testing.M) {
	desk.Lifting(desk.TimeLog, relaid)
	goleak.VerifyTestMain(m)
}
