package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"holdall/desk"
	"holdall/mail/intake"
	"holdall/mail/mailbox"
	"holdall/sync/hub/mailroom"
	"holdall/sync/hub/post"
)

// mailImportCommand takes in mails from files, as if they had arrived.
type mailImportCommand struct {
	place
	From string `arg:"" help:"A folder of .eml files, or a file in mbox format." type:"path"`
}

// importing is the account of imported mails.
const importing = "import"

// whenever is later than any date: all that is imported is history.
var whenever = time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)

// Run files all mails, then converts them, for an answer must come after what it
// answers, whatever the files are called. Nobody is answered. A mail that was
// taken in before is passed over, so an import can be repeated.
func (c mailImportCommand) Run(ctx context.Context, p *program) error {
	if _, err := os.Stat(c.From); errors.Is(err, fs.ErrNotExist) {
		return desk.Refuse(desk.CodeValidation, "There is no %s; check its name.", c.From)
	}
	return p.withHub(ctx, c.place, func(h *atWork) error {
		begun := time.Now()
		sink := post.NewSink(h.server)
		if err := sink.Begin(ctx, importing, c.From, whenever); err != nil {
			return err
		}
		tell := p.progress()
		archive := &mailbox.Archive{Account: importing, Path: c.From, OnStatus: func(s mailbox.Status) {
			tell("read", s.Delivered, s.Waiting, s.Rate, s.Remaining())
		}}
		err := archive.Run(ctx, mailbox.Position{}, func(ctx context.Context, batch []mailbox.Raw, next mailbox.Position) error {
			return mailroom.File(ctx, sink, batch, next)
		})
		if err != nil {
			return err
		}
		read := archive.Status().Delivered
		if read == 0 {
			return desk.Refuse(desk.CodeValidation, "There are no mails in %s; it must be a folder of .eml files or an mbox.", c.From)
		}
		done, err := h.convertAll(ctx, sink, read, tell)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(p.stdout, "%d mails read, %d of them new, in %.1f s.\n", read, done, time.Since(begun).Seconds())
		return err
	})
}

// convertAll converts what is filed.
func (h *atWork) convertAll(ctx context.Context, sink *post.Sink, of int, tell func(string, int, int, float64, time.Duration)) (done int, err error) {
	workspace, err := h.server.Found(ctx, defaultName, time.Now())
	if err != nil {
		return 0, err
	}
	signature, err := post.NewSignature(ctx, h.server, workspace.ID, mailroom.NoDomain)
	if err != nil {
		return 0, err
	}
	converter := &intake.Converter{Sink: sink, Token: signature.Read, ReopenDays: workspace.ReopenDays}
	begun := time.Now()
	return done, converter.Run(ctx, func(n int) {
		done += n
		s := mailbox.Status{Waiting: max(0, of-done), Rate: float64(done) / max(time.Since(begun).Seconds(), 1e-3)}
		tell("converted", done, s.Waiting, s.Rate, s.Remaining())
	})
}

// progress tells a person once a second how it goes on.
func (p *program) progress() func(did string, done, waiting int, rate float64, remaining time.Duration) {
	told := time.Now()
	return func(did string, done, waiting int, rate float64, remaining time.Duration) {
		if time.Since(told) < time.Second {
			return
		}
		told = time.Now()
		fmt.Fprintf(p.stderr, "%d %s, about %d to go, %.0f a second, %s left\n", done, did, waiting, rate, remaining)
	}
}
