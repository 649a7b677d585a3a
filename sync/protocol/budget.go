package protocol

import (
	"errors"

	"golang.org/x/time/rate"
)

// Frames that a device may send a hub (SPEC P33): many more than one that keeps
// to the conversation has reason to.
const (
	framesASecond = 1000
	framesAtOnce  = 10_000
)

// ErrFlood is a device that sends more frames than it has reason to.
var ErrFlood = errors.New("more frames than a conversation needs")

// budget counts the frames of a connection; nil counts nothing.
type budget struct{ *rate.Limiter }

func newBudget() *budget { return &budget{rate.NewLimiter(framesASecond, framesAtOnce)} }

func (b *budget) spend() error {
	if b != nil && !b.Allow() {
		return ErrFlood
	}
	return nil
}
