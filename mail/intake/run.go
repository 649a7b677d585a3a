package intake

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// The pauses after the first and the second failed try; the third failure puts
// the mail into quarantine.
var pauses = []time.Duration{time.Minute, 15 * time.Minute}

// groupSize is how many mails share a transaction, listSize how many are listed
// at once; a Sink lists fewer where they are large.
const (
	groupSize = 64
	listSize  = 4 * groupSize
)

// Run converts what is filed and due, until nothing is, and tells progress
// after each group. Its error is of the Sink: what one mail causes is counted
// against that mail.
func (c *Converter) Run(ctx context.Context, progress func(done int)) error {
	for {
		entries, err := c.Sink.Pending(ctx, c.now(), listSize)
		if err != nil {
			return fmt.Errorf("list filed mails: %w", err)
		}
		if len(entries) == 0 {
			return nil
		}
		if err := c.list(ctx, entries, progress); err != nil {
			return err
		}
	}
}

// list converts what was listed.
func (c *Converter) list(ctx context.Context, entries []Entry, progress func(done int)) error {
	ahead := c.readAhead(ctx, entries)
	defer ahead.stop()
	for len(entries) > 0 {
		left, err := c.group(ctx, entries[:min(len(entries), groupSize)], ahead)
		if err != nil {
			return err
		}
		rest := append(left, entries[min(len(entries), groupSize):]...)
		if progress != nil {
			progress(len(entries) - len(rest))
		}
		entries = rest
	}
	return nil
}

// group converts entries together and returns those that are left: what depends
// on a mail of the group comes first in the next one, so that a mailbox full of
// conversations goes no slower than one of single letters.
func (c *Converter) group(ctx context.Context, entries []Entry, ahead *ahead) (left []Entry, err error) {
	var outcomes []Outcome
	var first Entry // of those decided
	world := newOverlay(c.Sink)
	inside := *c
	inside.Sink, inside.ahead = world, ahead
	for i, e := range entries {
		o, err := inside.Decide(ctx, e)
		if errors.Is(err, errDepends) {
			world.wait(ahead.message(e.ID))
			left = append(left, e)
			continue
		}
		if err != nil && len(outcomes) > 0 {
			left = append(left, entries[i:]...)
			break // it stands alone in the next group
		}
		if err != nil {
			return append(left, entries[i+1:]...), c.failed(ctx, e, err)
		}
		if len(outcomes) == 0 {
			first = e
		}
		outcomes = append(outcomes, o)
		world.add(o)
	}
	err = c.Sink.Commit(ctx, outcomes)
	switch {
	case err == nil:
		return left, nil
	case len(outcomes) == 1:
		return left, c.failed(ctx, first, err)
	}
	return without(entries, first), c.single(ctx, first)
}

func without(entries []Entry, out Entry) []Entry {
	return slices.DeleteFunc(slices.Clone(entries), func(e Entry) bool { return e.ID == out.ID })
}

// single converts one mail alone, after its group was refused.
func (c *Converter) single(ctx context.Context, e Entry) error {
	o, err := c.Decide(ctx, e)
	if err == nil {
		err = c.Sink.Commit(ctx, []Outcome{o})
	}
	if err != nil {
		return c.failed(ctx, e, err)
	}
	return nil
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
