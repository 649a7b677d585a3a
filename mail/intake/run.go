package intake

import (
	"context"
	"fmt"
	"time"
)

// The pauses after the first and the second failed try; the third failure puts
// the mail into quarantine.
var pauses = []time.Duration{time.Minute, 15 * time.Minute}

// groupSize is how many mails share a transaction.
const groupSize = 64

// Run converts what is filed and due, until nothing is, and tells progress
// after each group. Its error is of the Sink: what one mail causes is counted
// against that mail.
func (c *Converter) Run(ctx context.Context, progress func(done int)) error {
	for {
		entries, err := c.Sink.Pending(ctx, c.now(), groupSize)
		if err != nil {
			return fmt.Errorf("list filed mails: %w", err)
		}
		if len(entries) == 0 {
			return nil
		}
		for len(entries) > 0 {
			n, err := c.group(ctx, entries)
			if err != nil {
				return err
			}
			if progress != nil {
				progress(n)
			}
			entries = entries[n:]
		}
	}
}

// group converts the first of the entries together, as many as do not depend
// on each other, and returns how many.
func (c *Converter) group(ctx context.Context, entries []Entry) (int, error) {
	var outcomes []Outcome
	world := newOverlay(c.Sink)
	inside := *c
	inside.Sink = world
	for i, e := range entries {
		o, err := inside.Decide(ctx, e)
		if err != nil && i > 0 {
			break // it comes first in the next group
		}
		if err != nil {
			return 1, c.failed(ctx, e, err)
		}
		outcomes = append(outcomes, o)
		world.add(o)
	}
	err := c.Sink.Commit(ctx, outcomes)
	if err == nil {
		return len(outcomes), nil
	}
	if len(outcomes) == 1 {
		return 1, c.failed(ctx, entries[0], err)
	}
	return c.single(ctx, entries[0])
}

// single converts one mail alone, after its group was refused.
func (c *Converter) single(ctx context.Context, e Entry) (int, error) {
	o, err := c.Decide(ctx, e)
	if err == nil {
		err = c.Sink.Commit(ctx, []Outcome{o})
	}
	if err != nil {
		return 1, c.failed(ctx, e, err)
	}
	return 1, nil
}

// failed counts a try; the third puts the mail into quarantine, where a person
// sees it with the reason. The end of ctx is nobody's fault.
func (c *Converter) failed(ctx context.Context, e Entry, cause error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	reason := fmt.Sprintf("The mail could not be taken in: %v.", cause)
	var err error
	if e.Tries < len(pauses) {
		err = c.Sink.Retry(ctx, e.ID, reason, c.now().Add(pauses[e.Tries]))
	} else {
		err = c.Sink.Commit(ctx, []Outcome{quarantined(e, fmt.Sprintf("After %d tries: %s", e.Tries+1, reason))})
	}
	if err != nil {
		return fmt.Errorf("note a failed try of mail %d: %w (the try: %w)", e.ID, err, cause)
	}
	return nil
}
